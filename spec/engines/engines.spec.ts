import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Traces, bundle, tracesIn } from './bundle.ts'

/**
 * Everything in one script, in other engines than Node's: QuickJS with nothing but objects, `Map` and `Set`, QuickJS as it
 * comes, a hardened compartment, and the engines of Firefox and of Safari where they are installed (Debian: `gjs`, `libjavascriptcoregtk-4.0-bin`).
 */
const script = bundle()
const quickjs = join(__dirname, 'quickjs.mjs')
const lockdown = join(__dirname, 'lockdown.cjs')

interface Engine {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  readonly installed: boolean
}

/** JavaScriptCore's shell lies where Debian does not look. */
const shells = ['/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/jsc', '/usr/lib/aarch64-linux-gnu/webkit2gtk-4.1/jsc', 'jsc']
const answers = (command: string, ...args: string[]) => {
  try {
    execFileSync(command, args, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
const jsc = shells.find(shell => answers(shell, '-e', '1'))

const engines: Engine[] = [
  { name: 'QuickJS with BaseObjects, Eval and MapSet alone', command: 'node', args: [quickjs, script, 'bare'], installed: true },
  { name: 'QuickJS', command: 'node', args: [quickjs, script, 'default'], installed: true },
  { name: 'a compartment of SES, where every intrinsic is frozen', command: 'node', args: [lockdown, script], installed: true },
  { name: 'SpiderMonkey', command: 'gjs', args: [script], installed: answers('gjs', '--version') },
  { name: 'JavaScriptCore', command: jsc ?? 'jsc', args: [script], installed: jsc !== undefined },
]

const traces = ['greenlet', 'yield-from', 'asyncio', 'trio'].flatMap(folder => {
  const file = JSON.parse(readFileSync(join(__dirname, '../conformance', folder, 'traces.json'), 'utf8')) as
    { traces: Record<string, Record<string, string[]>> }
  return Object.entries(file.traces).flatMap(([name, programs]) =>
    Object.entries(programs).map(([title, trace]) => [`${folder}/${name}: ${title}`, trace] as const))
})

/** No engine but V8 tells the names of generators that never passed through the library. */
const namesOfGenerators = 'greenlet/g30-frames: '
/** Asks `JSON` and `structuredClone` to copy. */
const copies = 'greenlet/g31-printing-and-copying: copying it is a TypeError'

for (const engine of engines) {
  if (engine.installed) continue
  process.stderr.write(`skipped: ${engine.name}, whose shell is not installed (apt-get install gjs libjavascriptcoregtk-4.0-bin)\n`)
}

describe.each(engines.filter(engine => engine.installed))('in $name', ({ name, command, args }) => {
  let found: Traces
  const isBare = name.includes('alone')
  beforeAll(() => { found = tracesIn(command, ...args) })

  it('the library loads, with all its doors', () => { expect(found.get('exports')).toEqual(['true true true']) })

  it('the programs of greenlet, CPython, asyncio and trio log what they log there', () => {
    const theirs = traces.filter(([title]) => !title.startsWith(namesOfGenerators) && !(isBare && title === copies))
    expect(theirs.length).toBeGreaterThan(1550)
    expect(theirs.map(([title]) => [title, found.get(title)])).toEqual(theirs)
  })

  if (isBare) {
    it('it lacks what it is said to lack', () => {
      expect(found.get('missing')).toEqual(['RegExp', 'JSON', 'Date', 'Promise', 'Proxy', 'Float64Array', 'WeakRef', 'Intl'])
    })
  }

  if (name.startsWith('QuickJS')) {
    it('no job is pending in the end', () => { expect(found.get('pending jobs')).toEqual(['false']) })
  }

  it('frames are shown, without the names that only the engine knows', () => {
    expect(found.get(`${namesOfGenerators}they are the frames of its own calls, down to the one that switched`)?.map(line => line.split(',').length))
      .toEqual([1, 3, 2, 1, 1])
  })

  /** Only V8 can name a generator that was never handed to the library by its function. */
  const asker = name.includes('SES') ? 'asker' : '<anonymous>'

  it.each(Object.entries({
    'a coroutine delegates twenty thousand levels deep, waits there and comes back': ['20005'],
    'a generator does so by yieldFrom(), and an error comes all the way up': ['at the bottom', 'RangeError: got a value GEN_CLOSED'],
    'greenlets switch back and forth': ['one again two again', '9999 again'],
    'tasks, a group, limits, a scope': [
      'c 1', 'b 2', 'a 3', '[a, b, c]', 'late 8', 'None', 'too late 13', 'TimeoutError: timeout(5): 5 ms are over', 'in the group 14',
      'ExceptionGroup: unhandled errors in a TaskGroup (1 sub-exception) [RangeError: the message]', 'cancelled 14',
    ],
    'a lock, a queue and a channel hand over in order': ['a has it', 'b has it', 'c has it', '0', '1', '2', 'sent'],
    'ten thousand timers fire in the order of their deadlines, those that are cancelled never': ['3334 True None'],
    'another order of what is ready, by a seed': ['8 False'],
    'a deadlock is told, with who waits for what': ['DeadlockError True'],
    'a slip says what to write instead': [
      'RuntimeError: a task yields nothing but requests, and this is 5. To end with a value, write return 5; to hand over many, yield* emit(value) in an asyncGenerator(). ' +
        'To wait so many milliseconds, write yield* sleep(5)',
      'TypeError: a coroutine was expected, got the function sleep. Call it: run(sleep(...))',
    ],
    'the stack of an error shows the coroutines, and not what drives them': ['at Task-1 (<task>)', 'at Task-1 (<task>), made'].flatMap((last, i) => [
      'RangeError: the message', 'thrower', 'leaf', 'middle', 'at outer (<waiting>)', `at the task (<task>)${i > 0 ? ', made' : ''}`,
      `at ${asker} (<waiting>)`, last,
    ]),
  }))('%s', (title, expected) => { expect(found.get(`engines/stories: ${title}`)).toEqual(expected) })
})
