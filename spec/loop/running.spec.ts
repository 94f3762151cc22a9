import {
  type Coroutine, DeadlockError, EventLoop, type ExceptionContext, type Greenlet, KeyboardInterrupt, ManualHost,
  VirtualHost, createTask, getCurrent, greenlet, seconds, sleep,
} from '../../lib/index.ts'

const quiet = (log: unknown[] = []) =>
  new EventLoop({ host: new VirtualHost(), logger: text => { log.push(text.split('\n    at ')[0]) } })
const error = (name: string, code: string, message: string) => expect.objectContaining({ name, code, message })

class Stop extends KeyboardInterrupt {}

describe('runForever()', () => {
  it('runs until stop(), and to the end of that turn; the next run goes on from there', () => {
    const log: unknown[] = []
    const loop = quiet()
    loop.callSoon(() => {
      log.push('first')
      loop.stop()
      loop.callSoon(() => {
        log.push('in the next turn')
        loop.stop()
      })
    })
    loop.callSoon(() => { log.push(['second', loop.isRunning()]) })
    loop.runForever()
    log.push(['stopped', loop.isRunning()])
    loop.runForever()
    expect(log).toEqual(['first', ['second', true], ['stopped', false], 'in the next turn'])
  })

  it('runs one turn, without waiting for anything, when it was stopped beforehand', () => {
    const log: unknown[] = []
    const loop = quiet()
    loop.callSoon(() => { log.push('ready') })
    loop.callLater(5, () => { log.push('not waited for') })
    loop.stop()
    loop.runForever()
    loop.stop()
    loop.runForever()
    log.push(loop.time())
    expect(log).toEqual(['ready', 0])
  })

  it('may be entered again after an error has left it', () => {
    const log: unknown[] = []
    const loop = quiet()
    expect(() => { loop.runForever() }).toThrow(DeadlockError)
    loop.callSoon(() => { throw new Stop() })
    loop.callSoon(() => {
      log.push('afterwards')
      loop.stop()
    })
    expect(() => { loop.runForever() }).toThrow(Stop)
    loop.runForever()
    expect(log).toEqual(['afterwards'])
  })

  it('may run inside a greenlet: what it runs can resume others, and switch to that one, but not resume it', () => {
    const log: unknown[] = []
    const loop = quiet()
    const attempt = () => {
      try {
        g.resume()
      } catch (refusal) {
        log.push((refusal as { code: string }).code)
      }
    }
    function* switching(): Coroutine<void> { log.push(['switched back with', yield* g.switch()]) }
    const g: Greenlet = greenlet(function* () {
      loop.callSoon(() => { log.push(greenlet(() => 'another').resume()) })
      loop.callSoon(attempt)
      loop.callSoon(() => { greenlet(attempt).resume() })
      const task = loop.createTask(switching())
      loop.callSoon(() => { log.push('the next callback') })
      loop.tick()
      task.getGreenlet().resume('a value')
      log.push(yield* main.switch('the loop has run'))
    })
    const main = getCurrent()
    log.push(g.resume())
    g.resume('and it goes on')
    expect(log).toEqual([
      'another', 'RUNNING', 'BURIED', 'the next callback', ['switched back with', 'a value'], 'the loop has run',
      'and it goes on',
    ])
  })
})

