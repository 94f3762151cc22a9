import { type Coroutine, asCompleted, createTask, gather, getRunningLoop, sleep } from '../../lib/index.ts'
import { attempt, story } from '../support/stories.ts'

function* work(log: unknown[], name: string, ms: number): Coroutine<string> {
  log.push(`${getRunningLoop().time()} ${name} begins`)
  yield* sleep(ms)
  return name
}

describe('gather() and asCompleted() with a limit', () => {
  it('have so many go on at a time; functions are called when their time has come', () => {
    expect(story(function* (log) {
      const [a, b, c] = yield* gather([work(log, 'a', 5), () => work(log, 'b', 2), () => sleep(1, 3)], { limit: 2 })
      const results: [string, string, number] = [a, b, c]
      log.push(results, getRunningLoop().time())
      for (const next of asCompleted([() => work(log, 'a', 5), work(log, 'b', 2), () => work(log, 'c', 1)], { limit: 2 })) {
        const name: string = yield* next
        log.push(`${getRunningLoop().time()} ${name}`)
      }
    })).toEqual([
      '0 a begins', '0 b begins', ['a', 'b', 3], 5, '5 a begins', '5 b begins', '7 c begins', '7 b', '8 c', '10 a',
    ])
  })

  it('run a coroutine that is given twice once, and call a function twice', () => {
    expect(story(function* (log) {
      const [coroutine, f] = [work(log, 'a', 1), () => work(log, 'b', 1)]
      log.push(yield* gather([coroutine, coroutine, f, f], { limit: 1 }))
    })).toEqual(['0 a begins', '1 b begins', '2 b begins', ['a', 'a', 'b', 'b']])
  })

  it('put errors among the results, if that is wanted, and leave the next in', () => {
    expect(story(function* (log) {
      function* failing(): Coroutine<never> {
        yield* sleep(1)
        throw new RangeError('fire')
      }
      log.push((yield* gather([failing, () => work(log, 'a', 1)], { limit: 1, returnExceptions: true })).map(String))
    })).toEqual(['1 a begins', ['RangeError: fire', 'a']])
  })

  it('are cancelled as a whole: what has not begun never begins', () => {
    expect(story(function* (log) {
      const whole = gather([work(log, 'a', 9), work(log, 'b', 9)], { limit: 1 })
      yield* sleep(1)
      whole.cancel('enough')
      log.push(yield* attempt(() => whole))
      yield* sleep(99)
    })).toEqual(['0 a begins', 'CancelledError CANCELLED: enough'])
  })

  it('refuse what goes on already, and what cannot be waited for', () => {
    expect(story(function* (log) {
      const task = createTask(sleep(1))
      log.push(yield* attempt(() => gather([task], { limit: 1 })), yield* attempt(() => gather([5 as never], { limit: 1 })),
        yield* attempt(() => gather([], { limit: 0.5 })))
      log.push(yield* attempt(function* () { asCompleted([task], { limit: 1 }) }))
    })).toEqual([
      'TypeError HAS_BEGUN: gather() with a limit takes functions, or coroutines that have not begun. Task goes on already. ' +
        'Write () => f() in the place of createTask(f())',
      'TypeError NOT_AWAITABLE: a future, a coroutine or an awaitable is required, not 5. If yield* f() gave it, write f() alone',
      'TypeError NOT_WHOLE: the limit of gather() takes a whole number, not 0.5',
      'TypeError HAS_BEGUN: asCompleted() with a limit takes functions, or coroutines that have not begun. Task goes on already. ' +
        'Write () => f() in the place of createTask(f())',
    ])
  })
})
