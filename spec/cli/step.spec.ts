import { join } from 'node:path'
import { screen } from '../../lib/cli/screen.ts'
import { keysOf } from '../../lib/cli/step.ts'
import { type Program, rerun } from '../../lib/cli/order.ts'
import { type Coroutine, VirtualHost, gather, run, sleep } from '../../lib/index.ts'
import { type StudyEvent, Recorder } from '../../lib/study/index.ts'
import { SourceTracer } from '../../lib/study/source-tracer.ts'
import { Stepper } from '../../lib/cli/stepper.ts'
import type { Look } from '../../lib/cli/look.ts'
import { folder, trace } from '../study/support/lesson.ts'
import { readFileSync } from 'node:fs'

const plain = (text: string): string => text
const look: Look = { width: 90, height: 26, dim: plain, strong: plain }

function stepper(lesson: string, keys = ''): { stepper: Stepper; shown: () => string[] } {
  const file = join(folder, `${lesson}.ts`)
  const made = new Stepper(trace(file).recorder.events.filter(({ internal }) => internal !== true))
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
  for (const key of keysOf(keys)) made.press(key)
  return { stepper: made, shown: () => screen(made, `${lesson}.ts`, () => lines, look).split('\n') }
}

/** The events of a program that is run as it is. */
function recorded(program: Program): StudyEvent[] {
  const recorder = new Recorder()
  const tracer = new SourceTracer(recorder)
  recorder.start()
  program(tracer, text => { tracer.output(text) })
  recorder.stop()
  return recorder.events.filter(({ internal }) => internal !== true)
}