describe('runUntilComplete()', () => {
  it('gives the result of a future, a coroutine or any awaitable, or throws the error', () => {
    const loop = quiet()
    const future = loop.createFuture<string>()
    loop.callLater(5, () => { future.setResult('of the future') })
    function* coroutine(): Coroutine<string> { return 'of the coroutine' }
    function* failing(): Coroutine<string> { throw new RangeError('boom') }
    expect([loop.runUntilComplete(future), loop.runUntilComplete(future), loop.runUntilComplete(coroutine())]).toEqual(
      ['of the future', 'of the future', 'of the coroutine'])
    expect(loop.runUntilComplete(sleep(5, 'of the sleep'))).toBe('of the sleep')
    expect(() => loop.runUntilComplete(failing())).toThrow(new RangeError('boom'))
    expect(loop.time()).toBe(10)
  })

  it('is an error when the loop is stopped before, and the future goes on in the next run', () => {
    const loop = quiet()
    const task = loop.createTask(sleep(10, 'at last'))
    loop.callLater(5, () => { loop.stop() })
    expect(() => loop.runUntilComplete(task)).toThrow(
      error('RuntimeError', 'STOPPED_EARLY', 'Event loop stopped before Future completed.'))
    expect(loop.runUntilComplete(task)).toBe('at last')
  })

  it('leaves nothing behind that would stop the next run', () => {
    const log: unknown[] = []
    const loop = quiet()
    const future = loop.createFuture()
    expect(() => loop.runUntilComplete(future)).toThrow(DeadlockError)
    loop.callSoon(() => { future.setResult(1) })
    loop.callLater(5, () => {
      log.push('not stopped')
      loop.stop()
    })
    loop.runForever()
    expect(log).toEqual(['not stopped'])
  })

  it('throws the interrupt that a task ends with, once, and the next run is not stopped by it', () => {
    const log: unknown[] = []
    const loop = quiet(log)
    function* main(): Coroutine<void> {
      yield
      throw new Stop('ctrl c')
    }
    const task = loop.createTask(main())
    expect(() => loop.runUntilComplete(task)).toThrow('ctrl c')
    expect(() => loop.runUntilComplete(main())).toThrow('ctrl c')
    log.push(task.exception() instanceof Stop)
    loop.runUntilComplete(sleep(5))
    loop.close()
    expect([log, loop.time()]).toEqual([[true], 5])
  })

  it('does not report what its coroutine failed with when an interrupt comes first; a task is reported', () => {
    const log: unknown[] = []
    for (const asTask of [false, true]) {
      const loop = quiet(log)
      function* main(): Coroutine<void> {
        loop.callSoon(() => { throw new Stop('of a callback') })
        throw new Error('of the coroutine')
      }
      expect(() => { loop.runUntilComplete(asTask ? loop.createTask(main()) : main()) }).toThrow('of a callback')
      log.push('closing')
      loop.close()
    }
    expect(log).toEqual([
      'closing', 'closing',
      expect.stringMatching(/^Task exception was never retrieved\nfuture: <Task .*\nError: of the coroutine$/),
    ])
  })

  it.each<[string, unknown, string, string]>([
    ['a function', function* main(): Coroutine<void> { yield }, 'NOT_AWAITABLE',
      'a future, a coroutine or an awaitable is required, not the function main. Call it: main()'],
    ['a number', 5, 'NOT_AWAITABLE', 'a future, a coroutine or an awaitable is required, not 5. If yield* f() gave it, write f() alone'],
    ['nothing', undefined, 'NOT_AWAITABLE', 'a future, a coroutine or an awaitable is required, not undefined. Only a function* gives a coroutine when it is called. If yield* f() gave it, write f() alone'],
    ['a list', [], 'NOT_AWAITABLE', 'a future, a coroutine or an awaitable is required, not [0 items]. To wait for all of them, write gather([...])'],
  ])('is refused with %s', (_, what, code, message) => {
    expect(() => quiet().runUntilComplete(what as Coroutine<void>)).toThrow(error('TypeError', code, message))
  })

  it('is refused with a future of another loop', () => {
    expect(() => quiet().runUntilComplete(quiet().createFuture())).toThrow(error('ValueError', 'OTHER_LOOP',
      'The future belongs to a different loop than the one specified as the loop argument. ' +
      'Make it in the coroutine that is run'))
  })

  it('makes no task where it is refused', () => {
    const log: unknown[] = []
    const loop = quiet()
    const attempt = (inner: EventLoop) => {
      try {
        inner.runUntilComplete(sleep(5))
      } catch (refusal) {
        log.push((refusal as { code: string }).code, inner.report())
      }
    }
    const other = quiet()
    const closed = quiet()
    closed.close()
    loop.callSoon(attempt, loop)
    loop.callSoon(attempt, other)
    loop.tick()
    attempt(closed)
    expect(log).toEqual(['LOOP_RUNNING', [], 'LOOP_RUNNING', [], 'LOOP_CLOSED', []])
  })
})

