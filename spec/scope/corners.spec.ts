import {
  type ContextManager, type Coroutine, EventLoop, KeyboardInterrupt, VirtualHost, asCompleted, createTask, ensureFuture, gather,
  isCancelled, run, shield, sleep, timeout, timeoutAt, use, wait, waitFor,
} from '../../lib/index.ts'

const virtual = () => ({ host: new VirtualHost() })

/** What goes wrong when a coroutine runs, in a line. */
function slip(what: () => unknown): string {
  try {
    run((function* (): Coroutine<void> {
      const awaitable = what() as Coroutine<unknown> | undefined
      if (awaitable !== undefined) yield* ensureFuture(awaitable)
    })(), virtual())
    return 'nothing went wrong'
  } catch (error) {
    const { name, code, message } = error as Error & { code?: string }
    return [name, code, message].join(' | ')
  }
}

function* work(): Coroutine<void> { yield* sleep(5) }

describe('slips', () => {
  it('of what waits for several say how to give them', () => {
    expect([
      slip(() => gather(work() as never)), slip(() => wait(work() as never)), slip(() => wait([])), slip(() => wait([work() as never])),
      slip(() => wait([5 as never])), slip(() => wait([createTask(work())], { returnWhen: 'ANY' as never })),
      slip(() => { asCompleted(work() as never) }), slip(() => gather([5 as never])), slip(() => gather([work as never])),
    ]).toEqual([
      'ArgumentError | NOT_AN_ARRAY | gather() takes an array, not Generator. Write gather([f(), g()])',
      'ArgumentError | NOT_A_LIST | wait() takes several futures, not Generator. Write wait([...])',
      'ValueError | NOTHING_TO_WAIT_FOR | Set of Tasks/Futures is empty.',
      'ArgumentError | NOT_A_FUTURE | wait() takes futures, not Generator. Write createTask(coroutine) first',
      'ArgumentError | NOT_A_FUTURE | wait() takes futures, not 5',
      "ValueError | NOT_A_CONDITION | wait() takes returnWhen as FIRST_COMPLETED, FIRST_EXCEPTION or ALL_COMPLETED, not 'ANY'",
      'ArgumentError | NOT_A_LIST | asCompleted() takes several awaitables, not Generator. Write asCompleted([...])',
      'ArgumentError | NOT_AWAITABLE | a future, a coroutine or an awaitable is required, not 5. If yield* f() gave it, write f() alone',
      'ArgumentError | NOT_AWAITABLE | a future, a coroutine or an awaitable is required, not the function work. Call it: work()',
    ].map(line => line.replace(/^ArgumentError/, 'TypeError')))
  })

  it('of timeouts say what a time is', () => {
    expect([slip(() => { timeout('5' as never) }), slip(() => { timeoutAt(NaN) })]).toEqual([
      "TypeError | NOT_A_TIME | timeout() takes a number of milliseconds or null, not '5'",
      'TypeError | NOT_A_TIME | timeoutAt() takes a number of milliseconds or null, not NaN',
    ])
  })
})

describe('use()', () => {
  class Recorder implements ContextManager<string> {
    constructor(private readonly log: unknown[], private readonly swallows: boolean) {}
    *enter(): Coroutine<string> {
      yield* sleep(1)
      this.log.push('enter')
      return 'the value'
    }
    *exit(error?: unknown): Coroutine<boolean> {
      yield* sleep(1)
      this.log.push(['exit', (error as Error | undefined)?.message])
      return this.swallows
    }
  }

  it('enters, gives the value to the body, and exits however the body ends', () => {
    const log: unknown[] = []
    function* main(): Coroutine<void> {
      log.push(yield* use(new Recorder(log, false), function* (value) { return `body with ${value}` }))
      log.push(yield* use(new Recorder(log, true), function* (): Coroutine<string> { throw new Error('swallowed') }))
      yield* use(new Recorder(log, false), function* (): Coroutine<string> { throw new Error('passed on') })
    }
    expect(() => { run(main(), virtual()) }).toThrow('passed on')
    expect(log).toEqual([
      'enter', ['exit', undefined], 'body with the value', 'enter', ['exit', 'swallowed'], undefined, 'enter', ['exit', 'passed on'],
    ])
  })
})

describe('timeout()', () => {
  it('tells its stage', () => {
    const log: string[] = []
    function* main(): Coroutine<void> {
      const limit = timeout(10)
      log.push(String(limit))
      try {
        yield* use(limit, function* () {
          log.push(String(limit))
          yield* sleep(20)
        })
      } catch (error) {
        log.push(String(limit), (error as Error).name)
      }
    }
    run(main(), virtual())
    expect(log).toEqual(['<Timeout [created]>', '<Timeout [active] when=10>', '<Timeout [expired]>', 'TimeoutError'])
  })
})

describe('waitFor()', () => {
  it('without any time passes on what the awaitable fails with on being cancelled', () => {
    function* stubborn(): Coroutine<void> {
      try {
        yield* sleep(50)
      } catch {
        throw new Error('instead of the cancellation')
      }
    }
    function* main(): Coroutine<void> {
      const task = createTask(stubborn())
      yield
      yield* waitFor(task, 0)
    }
    expect(() => { run(main(), virtual()) }).toThrow('instead of the cancellation')
  })
})

describe('shield()', () => {
  it('is cancelled when both sides are, in the same turn', () => {
    function* main(): Coroutine<unknown[]> {
      const inner = createTask(sleep(50))
      const outer = shield(inner)
      yield
      inner.cancel()
      yield
      const before = outer.done()
      outer.cancel()
      yield
      return [before, outer.cancelled(), inner.cancelled()]
    }
    expect(run(main(), virtual())).toEqual([false, true, true])
  })
})

describe('asCompleted()', () => {
  it('counts what comes at the very end of the time as too late, once', () => {
    const log: unknown[] = []
    function* main(): Coroutine<void> {
      const loop = new Set([ensureFuture(sleep(10, 'in time')), ensureFuture(sleep(20, 'on the stroke'))])
      for (const next of asCompleted(loop, { timeout: 20 })) {
        try {
          log.push(yield* next)
        } catch (error) {
          log.push((error as Error).name)
        }
      }
    }
    run(main(), virtual())
    expect(log).toEqual(['in time', 'TimeoutError'])
  })
})

describe('an interrupt', () => {
  it('leaves the loop from a task, a callback, a handler and the default handler', () => {
    const log: string[] = []
    const interrupt = (from: string) => { throw new KeyboardInterrupt(from) }
    class Careless extends EventLoop {
      override defaultExceptionHandler(): void { interrupt('default handler') }
    }
    const attempts: ((loop: EventLoop) => void)[] = [
      loop => { loop.createTask((function* (): Coroutine<void> { interrupt('task') })()) },
      loop => { loop.callSoon(interrupt, 'callback') },
      loop => {
        loop.setExceptionHandler(() => { interrupt('handler') })
        loop.callExceptionHandler({ message: '' })
      },
      loop => { loop.callExceptionHandler({ message: '' }) },
    ]
    for (const attempt of attempts) {
      const loop = new Careless(virtual())
      try {
        attempt(loop)
        loop.tick()
      } catch (error) {
        log.push((error as Error).message)
      }
    }
    expect(log).toEqual(['task', 'callback', 'handler', 'default handler'])
  })

  it('is no cancellation', () => { expect(isCancelled(new KeyboardInterrupt())).toBe(false) })
})