describe('yieldfrom step', () => {
  it('shows the sentence, the line that runs, who is suspended where, and who stands on whom', () => {
    const { shown } = stepper('06-throw', '/throw\n')
    expect(shown()).toEqual([
      '06-throw.ts   event 11 of 26',
      'owner forwards throw(Error: a small fault) to worker; worker\'s yield on line 5 throws Err…',
      `── source ${'─'.repeat(80)}`,
      '    1  // throw() reaches the innermost generator first, and comes out again through each…',
      '    2  function* worker(): Generator<string, void> {',
      '    3    for (;;) {',
      '    4      try {',
      ">   5        yield 'the worker works'",
      '    6      } catch (error) {',
      "    7        if (String(error) !== 'Error: a small fault') throw error",
      "    8        console.log('the worker mends it')",
      '    9      }',
      '   10    }',
      '   11  }',
      '   12  ',
      '   13  function* foreman(): Generator<string, void> {',
      '   14    try {',
      '~  15      yield* worker()   ~ foreman',
      `── generators ${'─'.repeat(76)}`,
      'owner  suspended, line 23',
      '  └ foreman  suspended, line 15',
      '    └ worker  runs, line 5',
      `── loop ${'─'.repeat(82)}`,
      'ready: –   timers: –',
      'n next  p back  f over  o out  N P task  r R seed  g go to  / search  ? all keys  q quit',
      '',
    ])
  })

  it('goes forward and back, to an end, to a number, by task and by generator, and searches again', () => {
    const { stepper: it } = stepper('14-cancellation')
    const seqs = (keys: string): number => {
      for (const key of keysOf(keys)) it.press(key)
      return it.event?.seq ?? 0
    }
    expect([seqs('n'), seqs('n'), seqs('p'), seqs('>'), seqs('<'), seqs('g18\n')]).toEqual([2, 3, 2, 50, 1, 18])
    expect([seqs('N'), it.event?.task, seqs('P')]).toEqual([19, 'tea', 18])
    expect([seqs('/kettle is off\n'), seqs('<'), seqs('/boil\n'), seqs('/\n')]).toEqual([33, 1, 14, 15])
    expect([seqs('F'), it.complaint]).toEqual([13, ''])
    expect([seqs('f'), it.event?.frame]).toEqual([15, 'brew'])
  })

  it('says what is ready and which timers are set', () => {
    const { stepper: it } = stepper('15-the-loop')
    const at = (seq: number) => {
      for (const key of keysOf(`g${String(seq)}\n`)) it.press(key)
      const { ready, timers } = it.moment
      return { ready, timers }
    }
    expect(at(15)).toEqual({ ready: ['coffee', 'tea', 'milk'], timers: [] })
    expect(at(29)).toEqual({ ready: ['milk'], timers: ['sleep(30)', 'sleep(20)'] })
    expect(at(35)).toEqual({ ready: [], timers: ['sleep(30)', 'sleep(20)', 'sleep(10)'] })
    expect(at(37)).toEqual({ ready: ['milk'], timers: ['sleep(30)', 'sleep(20)'] })
  })

  it('steps over a delegation, out of it, and out of all, as a debugger does', () => {
    const { stepper: it } = stepper('06-throw')
    const after = (keys: string): string => {
      for (const key of keysOf(keys)) it.press(key)
      return it.complaint === '' ? `${String(it.event?.seq ?? 0)} ${it.words[it.at] as string}` : it.complaint
    }
    expect([after('/foreman delegates\n'), after('f')]).toEqual([
      '7 foreman delegates to worker on line 15', "19 foreman's yield* on line 15 throws Error: a great fault",
    ])
    expect([after('g12\n'), after('o'), after('o'), after('o')]).toEqual([
      '12 worker catches Error: a small fault on line 6', "19 foreman's yield* on line 15 throws Error: a great fault",
      "23 owner's yield* on line 23 throws Error: a great fault", 'no generator delegates to this one. O goes on until control leaves it',
    ])
    expect([after('g8\n'), after('O'), after('O'), after('n'), after('O'), after('O')]).toEqual([
      '8 foreman starts worker', "10 prints 'the worker works'", 'no generator takes part in this event',
      '11 owner forwards throw(Error: a small fault) to worker; worker\'s yield on line 5 throws Error: a small fault', "15 prints 'the worker works'",
      'no generator takes part in this event',
    ])
    expect([after('g16\n'), after('O')]).toEqual([
      '16 owner forwards throw(Error: a great fault) to worker; worker\'s yield on line 5 throws Error: a great fault',
      "26 prints 'the owner gives up: Error: a great fault'",
    ])
  })

  it('says so when control does not leave any more', () => {
    const { stepper: it } = stepper('03-grouper')
    for (const key of keysOf('g32\nO')) it.press(key)
    expect([it.event?.seq, it.complaint]).toEqual([34, ''])
    const { stepper: other } = stepper('08-tree-walk')
    for (const key of keysOf('>O')) other.press(key)
    expect(other.complaint).toBe('control does not leave them any more')
  })

  it('tells of its keys on a narrow and low terminal, too: how to see all, and how to leave', () => {
    const { stepper: it } = stepper('01-send')
    const shown = (width: number, height: number) => screen(it, '01-send.ts', () => [], { ...look, width, height }).trimEnd().split('\n')
    expect(shown(40, 24).at(-1)).toBe('n next  p back  ? all keys  q quit')
    expect(shown(30, 24).at(-1)).toBe('n next  ? all keys  q quit')
    expect(shown(100, 24).at(-1)).toBe('n next  p back  f over  o out  N P task  r R seed  g go to  / search  ? all keys  q quit')
    it.press('?')
    expect(shown(40, 40).slice(2, 9)).toEqual([
      '  n  space  →  ↓  return', '      the next event', '  p  ←  ↑', '      the event before', '  f  F', '      over: the next event of this', '      generator, the one before',
    ])
    expect(shown(40, 40).every(line => line.length <= 40)).toBe(true)
    expect(shown(100, 8).length).toBe(7)
  })

  it('lists all keys, until any key is pressed', () => {
    const { stepper: it, shown } = stepper('01-send', '?')
    expect(shown().slice(0, 3)).toEqual(['01-send.ts', '', '  n  space  →  ↓  return    the next event'])
    const keys = shown().join('\n')
    for (const key of ['n', 'p', 'f', 'F', 'o', 'O', 'N', 'P', 'g', '/', '<', '>', 'r', 'R', '?', 'h', 'q']) expect(keys).toMatch(new RegExp(`(^|  )${key.replace('?', '\\?')}( |$)`, 'm'))
    it.press('q')
    expect([it.over, shown()[0]]).toEqual([false, '01-send.ts   event 1 of 14'])
    it.press('h')
    expect(it.isHelp).toBe(true)
  })

  it('complains of keys that lead nowhere, and stays where it is', () => {
    const { stepper: it, shown } = stepper('01-send')
    const complaint = (keys: string): string => {
      for (const key of keysOf(keys)) it.press(key)
      return it.complaint
    }
    expect([complaint('p'), complaint('>n'), complaint('g99\n'), complaint('/nowhere\n'), complaint('x'), complaint('<N')]).toEqual([
      'this is the first event', 'this is the last event', 'there is no event 99', 'no event after this one is of "nowhere"', 'there is no key x', 'no event after this one is of this task',
    ])
    expect(shown().at(-2)).toBe('no event after this one is of this task')
    it.press('/')
    for (const key of ['a', 'backspace', 'b', 'left']) it.press(key)
    expect(shown().at(-2)).toBe('/b')
    it.press('escape')
    it.press('q')
    expect([it.typed, it.over]).toEqual(['', true])
  })

  it('runs the program again with another seed, and goes to the first event that differs', () => {
    let runs = 0
    const guests: Program = (_, print) => {
      const guest = function* (name: string): Coroutine<void> {
        yield* sleep(10)
        print(name)
      }
      runs++
      const main = function* (): Coroutine<void> { yield* gather([guest('Ann'), guest('Ben')]) }
      run(main(), { host: new VirtualHost() })
    }
    const again = (seed: number) => {
      const { events, failure } = rerun(guests, seed)
      return { events: events.filter(({ internal }) => internal !== true), failure }
    }
    const first = recorded(guests)
    const made = new Stepper(first, again)
    const said = (): string[] => made.words.filter(text => text.startsWith('prints'))
    made.press('R')
    expect([made.complaint, made.seed, said()]).toEqual(['this is the first run', 0, ["prints 'Ann'", "prints 'Ben'"]])
    const seen = [1, 2, 3, 4, 5, 6].map(() => {
      made.press('r')
      return [made.seed, said().join(', '), made.complaint, made.complaint === '' ? made.words[made.at] : '']
    })
    expect(seen).toEqual([
      [1, "prints 'Ben', prints 'Ann'", '', 'Task-3 wakes up with undefined'],
      [2, "prints 'Ann', prints 'Ben'", '', 'Task-2 wakes up with undefined'],
      [3, "prints 'Ann', prints 'Ben'", 'it does the same in this order', ''],
      [4, "prints 'Ann', prints 'Ben'", 'it does the same in this order', ''],
      [5, "prints 'Ben', prints 'Ann'", '', 'Task-3 wakes up with undefined'],
      [6, "prints 'Ben', prints 'Ann'", 'it does the same in this order', ''],
    ])
    expect(runs).toBe(7)
    made.press('R')
    expect(made.seed).toBe(5)
    expect(screen(made, 'a.ts', () => [], look).split('\n')[0]).toMatch(/^a\.ts {3}seed 5 {3}event \d+ of \d+/)
    for (let i = 0; i < 5; i++) made.press('R')
    expect([made.seed, made.events]).toEqual([0, first])
  })

  it('says when the program fails in another order, and when there is no other order', () => {
    const breaks: Program = () => { throw new Error('no tea\nat all') }
    const made = new Stepper([], seed => rerun(breaks, seed, { limit: 10 }))
    made.press('r')
    expect([made.complaint, made.seed]).toEqual(['the program ended with Error: no tea', 1])
    const { stepper: alone } = stepper('01-send', 'r')
    expect([alone.complaint, alone.seed]).toEqual(['this program cannot be run again', 0])
  })

  it('has something to say of a recording without events', () => {
    expect(screen(new Stepper([]), 'a.ts', () => [], look)).toBe('a.ts: nothing was recorded\n')
  })
})