describe('close()', () => {
  it('is for good, and closing twice does nothing', () => {
    const loop = quiet()
    expect(loop.isClosed()).toBe(false)
    loop.close()
    loop.close()
    expect(loop.isClosed()).toBe(true)
    const closed = error('RuntimeError', 'LOOP_CLOSED', 'Event loop is closed')
    expect(() => { loop.runForever() }).toThrow(closed)
    expect(() => loop.tick()).toThrow(closed)
    expect(() => loop.runUntilComplete(sleep(1))).toThrow(closed)
    expect(() => loop.createTask(sleep(1))).toThrow(closed)
  })

  it('is refused while the loop runs', () => {
    const loop = quiet()
    loop.setExceptionHandler((_, { exception }) => { throw exception })
    function* main(): Coroutine<void> { loop.close() }
    expect(() => loop.runUntilComplete(main()))
      .toThrow(error('RuntimeError', 'LOOP_RUNNING', 'Cannot close a running event loop'))
    expect(loop.isClosed()).toBe(false)
  })

  it('keeps a future that comes later from waking anybody', () => {
    const loop = quiet()
    const waited = loop.createFuture<number>()
    const watched = loop.createFuture<number>()
    const ignored = loop.createFuture<number>()
    loop.createTask((function* (): Coroutine<void> { yield* waited })())
    watched.addDoneCallback(() => undefined)
    loop.tick()
    loop.close()
    waited.setResult(1) // the task that waited is over
    expect(() => { watched.setResult(2) }).toThrow('Event loop is closed')
    expect(() => { watched.addDoneCallback(() => undefined) }).toThrow('Event loop is closed')
    ignored.setResult(3)
    expect([waited.result(), watched.result(), ignored.result()]).toEqual([1, 2, 3])
  })
})

describe('an exception handler', () => {
  const context: ExceptionContext = { message: 'words' }

  it('gets the loop and the context, and null puts the default one back', () => {
    const log: unknown[] = []
    const loop = quiet(log)
    loop.setExceptionHandler((of, told) => { log.push(of === loop, told === context) })
    loop.callExceptionHandler(context)
    loop.setExceptionHandler(null)
    loop.callExceptionHandler(context)
    log.push(loop.getExceptionHandler())
    expect(log).toEqual([true, true, 'words', null])
  })

  it('may interrupt everything, and so may the default one', () => {
    const loop = quiet()
    loop.setExceptionHandler(() => { throw new Stop('by the handler') })
    expect(() => { loop.callExceptionHandler(context) }).toThrow('by the handler')
    class Strict extends EventLoop {
      override defaultExceptionHandler(): void { throw new Stop('by the default one') }
    }
    expect(() => { new Strict({ host: new VirtualHost() }).callExceptionHandler(context) })
      .toThrow('by the default one')
  })

  it('that is the default one and fails is told to the logger', () => {
    const log: unknown[] = []
    class Picky extends EventLoop {
      override defaultExceptionHandler(): void { throw new TypeError('not like this') }
    }
    const loop = new Picky({ host: new VirtualHost(), logger: text => { log.push(text) } })
    loop.callExceptionHandler(context)
    loop.setExceptionHandler(() => { throw new Error('nor so') })
    loop.callExceptionHandler(context)
    expect(log).toEqual([
      'Exception in default exception handler while handling: words\nTypeError: not like this',
      'Exception in default exception handler while handling: Unhandled error in exception handler\n' +
        'TypeError: not like this',
    ])
  })
})

describe('a subclass of EventLoop', () => {
  it('goes wherever a loop does', () => {
    const log: unknown[] = []
    class Counting extends EventLoop {
      made = 0
      override createTask: EventLoop['createTask'] = (coroutine, options) => {
        this.made++
        return super.createTask(coroutine, options)
      }
    }
    const loop = new Counting({ host: new ManualHost() })
    function* child(): Coroutine<void> { log.push('child') }
    function* main(): Coroutine<void> { yield* createTask(child()) }
    loop.runUntilComplete(main())
    expect([log, loop.made]).toEqual([['child'], 2])
  })
})

describe('seconds()', () => {
  it('are milliseconds', () => { expect([seconds(2), seconds(0.25)]).toEqual([2000, 250]) })
})
