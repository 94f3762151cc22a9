import {
  ContextVar, type Coroutine, DeadlockError, EventLoop, KeyboardInterrupt, Runner, VirtualHost, copyContext, createTask,
  getEventLoop, getRunningLoop, greenlet, isCancelled, run, setEventLoop, setEventLoopPolicy, sleep,
} from '../../lib/index.ts'

const virtual = () => ({ host: new VirtualHost() })
const error = (name: string, code: string, message: string) => expect.objectContaining({ name, code, message })

/** A loop whose reports are logged: the message, and the error. */
function reporting(log: unknown[]): EventLoop {
  const loop = new EventLoop(virtual())
  loop.setExceptionHandler((_, { message, exception }) => {
    log.push([message, (exception as Error | undefined)?.message])
  })
  return loop
}

afterEach(() => {
  setEventLoopPolicy(null)
  setEventLoop(new EventLoop(virtual()))
})

describe('run()', () => {
  it('runs whatever can be awaited in a loop of its own, and gives the result', () => {
    class Later {
      *[Symbol.iterator](): Coroutine<string> { return yield* sleep(3, 'of an object') }
    }
    function* main(): Coroutine<[string, boolean]> {
      return [yield* sleep(3, 'of a coroutine'), getRunningLoop() === getEventLoop()]
    }
    expect([run(main(), virtual()), run(sleep(3, 'of a sleep'), virtual()), run(new Later(), virtual())]).toEqual(
      [['of a coroutine', true], 'of a sleep', 'of an object'])
  })

  it('cancels what is left when main is done, in the order in which it was made, and waits for it', () => {
    const log: unknown[] = []
    function* worker(name: string): Coroutine<void> {
      try {
        yield* sleep(1000)
      } catch (thrown) {
        log.push([name, isCancelled(thrown), getRunningLoop().time()])
        yield* sleep(5)
        log.push([name, 'has cleaned up', getRunningLoop().time()])
        throw thrown
      }
    }
    function* main(): Coroutine<string> {
      createTask(worker('a'))
      createTask(worker('b'))
      yield* sleep(1)
      return 'done'
    }
    log.push(run(main(), virtual()))
    expect(log)
      .toEqual([['a', true, 1], ['b', true, 1], ['a', 'has cleaned up', 6], ['b', 'has cleaned up', 6], 'done'])
  })

  it('reports what fails meanwhile, and leaves in peace what swallows its cancellation', () => {
    const log: unknown[] = []
    function* worker(instead: () => string): Coroutine<string> {
      try {
        yield* sleep(1000)
      } catch {
        return instead()
      }
      return 'never'
    }
    function* main(): Coroutine<void> {
      createTask(worker(() => 'fine'))
      createTask(worker(() => { throw new Error('not fine') }))
      yield
      throw new Error('of main')
    }
    expect(() => { run(main(), { loopFactory: () => reporting(log) }) }).toThrow('of main')
    expect(log).toEqual([['unhandled exception during run() shutdown', 'not fine']])
  })

  it('lets the loop go, whatever main ends with', () => {
    const loops: EventLoop[] = []
    const endings: (() => string)[] = [
      () => 'result', () => { throw new Error('an error') }, () => { throw new KeyboardInterrupt('an interrupt') },
    ]
    const log = endings.map(ending => {
      const runner = new Runner(virtual())
      try {
        function* main(): Coroutine<string> { return ending() }
        loops.push(runner.getLoop())
        return runner.run(main())
      } catch (thrown) {
        return (thrown as Error).message
      } finally {
        runner.close()
      }
    })
    expect([log, loops.map(loop => loop.isClosed())])
      .toEqual([['result', 'an error', 'an interrupt'], [true, true, true]])
    expect(() => getRunningLoop()).toThrow('no running event loop')
  })

  it('is refused inside of a loop that runs, whoever runs it, and before anything is made', () => {
    let made = 0
    setEventLoopPolicy({
      newEventLoop() {
        made++
        return new EventLoop(virtual())
      },
    })
    const log: unknown[] = []
    function* main(): Coroutine<void> {
      for (const attempt of [() => run(sleep(1)), () => greenlet(() => run(sleep(1))).resume()]) {
        try {
          attempt()
        } catch (refusal) {
          log.push(refusal)
        }
      }
    }
    new EventLoop(virtual()).runUntilComplete(main())
    const refusal = error('RuntimeError', 'LOOP_RUNNING',
      'run() cannot be called from a running event loop. In a coroutine, write yield* main(); in a callback, createTask(main())')
    expect(log).toEqual([refusal, refusal])
    expect(made).toBe(0)
  })

  it('may be called in a greenlet, which goes on afterwards', () => {
    const g = greenlet(function* (): Coroutine<string> { return `${run(sleep(5, 'slept'), virtual())}, and went on` })
    expect(g.resume()).toBe('slept, and went on')
  })

  it.each<[string, unknown, string, string]>([
    ['a number', 5, 'NOT_AWAITABLE', 'a future, a coroutine or an awaitable is required, not 5'],
    ['nothing', undefined, 'NOT_AWAITABLE', 'a future, a coroutine or an awaitable is required, not undefined. Only a function* gives a coroutine when it is called'],
    ['a list', [1], 'NOT_AWAITABLE', 'a future, a coroutine or an awaitable is required, not [1 items]. To wait for all of them, write gather([...])'],
  ])('is refused with %s', (_, what, code, message) => {
    expect(() => run(what as Coroutine<void>, virtual())).toThrow(error('TypeError', code, message))
  })

  it('tells a deadlock by name, and what waited is cancelled', () => {
    const log: unknown[] = []
    function* main(): Coroutine<void> {
      try {
        yield* getRunningLoop().createFuture()
      } finally {
        log.push('let go')
      }
    }
    let report: unknown
    try {
      run(main(), virtual())
    } catch (thrown) {
      report = thrown instanceof DeadlockError && thrown.report.map(({ waitsFor, frames }) => [waitsFor, frames])
    }
    expect([report, log]).toEqual([[['<Future pending>', ['main']]], ['let go']])
  })
})

