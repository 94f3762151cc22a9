import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { transform as toCommonJS } from 'sucrase'
import { GLOBAL, transform } from '../../lib/cli/transform.ts'
import { Recorder } from '../../lib/study/index.ts'
import { SourceTracer } from '../../lib/study/source-tracer.ts'
import { type Programs, run } from '../conformance/programs.ts'

/**
 * The programs on PEP 380 are traced by their source, here and in CPython 3.13, and every generator does the same things in the same
 * order: it begins, yields, gets a value or an error, delegates, gets the result, cleans up, is closed, returns or fails.
 */
const folder = join(__dirname, '../conformance/yield-from')

/** A kind of event, the generator, the value in words. */
type Event = readonly [kind: string, frame: string, value: string]

const theirs = JSON.parse(readFileSync(join(__dirname, 'support/yield-from.json'), 'utf8')) as Record<string, Record<string, Event[]>>

/** Where the languages do not agree, and why. */
const DIFFERENT = new Map([
  ...['an object that cannot be iterated is a TypeError at the yield from', 'an error of iter, or an iter that returns no iterator, is raised at the yield from']
    .map(title => [title, 'yieldFrom() looks at what it gets before the delegation begins'] as const),
  ['iter is called once, and next before anything is sent', 'a delegation is called by the iterator here, by what was iterated there'],
  ['an object whose iter is a generator starts afresh for each delegation', 'the same, and the method has another name'],
  ['the delegate is the iterator, not the object that it came from', 'the same'],
  ['an object defines how it is awaited', 'the method that says it has another name'],
  ['awaiting anything else is a TypeError in the body, which may continue', 'a value that cannot be awaited is told of as a delegate here, and not at all there'],
  ['the same object comes out three levels up', 'an object without a class is shown in other words'],
  ['an iterator may continue after its end, a generator may not', 'the iterator ends with a value here, and without one there'],
  ['a list or a generator that is yielded is not iterated', 'a generator is shown in other words'],
])

/** Run the programs of a file, each of whose generators tells of itself. */
function ours(name: string): Record<string, Event[]> {
  const file = join(folder, `${name}.ts`)
  let tracer = new SourceTracer(new Recorder())
  const telling = new Proxy({}, { get: (_, key) => (...args: unknown[]) => (Reflect.get(tracer, key) as (...args: unknown[]) => unknown).apply(tracer, args) })
  const { code } = transform(readFileSync(file, 'utf8'), file)
  const script = new Function('require', 'exports', GLOBAL, toCommonJS(code, { transforms: ['imports'], disableESTransforms: true }).code) as // eslint-disable-line @typescript-eslint/no-implied-eval -- as a loader does
    (load: (path: string) => unknown, exports: object, tracer: object) => void
  const exported: { programs?: Programs } = {}
  script(path => require(join(folder, path)) as unknown, exported, telling)
  return Object.fromEntries(Object.entries(exported.programs ?? {}).map(([title, program]) => {
    const recorder = new Recorder()
    tracer = new SourceTracer(recorder)
    run(program)
    return [title, recorder.events.map(({ kind, frame, value }) => [kind, frame ?? '', value] as const)]
  }))
}

/** The words that both languages have: generators are counted as they begin, and the languages' own sentences do not count. */
function inCommon(events: readonly Event[]): string[] {
  const names = new Map<string, string>()
  const counts = new Map<string, number>()
  return events.filter(([kind]) => kind !== 'made' && kind !== 'catch').map(([kind, frame, value]) => {
    if (kind === 'enter') {
      const base = frame.split('#')[0] as string
      counts.set(base, (counts.get(base) ?? 0) + 1)
      names.set(frame, `${base}#${counts.get(base) as number}`)
    }
    return `${kind} ${names.get(frame) ?? frame} ${kind === 'enter' || kind === 'close' ? '' : inCommonWords(kind, value)}`
  })
}

function inCommonWords(kind: string, value: string): string {
  if (kind === 'delegate') return /^(Array Iterator|String Iterator|list_iterator|\w*str\w*_iterator|\[.*\]|'.*')$/.test(value) ? 'an iterator' : value.split('#')[0] as string
  const isError = kind === 'throw' || kind === 'fail' || kind === 'raise'
  return isError && !/^\w+(: \w+)?$/.test(value) ? value.split(':')[0] as string : value // a program's own messages are single words
}

/** Python closes what is dropped at the end of the program, or of a part of it: nothing of the kind is told here. */
function withoutDropped(events: string[], wanted: readonly string[]): string[] {
  let at = 0
  const kept: string[] = []
  for (let i = 0; i < events.length; i++) {
    const event = events[i] as string
    if (event === wanted[at]) {
      at++
    } else if (event.startsWith('close ')) {
      const frame = event.split(' ')[1] as string
      while (i + 1 < events.length && !/^(return|raise) /.test(events[i] as string)) i++
      if (!(events[i] as string).includes(` ${frame} `)) kept.push(event)
      continue
    }
    kept.push(event)
  }
  return kept
}

describe.each(Object.keys(theirs))('the generators of %s', name => {
  const found = ours(name)

  it('are those of the twin', () => { expect(Object.keys(found)).toEqual(Object.keys(theirs[name] ?? {})) })

  it.each(Object.keys(found).filter(title => !DIFFERENT.has(title)))('do what they do in Python: %s', title => {
    const here = inCommon(found[title] as Event[])
    expect(here).toEqual(withoutDropped(inCommon(theirs[name]?.[title] as Event[]), here))
  })
})

it('where the languages differ, the program is there', () => {
  const titles = Object.values(theirs).flatMap(programs => Object.keys(programs))
  expect(Array.from(DIFFERENT.keys()).filter(title => !titles.includes(title))).toEqual([])
})
