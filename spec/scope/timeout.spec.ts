import {
  CancelScope, type Coroutine, EventLoop, TimeoutError, VirtualHost, failAt, gather, getRunningLoop, greenlet, isCancelled, moveOnAt, run, sleep,
  timeout, timeoutAt, use,
} from '../../lib/index.ts'

const virtual = () => ({ host: new VirtualHost() })
const error = (name: string, code: string, message: string) => expect.objectContaining({ name, code, message })

/** What `main` caught, one after the other. */
function caught(main: (attempt: (slip: () => Coroutine<unknown>) => Coroutine<void>) => Coroutine<void>): unknown[] {
  const log: unknown[] = []
  run(main(function* (slip) {
    try {
      yield* slip()
      log.push('no error')
    } catch (thrown) {
      log.push(thrown)
    }
  }), virtual())
  return log
}

describe('a Timeout in words', () => {
  it('is its stage, and its deadline while that counts', () => {
    const log: unknown[] = []
    function* main(): Coroutine<void> {
      const note = () => { log.push([String(limit), limit.when(), limit.expired()]) }
      const limit = timeout(10)
      note()
      yield* use(limit, function* (given) {
        log.push(given === limit)
        note()
        given.reschedule(null)
        note()
        given.reschedule(20)
        yield* sleep(5)
      })
      note()
      const over = timeoutAt(5)
      try {
        yield* use(over, function* () {
          try {
            yield* sleep(1)
          } finally {
            log.push([String(over), over.when(), over.expired()])
          }
        })
      } catch (thrown) {
        log.push(thrown instanceof TimeoutError, String(over))
      }
    }
    run(main(), virtual())
    expect(log).toEqual([
      ['<Timeout [created]>', 10, false], true, ['<Timeout [active] when=10>', 10, false],
      ['<Timeout [active] when=null>', null, false],
      ['<Timeout [finished]>', 20, false], ['<Timeout [expiring]>', 5, true], true, '<Timeout [expired]>',
    ])
  })
})

describe('a slip with a Timeout', () => {
  it('is to move its deadline outside of the body', () => {
    expect(caught(function* (attempt) {
      const limit = timeout(5)
      yield* attempt(function* () { limit.reschedule(10) })
      yield* attempt(() => use(limit, function* () {
        try {
          yield* sleep(10)
        } finally {
          yield* attempt(function* () { limit.reschedule(10) })
        }
      }))
      yield* attempt(function* () { limit.reschedule(10) })
      const unneeded = timeout(null)
      yield* use(unneeded, function* () { yield })
      yield* attempt(function* () { unneeded.reschedule(10) })
    })).toEqual([
      error('RuntimeError', 'TIMEOUT_NOT_ACTIVE', 'Timeout has not been entered'),
      error('RuntimeError', 'TIMEOUT_NOT_ACTIVE', 'Cannot change state of expiring Timeout'),
      error('TimeoutError', 'TIMED_OUT', 'timeout(5): 5 ms are over'),
      error('RuntimeError', 'TIMEOUT_NOT_ACTIVE', 'Cannot change state of expired Timeout'),
      error('RuntimeError', 'TIMEOUT_NOT_ACTIVE', 'Cannot change state of finished Timeout'),
    ])
  })

  it('is to use it twice', () => {
    expect(caught(function* (attempt) {
      const limit = timeout(5)
      const again = () => use(limit, function* () { yield })
      yield* attempt(again)
      yield* attempt(again)
      const inside = timeout(5)
      yield* attempt(() => use(inside, () => use(inside, function* () { yield })))
    })).toEqual([
      'no error', error('RuntimeError', 'TIMEOUT_ENTERED_TWICE', 'Timeout has already been entered. Write timeout(ms) for each use()'),
      error('RuntimeError', 'TIMEOUT_ENTERED_TWICE', 'Timeout has already been entered. Write timeout(ms) for each use()'),
    ])
  })

  it('is to use it where there is no task to cancel: in a greenlet that waits by itself', () => {
    const log: unknown[] = []
    const loop = new EventLoop(virtual())
    const limited = function* () {
      try {
        yield* use(timeout(5), function* () { yield* sleep(10) })
      } catch (thrown) {
        log.push(thrown)
      }
      loop.stop()
    }
    loop.callSoon(() => { greenlet(limited).resume() })
    loop.runForever()
    function* main(): Coroutine<void> { yield* greenlet(limited).switch() } // here there is one
    loop.createTask(main())
    loop.runForever()
    expect(log).toEqual([
      error('RuntimeError', 'NO_TASK', 'Timeout should be used inside a task'), error('TimeoutError', 'TIMED_OUT', 'timeout(5): 5 ms are over'),
    ])
  })

  it('is to make one from now on where no time passes, or from no time at all', () => {
    expect(() => timeout(5)).toThrow(error('RuntimeError', 'NO_LOOP', 'no running event loop. Write loop.createTask(coroutine), or do it in a coroutine that run() runs'))
    expect([timeoutAt(5).when(), timeout(null).when(), timeoutAt(null).when()]).toEqual([5, null, null])
    const words = (what: string) =>
      error('TypeError', 'NOT_A_TIME', expect.stringMatching(`^timeout(At)?\\(\\) takes a number of milliseconds or null, not ${what}$`))
    expect(() => timeoutAt(undefined as never)).toThrow(words('undefined'))
    expect(caught(function* (attempt) {
      yield* attempt(function* () { timeout('5' as never) })
      yield* attempt(() => use(timeout(5), function* (limit) { limit.reschedule(NaN) }))
    })).toEqual([words("'5'"), expect.objectContaining({ name: 'TypeError', code: 'NOT_A_TIME' })])
  })
})

