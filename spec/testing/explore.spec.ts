import {
  type Coroutine, DeadlockError, Event, KeyboardInterrupt, createTask, currentTask, gather, getRunningLoop, sleep,
} from '../../lib/index.ts'
import { type SeededEventLoop, explore } from '../../lib/testing/index.ts'
import { slip, words } from '../support/stories.ts'

function seed(): number { return (getRunningLoop() as SeededEventLoop).seed }

/** Logs the seed of each run; fails at the given ones. */
function failingAt(log: number[], ...bad: number[]): () => Coroutine<void> {
  return function* main() {
    log.push(seed())
    yield* sleep(1)
    if (bad.includes(seed())) throw new Error(`failed at ${seed()}`)
  }
}

describe('explore()', () => {
  it('finds an order in which a program fails, and shows it again', () => {
    function* main(): Coroutine<void> {
      const cache = new Map<string, number>()
      function* loads(): Coroutine<void> {
        yield* sleep(1)
        cache.set('size', 3)
      }
      function* shows(): Coroutine<void> {
        yield* sleep(1)
        if (!cache.has('size')) throw new Error('shown before it was loaded')
      }
      yield* gather([loads(), shows()])
    }
    const { runs, failure } = explore(main)
    const found = failure?.seed ?? NaN
    const expected = 'Error undefined: shown before it was loaded'
    expect([found > 0, runs, words(failure?.error)]).toEqual([true, found + 1, expected])
    const again = explore(main, { seeds: [found] })
    expect([again.runs, again.failure?.seed, words(again.failure?.error)]).toEqual([1, found, expected])
    expect(explore(main, { seeds: found })).toEqual({ runs: found, failure: null })
  })

  it('tries a hundred orders, from the usual one on', () => {
    const log: number[] = []
    expect(explore(failingAt(log))).toEqual({ runs: 100, failure: null })
    expect(log).toEqual(Array.from({ length: 100 }, (_, i) => i))
  })

  it('tries as many as it is told, or those that it is told, from the smallest on, up to one that fails', () => {
    const stories = [3, [9, 4, 7], new Set([5, 2]), (function* () { yield* [8, 6] })(), [], 0].map(seeds => {
      const log: number[] = []
      const { runs, failure } = explore(failingAt(log, 4, 5, 6, 7), { seeds })
      return [log, runs, failure?.seed ?? null]
    })
    expect(stories).toEqual([
      [[0, 1, 2], 3, null], [[4], 1, 4], [[2, 5], 2, 5], [[6], 1, 6], [[], 0, null], [[], 0, null],
    ])
  })

  it('makes the program anew for each run, in virtual time that begins anew', () => {
    const log: unknown[] = []
    let made = 0
    explore(() => {
      const number = ++made
      return (function* (): Coroutine<void> {
        yield* sleep(3_600_000)
        log.push([number, getRunningLoop().time(), currentTask()?.done()])
      })()
    }, { seeds: 2 })
    expect(log).toEqual([[1, 3_600_000, false], [2, 3_600_000, false]])
  })

  it.each<[string, () => Coroutine<unknown>, string]>([
    ['an error that nobody reads', function* () {
      createTask((function* () { throw new Error('unread') })())
      yield* sleep(1)
    }, 'RuntimeError REPORTED: Task exception was never retrieved'],
    ['a callback that throws', function* () {
      getRunningLoop().callSoon(() => { throw new Error('thrown') })
      yield* sleep(1)
    }, 'RuntimeError REPORTED: Exception in callback'],
    ['the first of two reports', function* () {
      for (const message of ['first', 'second']) getRunningLoop().callExceptionHandler({ message })
    }, 'RuntimeError REPORTED: first'],
    ['a deadlock', function* main() { yield* new Event().wait() },
      'DeadlockError DEADLOCK: nothing is left that could wake the loop; 1 task waits for ever:'],
    ['an error in the making', () => { throw new Error('not made') }, 'Error undefined: not made'],
  ])('takes %s for a failure', (_, program, expected) => {
    const { runs, failure } = explore(program)
    expect([runs, failure?.seed, words(failure?.error)]).toEqual([1, 0, expect.stringContaining(expected)])
  })

  it('gives the error behind a report as its cause', () => {
    function* main(): Coroutine<void> {
      createTask((function* () { throw new Error('unread') })())
      yield* sleep(1)
    }
    expect(words((explore(main).failure?.error as { cause?: unknown }).cause)).toBe('Error undefined: unread')
  })

  it('tells of a deadlock that some orders come to', () => {
    function* main(): Coroutine<void> {
      const event = new Event()
      function* sets(): Coroutine<void> { event.set() }
      function* clears(): Coroutine<void> {
        event.clear()
        yield* event.wait()
      }
      yield* gather([clears(), sets()])
    }
    const { failure } = explore(main)
    expect([failure?.error instanceof DeadlockError, (failure?.seed ?? 0) > 0]).toEqual([true, true])
  })

  it.each<[string, () => unknown, string]>([
    ['a coroutine', () => explore(failingAt([])() as never),
      'TypeError PROGRAM_NOT_CALLABLE: explore() takes a function that makes the main coroutine, not Generator. ' +
      'Write explore(main), without calling it'],
    ['a fraction of seeds', () => explore(failingAt([]), { seeds: 1.5 }),
      'TypeError NOT_A_SEED: a seed is a whole number, 0 or more, not 1.5'],
    ['less than no seeds', () => explore(failingAt([]), { seeds: -1 }),
      'TypeError NOT_A_SEED: a seed is a whole number, 0 or more, not -1'],
    ['seeds that are none', () => explore(failingAt([]), { seeds: 'abc' as never }),
      "TypeError NOT_A_SEED: a seed is a whole number, 0 or more, not 'abc'"],
  ])('refuses %s', (_, act, expected) => {
    expect(slip(act)).toBe(expected)
  })
})

describe('a KeyboardInterrupt', () => {
  it('is no failure that was found: somebody wants to stop', () => {
    expect(slip(() => explore(function* main(): Coroutine<void> { throw new KeyboardInterrupt('stop') })))
      .toBe('KeyboardInterrupt KEYBOARD_INTERRUPT: stop')
  })
})