describe('a Runner', () => {
  const variable = new ContextVar<string>('variable', { default: 'unset' })

  it('has one loop and one context for all that it runs, and nobody else sees that', () => {
    const runner = new Runner(virtual())
    function* change(value: string): Coroutine<string> {
      const before = variable.get()
      variable.set(value)
      yield* sleep(1)
      return before
    }
    const own = copyContext()
    const log = [
      runner.run(change('first')), runner.run(change('second')), runner.run(change('third'), { context: own }),
      variable.get(),
      own.get(variable), runner.run(change('fourth')), runner.getLoop().time(), getEventLoop() === runner.getLoop(),
    ]
    runner.close()
    expect(log).toEqual(['unset', 'first', 'unset', 'unset', 'third', 'second', 4, true])
  })

  it('has the loop of its factory, which nobody finds by getEventLoop()', () => {
    const chosen = new EventLoop(virtual())
    setEventLoop(chosen)
    const loop = new EventLoop(virtual())
    let asked = 0
    const runner = new Runner({
      loopFactory: () => {
        asked++
        return loop
      },
      debug: true,
    })
    const log: unknown[] = [asked]
    runner.run(sleep(1))
    log.push(asked, runner.getLoop() === loop, loop.getDebug(), getEventLoop() === chosen)
    runner.close()
    log.push(loop.isClosed(), getEventLoop() === chosen)
    expect(log).toEqual([0, 1, true, true, true, true, true])
  })

  it('leaves the debug mode of a loop as it is, when it is not told', () => {
    const log: unknown[] = []
    for (const debug of [undefined, false, true]) {
      const loopFactory = () => new EventLoop({ ...virtual(), debug: true })
      const runner = new Runner({ loopFactory, ...debug === undefined ? {} : { debug } })
      log.push(runner.getLoop().getDebug())
      runner.close()
    }
    expect(log).toEqual([true, false, true])
  })

  it('makes no loop where it is used with options that contradict each other, or closed before it is used', () => {
    const loopFactory = (): EventLoop => { throw new Error('not to be made') }
    expect(() => new Runner({ ...virtual(), loopFactory })).toThrow(error('TypeError', 'BAD_ARGUMENT',
      'host and loopFactory exclude each other. Write loopFactory: () => new EventLoop({ host })'))
    const runner = new Runner({ loopFactory })
    runner.close()
    runner.close()
    const closed = error('RuntimeError', 'RUNNER_CLOSED', 'Runner is closed')
    expect(() => runner.getLoop()).toThrow(closed)
    expect(() => runner.run(sleep(1))).toThrow(closed)
  })

  it('goes on after a run that failed, and after a deadlock', () => {
    const log: unknown[] = []
    const runner = new Runner(virtual())
    function* failing(): Coroutine<void> { throw new Error('boom') }
    for (const what of [failing(), runner.getLoop().createFuture(), sleep(5, 'fine')]) {
      try {
        log.push(runner.run<unknown>(what))
      } catch (thrown) {
        log.push((thrown as Error).name)
      }
    }
    runner.close()
    expect(log).toEqual(['Error', 'DeadlockError', 'fine'])
  })

  it('closes its loop also when an interrupt comes while it closes', () => {
    const loop = reporting([])
    const runner = new Runner({ loopFactory: () => loop })
    function* interrupting(): Coroutine<void> {
      try {
        yield* sleep(1000)
      } finally {
        throw new KeyboardInterrupt('ctrl c')
      }
    }
    function* main(): Coroutine<void> {
      createTask(interrupting())
      yield
    }
    runner.run(main())
    expect(() => { runner.close() }).toThrow('ctrl c')
    expect(loop.isClosed()).toBe(true)
  })

  it('closes its loop even if what is left does not let itself be ended', () => {
    const log: unknown[] = []
    const loop = reporting(log)
    const runner = new Runner({ loopFactory: () => loop })
    function* stubborn(): Coroutine<void> {
      for (;;) {
        try {
          yield* loop.createFuture()
        } catch { /* not with me */ }
      }
    }
    function* main(): Coroutine<void> {
      createTask(stubborn(), { name: 'stubborn' })
      yield
    }
    runner.run(main())
    runner.close()
    expect([loop.isClosed(), log]).toEqual([true, [
      ['unhandled exception during run() shutdown', expect.stringContaining('stubborn waits for <Future pending>')],
      ['Task was destroyed but it is pending!', undefined],
    ]])
  })
})

