import { join } from 'node:path'
import { screen } from '../../lib/cli/screen.ts'
import { keysOf } from '../../lib/cli/step.ts'
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
      'n next  p back  N P same task  f F same frame  g go to  / search  < first  > last  q quit',
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

  it('has something to say of a recording without events', () => {
    expect(screen(new Stepper([]), 'a.ts', () => [], look)).toBe('a.ts: nothing was recorded\n')
  })
})
