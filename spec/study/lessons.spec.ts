import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type StudyEvent, sentences } from '../../lib/study/index.ts'
import { OPTIONAL, type Pair, type TwinEvent, beside } from '../../lib/study/twin.ts'
import { folder, trace } from './support/lesson.ts'
import { questionsOf, withPrograms } from './support/text.ts'

/**
 * The lessons print what their Python twins print, and their generators do what Python's do, event by event. What Python
 * does was recorded from the real one (`record-lessons.ts`), as was what `yieldfrom trace` prints of each.
 */
const names = readdirSync(folder).filter(file => file.endsWith('.ts')).map(file => file.replace('.ts', ''))
const read = (file: string): string => readFileSync(join(folder, file), 'utf8')

function python(name: string): TwinEvent[] {
  return read(`${name}.python.ndjson`).trimEnd().split('\n').map(line => JSON.parse(line) as TwinEvent)
}

/** What both languages can tell of an event. What is printed is compared on its own, in full. */
function told(events: readonly TwinEvent[]): string[] {
  return events.filter(({ kind }) => !OPTIONAL.includes(kind))
    .map(({ kind, frame, parent, depth, value }) => kind === 'output' ? 'prints' : `${kind} ${frame ?? ''} of ${parent ?? 'nobody'} at ${String(depth)}: ${kind === 'delegate' ? value.replace(/#\d+$/, '') : value}`) // Python's delegate has no number yet
}

it('there are sixteen, each on the index', () => {
  expect(names.length).toBe(16)
  const index = read('README.md')
  for (const name of names) expect(index).toContain(`(${name}.md)`)
})

/**
 * What only our programs do. A block of `async with` and the body of an `async for` are a part of the function around them in Python, and
 * so is the loop. Here they are generators.
 */
const ONLY_HERE: Record<string, string[]> = {
  '15-the-loop': ['enter <anonymous>', 'return <anonymous>'],
  '16-async-generator': [
    'enter forEach', 'delegate forEach', ...['<anonymous>', '<anonymous>#2'].flatMap(body => ['answer forEach', 'delegate forEach', `enter ${body}`, `return ${body}`, 'result forEach']),
    'fail forEach', 'return forEach',
  ],
}

/** What both do, each in its own words: ours, and Python's. */
const IN_OWN_WORDS: Record<string, [string, string][]> = {
  '14-cancellation': [['the loop calls <Handle stop()>', 'the loop calls <Handle _run_until_complete_cb()>']],
  '15-the-loop': [
    ['main delegates to use on line 12', 'main delegates to async with on line 12'],
    ['the loop calls <Handle a function>', 'the loop calls <Handle _on_task_done()>'],
    ['the loop calls <Handle a function>', 'the loop calls <Handle <lambda>()>'],
    ['future is done: <Future finished result=undefined>', 'future is done: <Future finished result=true>'],
    ['Task-1 wakes up with undefined', 'Task-1 wakes up with true'],
    ["main's yield* on line 12 evaluates to undefined", "main's yield* on line 12 evaluates to undefined"],
    ['the loop calls <Handle stop()>', 'the loop calls <Handle _run_until_complete_cb()>'],
  ],
  '16-async-generator': [
    ['main delegates to use on line 16', 'main delegates to async with on line 15'],
    ["main's yield* on line 16 evaluates to false", "main's yield* on line 15 evaluates to undefined"],
    ['the loop calls <Handle stop()>', 'the loop calls <Handle _run_until_complete_cb()>'],
  ],
}

/** Without what was there before. */
function unique<T>(items: readonly T[]): T[] {
  const known = new Set<string>()
  return items.filter(item => known.size < known.add(JSON.stringify(item)).size)
}

/** Words of an event of another recorder. */
function sentence(event: TwinEvent): string {
  return sentences([{ seq: 1, time: null, task: null, greenlet: 'main', depth: 0, ...event }])[0] as string
}

describe.each(names)('the lesson %s', name => {
  const { printed, recorder, text } = trace(join(folder, `${name}.ts`))

  it('prints what its Python twin prints', () => {
    const output = python(name).filter(({ kind }) => kind === 'output').map(({ value }) => `${value}\n`)
    expect(printed).toBe(output.join(''))
  })

  it('is traced as it was recorded', () => {
    expect(text()).toBe(read(`${name}.txt`))
  })

  it('does what Python does, event by event', () => {
    const events = recorder.events.filter(({ internal }) => internal !== true)
    const theirs = python(name)
    const pairs = beside(events, theirs)
    const ours = ({ ours: at }: Pair): StudyEvent => events[at as number] as StudyEvent
    const twins = ({ twins: at }: Pair): TwinEvent => theirs[at as number] as TwinEvent
    expect(pairs.filter(({ same }) => !same)).toEqual([])
    expect(pairs.filter(({ twins: twin }) => twin === null).map(ours).filter(({ kind }) => kind !== 'made').map(({ kind, frame }) => `${kind} ${frame ?? ''}`)).toEqual(ONLY_HERE[name] ?? [])
    const inOwnWords = pairs.filter(pair => pair.twins !== null && twins(pair).own === true).map(pair => [sentence(ours(pair)), sentence(twins(pair))])
    expect(unique(inOwnWords)).toEqual(IN_OWN_WORDS[name] ?? [])
    if (ONLY_HERE[name] === undefined) expect(told(events)).toEqual(told(theirs)) // how deep each stands, too
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
