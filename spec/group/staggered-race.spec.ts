import { CancelledError, type Coroutine, EventLoop, type ExceptionGroup, KeyboardInterrupt, createTask, getRunningLoop, moveOnAfter, run, sleep, staggeredRace,
  use } from '../../lib/index.ts'
import { attempt, slip, story, virtual, words } from '../support/stories.ts'

/** Begins, and after so long succeeds or fails. */
const way = (log: unknown[], name: string, ms: number, fails = false) => function* (): Coroutine<string> {
  log.push(`${getRunningLoop().time()} ${name} begins`)
  try {
    yield* sleep(ms)
    if (fails) throw new RangeError(name)
    return name
  } finally {
    yield* sleep(1)
    log.push(`${getRunningLoop().time()} ${name} is over`)
  }
}

const said = (errors: unknown[]) => errors.map(error => error === null ? null : words(error))

describe('staggeredRace()', () => {
  it('begins the next when one takes long, and ends the losers when one has won', () => {
    expect(story(function* (log) {
      const [value, index, errors] = yield* staggeredRace([way(log, 'a', 100), way(log, 'b', 12), way(log, 'c', 100), way(log, 'd', 1)], 10)
      log.push(value, index, said(errors), getRunningLoop().time())
    })).toEqual([
      '0 a begins', '10 b begins', '20 c begins', '23 b is over', '24 a is over', '24 c is over', 'b', 1,
      ['CancelledError CANCELLED: ', null, 'CancelledError CANCELLED: '], 24,
    ])
  })

  it('begins the next at once when the last one has failed', () => {
    expect(story(function* (log) {
      const [value, index, errors] = yield* staggeredRace([way(log, 'a', 2, true), way(log, 'b', 3)], null)
      log.push(value, index, said(errors))
    })).toEqual(['0 a begins', '3 a is over', '3 b begins', '7 b is over', 'b', 1, ['RangeError undefined: a', null]])
  })

  it('throws what went wrong when all fail', () => {
    expect(story(function* (log) {
      try {
        yield* staggeredRace([way([], 'a', 9, true), way([], 'b', 1, true), function* (): Coroutine<string> { throw new CancelledError('c') }], 4)
      } catch (error) {
        log.push(String(error), said((error as ExceptionGroup).errors as unknown[]))
      }
    })).toEqual(['ExceptionGroup: all of a staggeredRace() have failed (3 sub-exceptions)',
      ['RangeError undefined: a', 'RangeError undefined: b', 'CancelledError CANCELLED: c']])
  })

  it('has one winner, when another one succeeds in being cancelled', () => {
    expect(story(function* (log) {
      function* stubborn(): Coroutine<string> {
        try {
          return yield* sleep(100, 'never')
        } catch {
          return 'late'
        }
      }
      log.push(yield* staggeredRace([stubborn, way([], 'b', 3)], 1))
    })).toEqual([['b', 1, [null, null]]])
  })

  it('is cancelled with who waits, and nobody goes on', () => {
    expect(story(function* (log) {
      const task = createTask(staggeredRace([way(log, 'a', 100)], 10))
      yield* sleep(5)
      task.cancel('enough')
      log.push(yield* attempt(() => task))
      yield* use(moveOnAfter(5), () => staggeredRace([way(log, 'b', 100)], 10))
    })).toEqual(['0 a begins', '6 a is over', 'CancelledError CANCELLED: enough', '6 b begins'])
  })

  it('lets a KeyboardInterrupt out', () => {
    function* stops(): Coroutine<string> { throw new KeyboardInterrupt('stop') }
    const loop = new EventLoop({ ...virtual(), logger() { /* said below */ } })
    expect(slip(() => run(staggeredRace([stops], 10), { loopFactory: () => loop }))).toBe('KeyboardInterrupt KEYBOARD_INTERRUPT: stop')
  })

  it('refuses what is no list of functions', () => {
    expect(story(function* (log) {
      for (const bad of [5, [], [sleep(1)]]) log.push(yield* attempt(() => staggeredRace(bad as never, 1)))
      log.push(yield* attempt(() => staggeredRace([() => sleep(1)], -1)))
    })).toEqual([
      'TypeError NOT_AN_ARRAY: staggeredRace() takes an array of functions, not 5. Write staggeredRace([f, g], ms)',
      'ValueError NOTHING_TO_WAIT_FOR: a staggeredRace() needs one function at least',
      'TypeError NOT_CALLABLE: staggeredRace() takes functions, not Sleep: the next may begin later, or not at all. Write () => f()',
      'ValueError NEGATIVE: staggeredRace() takes milliseconds that are not negative, not -1',
    ])
  })
})
