import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { StudyEvent } from '../../lib/study/index.ts'
import { OPTIONAL, beside } from '../../lib/study/twin.ts'
import { folder, trace } from './support/lesson.ts'
import { questionsOf, withPrograms } from './support/text.ts'

/**
 * The lessons print what their Python twins print, and their generators do what Python's do, event by event. What Python
 * does was recorded from the real one (`record-lessons.ts`), as was what `yieldfrom trace` prints of each.
 */
const names = readdirSync(folder).filter(file => file.endsWith('.ts')).map(file => file.replace('.ts', ''))
const read = (file: string): string => readFileSync(join(folder, file), 'utf8')

function python(name: string): StudyEvent[] {
  return read(`${name}.python.ndjson`).trimEnd().split('\n').map(line => JSON.parse(line) as StudyEvent)
}

/** What both languages can tell of an event. What is printed is compared on its own, in full. */
function told(events: readonly StudyEvent[]): string[] {
  return events.filter(({ kind }) => !OPTIONAL.includes(kind))
    .map(({ kind, frame, parent, depth, value }) => kind === 'output' ? 'prints' : `${kind} ${frame ?? ''} of ${parent ?? 'nobody'} at ${String(depth)}: ${kind === 'delegate' ? value.replace(/#\d+$/, '') : value}`) // Python's delegate has no number yet
}

it('there are sixteen, each on the index', () => {
  expect(names.length).toBe(16)
  const index = read('README.md')
  for (const name of names) expect(index).toContain(`(${name}.md)`)
})

/** Those whose generators, or coroutines, are the same in both languages. Greenlets, \`async with\` and \`async for\` have no generators there. */
const COMPARED = new Set(names.filter(name => !/^(07|15|16)-/.test(name)))

describe.each(names)('the lesson %s', name => {
  const { printed, recorder, text } = trace(join(folder, `${name}.ts`))

  it('prints what its Python twin prints', () => {
    const output = python(name).filter(({ kind }) => kind === 'output').map(({ value }) => `${value}\n`)
    expect(printed).toBe(output.join(''))
  })

  it('is traced as it was recorded', () => {
    expect(text()).toBe(read(`${name}.txt`))
  })

  if (COMPARED.has(name)) it('does with its generators what Python does, event by event', () => {
    const events = recorder.events.filter(({ internal }) => internal !== true)
    expect(told(events)).toEqual(told(python(name)))
    expect(beside(events, python(name)).filter(({ same }) => !same)).toEqual([]) // as the page shows it
  })

  else it('is laid beside the twin by what they print, which is all that Python can tell', () => {
    expect(beside(recorder.events, python(name)).filter(({ same, twins }) => twins !== null || !same).map(({ same }) => same)).toEqual(python(name).map(() => true))
  })

  it('has a text that shows the programs as they are, and questions whose answers were recorded', () => {
    expect(existsSync(join(folder, `${name}.md`))).toBe(true)
    const lesson = read(`${name}.md`)
    expect(withPrograms(lesson, folder)).toBe(lesson)
    for (const kind of ['ts', 'py', 'txt']) expect(lesson).toContain(`<!-- ${name}.${kind} -->`)
    const questions = questionsOf(lesson)
    expect(questions.length).toBe(lesson.split('<details>').length - 1)
    expect(questions.length).toBeGreaterThanOrEqual(2)
    for (const { answer } of questions) expect([answer, text().includes(answer)]).toEqual([answer, true])
  })
})