/** A host that knows of Ctrl-C, which comes at some times. */
class Terminal extends VirtualHost {
  private told: (() => void) | null = null

  constructor(private readonly log: unknown[], private readonly times: number[]) { super() }

  onInterrupt(told: () => void): () => void {
    this.told = told
    return () => {
      this.told = null
      this.log.push('nobody is told any more')
    }
  }

  override wait(timeout: number | null): void {
    super.wait(timeout)
    if (this.now() < (this.times[0] ?? Infinity)) return
    this.times.shift()
    this.told?.()
  }
}

describe('Ctrl-C, at a host that knows of it,', () => {
  function interrupted(times: number[], main: (log: unknown[]) => Coroutine<unknown>): unknown[] {
    const log: unknown[] = []
    try {
      log.push(run(main(log), { host: new Terminal(log, times) }))
    } catch (thrown) {
      const { cause } = thrown as Error & { cause?: Error }
      log.push(`${String(thrown)}${cause === undefined ? '' : `, for ${String(cause)}`}`)
    }
    return log
  }

  it('cancels the main task, which cleans up; run() then throws a KeyboardInterrupt', () => {
    expect(interrupted([10], function* (log) {
      try {
        yield* sleep(10)
        yield* sleep(10)
      } finally {
        log.push('cleans up')
        yield* sleep(10)
        log.push('has cleaned up')
      }
    })).toEqual(['cleans up', 'has cleaned up', 'nobody is told any more', 'KeyboardInterrupt, for CancelledError'])
  })

  it('ends the program at once when it comes a second time', () => {
    expect(interrupted([10, 15], function* (log) {
      try {
        yield* sleep(10)
        yield* sleep(10)
      } catch (error) {
        log.push(String(error))
        yield* sleep(5)
        log.push('never')
      }
    })).toEqual(['CancelledError', 'nobody is told any more', 'KeyboardInterrupt'])
  })

  it('is over when the program says that it was meant, and goes on', () => {
    expect(interrupted([10], function* (log) {
      try {
        yield* sleep(10)
        yield* sleep(10)
      } catch {
        log.push('goes on')
      }
      return 'result'
    })).toEqual(['goes on', 'nobody is told any more', 'result'])
  })

  it('is not what another cancellation was asked for by', () => {
    expect(interrupted([10], function* (log) {
      const other = createTask(sleep(100))
      try {
        yield* sleep(10)
        yield* sleep(10)
      } catch {
        log.push('catches it')
        other.cancel('another one')
      }
      yield* sleep(1)
      yield* other
    })).toEqual(['catches it', 'nobody is told any more', 'KeyboardInterrupt, for CancelledError: another one'])
    expect(interrupted([], function* () {
      const other = createTask(sleep(100))
      yield* sleep(1)
      other.cancel('another one')
      yield* other
    })).toEqual(['nobody is told any more', 'CancelledError: another one'])
  })
})

it('a Runner tells whether it is closed', () => {
  const runner = new Runner(virtual())
  const log = [String(runner)]
  runner.close()
  expect([...log, String(runner)]).toEqual(['<Runner loop=null>', '<Runner loop=null closed>'])
})