describe('the time of a Timeout', () => {
  it('has a CancelledError for its cause, and no timer when it is not needed any more', () => {
    const log: unknown[] = []
    const loop = new EventLoop(virtual())
    function* main(): Coroutine<void> {
      yield* use(timeout(1000), function* () { yield })
      try {
        yield* use(timeoutAt(getRunningLoop().time() + 5), function* () { yield* sleep(10) })
      } catch (thrown) {
        log.push([thrown instanceof TimeoutError, isCancelled((thrown as TimeoutError).cause)])
      }
    }
    const task = loop.createTask(main())
    loop.runUntilComplete(task)
    log.push(loop.time(), loop.tick().nextTimerAt, task.cancelling())
    expect(log).toEqual([[true, true], 5, null, 0])
  })

  it('goes on for the one that entered, though another task leaves its body meanwhile', () => {
    const log: unknown[] = []
    function* limited(name: string, ms: number): Coroutine<void> {
      try {
        yield* use(timeout(ms), function* () { yield* sleep(10) })
        log.push(`${name} ends`)
      } catch (thrown) {
        log.push([name, (thrown as Error).name, getRunningLoop().time()])
      }
    }
    function* main(): Coroutine<void> {
      yield* gather([limited('a', 4), limited('b', 20), limited('c', 0)])
    }
    run(main(), virtual())
    expect(log).toEqual([['c', 'TimeoutError', 0], ['a', 'TimeoutError', 4], 'b ends'])
  })
})

describe('a timeout', () => {
  it('that is rescheduled to no time stays what it is', () => {
    const log: unknown[] = []
    function* main(): Coroutine<void> {
      yield* use(timeout(50), function* (limit) {
        try {
          limit.reschedule('soon' as never)
        } catch (thrown) {
          log.push((thrown as Error).message, limit.when())
        }
        yield* sleep(1000)
      })
    }
    expect(() => run(main(), virtual())).toThrow(TimeoutError)
    expect(log).toEqual(["reschedule() takes a number of milliseconds or null, not 'soon'", 50])
  })

  it('that is not entered cannot be left', () => {
    function* main(): Coroutine<void> { yield* timeout(5).exit() }
    expect(() => run(main(), virtual())).toThrow(error('RuntimeError', 'TIMEOUT_NOT_ACTIVE', 'Timeout has not been entered'))
  })
})

describe('a deadline that was moved', () => {
  it('is no longer told in the milliseconds of the call', () => {
    expect(caught(function* (attempt) {
      yield* attempt(() => use(timeout(1000), function* (limit) {
        limit.reschedule(getRunningLoop().time() + 5)
        yield* sleep(50)
      }))
    })).toEqual([error('TimeoutError', 'TIMED_OUT', 'the time is over')])
  })
})

describe('a deadline of Date.now()', () => {
  const DAY = 1_700_000_000_000
  const refused = (what: string) => error('ValueError', 'TIME_OF_DAY',
    `${what} takes a moment of the loop's own time, and ${DAY} is one of Date.now(). Write loop.time() + ms`)

  it('is refused, because it would never come', () => {
    expect(caught(function* (attempt) {
      yield* attempt(function* () { timeoutAt(DAY) })
      yield* attempt(function* () { moveOnAt(DAY) })
      yield* attempt(function* () { failAt(DAY) })
      yield* attempt(function* () { new CancelScope().deadline = DAY })
      yield* attempt(() => use(timeout(5), function* (limit) { limit.reschedule(DAY) }))
      yield* attempt(function* () { timeoutAt(Infinity) })
    })).toEqual([refused('timeoutAt()'), refused('moveOnAt()'), refused('failAt()'), refused('a CancelScope'), refused('reschedule()'), 'no error'])
  })

  it('is taken in a loop that counts from 1970, too, and where no loop runs yet', () => {
    const log: unknown[] = []
    const scope = new CancelScope({ deadline: DAY })
    run((function* () {
      log.push(scope.deadline, timeoutAt(DAY + 50).when())
      yield
    })(), { host: new VirtualHost({ time: DAY }) })
    expect(log).toEqual([DAY, DAY + 50])
  })
})
