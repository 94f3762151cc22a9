import {
  type Coroutine, EventLoop, type ExceptionContext, type ManualHost, type Task, VirtualHost, coroutine, createTask, currentTask, getCurrent,
  isCancelled, run, sleep,
} from '../../lib/index.ts'

/** A loop whose reports are logged: the message, and the keys that come with it. */
function reporting(log: unknown[], options: { debug?: boolean; host?: VirtualHost | ManualHost } = {}): EventLoop {
  const loop = new EventLoop({ host: new VirtualHost(), ...options })
  loop.setExceptionHandler((_, context) => { log.push([context.message, ...Object.keys(context).filter(key => key !== 'message')]) })
  return loop
}

function* failing(): Coroutine<void> { throw new Error('boom') }

describe('nothing is lost', () => {
  it('an error that nobody reads is reported when the loop is closed, and one that somebody reads is not', () => {
    const log: unknown[] = []
    const loop = reporting(log)
    function* main(): Coroutine<void> {
      createTask(failing(), { name: 'unread' })
      const read = createTask(failing())
      const awaited = createTask(failing())
      loop.createFuture().setException(new Error('set by hand'))
      try {
        yield* awaited
      } catch (error) {
        log.push((error as Error).message)
      }
      read.exception()
    }
    loop.runUntilComplete(main())
    log.push('closing')
    loop.close()
    loop.close()
    expect(log).toEqual([
      'boom', 'closing',
      ['Future exception was never retrieved', 'exception', 'future'],
      ['Task exception was never retrieved', 'exception', 'future'],
    ])
  })

  it('a task that is pending when the loop is closed is reported', () => {
    const log: unknown[] = []
    const loop = reporting(log)
    loop.createTask(sleep(5))
    loop.stop()
    loop.runForever()
    loop.close()
    expect(log).toEqual([['Task was destroyed but it is pending!', 'task']])
  })

  it('a callback that throws is reported, and the others go on', () => {
    const log: unknown[] = []
    const loop = reporting(log)
    loop.callSoon(function careless() { throw new Error('boom') })
    loop.callSoon(() => { log.push('next') })
    loop.tick()
    expect(log).toEqual([['Exception in callback careless()', 'exception', 'handle'], 'next'])
  })

  it('a method that was passed without its object is told to be one, when it fails for want of this', () => {
    const log: unknown[] = []
    const loop = reporting(log)
    const task = loop.createTask(sleep(5))
    const shop = { open(): never { throw new Error('no tea') } }
    // eslint-disable-next-line @typescript-eslint/unbound-method -- the slip
    for (const callback of [task.cancel, shop.open, () => { (null as unknown as typeof task).cancel() }]) loop.callSoon(callback)
    loop.tick()
    expect(log).toEqual([
      ['Exception in callback cancel(), a method without its object. Write () => object.cancel()', 'exception', 'handle'],
      ['Exception in callback open()', 'exception', 'handle'],
      ['Exception in callback () => { null.cancel(); }', 'exception', 'handle'],
    ])
    loop.runUntilComplete(task)
  })

  it('a callback without a name is told by its first words, if the engine knows them', () => {
    const log: unknown[] = []
    const loop = reporting(log)
    const bound = Object.defineProperty((() => { throw new Error('bound') }).bind(null), 'name', { value: '' })
    for (const callback of [
      () => { throw new Error('a long story that is told by a callback in a line, but not in all of the line') },
      () => {
        throw new Error('several lines')
      },
      bound,
    ]) loop.callSoon(callback)
    loop.tick()
    expect(log).toEqual([
      "() => { throw new Error('a long story that is told by a callback in a line, b...", "() => { throw new Error('several lines'); }", 'a function',
    ].map(words => [`Exception in callback ${words}`, 'exception', 'handle']))
  })

  it('an error of the handler is reported by the default one, to the logger', () => {
    const log: string[] = []
    const loop = new EventLoop({ host: new VirtualHost(), logger: text => { log.push(text.split('\n    at ')[0] as string) } })
    loop.setExceptionHandler(() => { throw new Error('the handler fails') })
    loop.callExceptionHandler({ message: 'something' })
    loop.setExceptionHandler(null)
    loop.callExceptionHandler({ message: 'something else', exception: 'no error', file: 'a file' })
    expect(log).toEqual([
      'Unhandled error in exception handler\ncontext: something\nError: the handler fails',
      'something else\nfile: a file\nno error',
    ])
  })
})

describe('debug mode', () => {
  const swallows = function* (): Coroutine<string> {
    try {
      yield* sleep(10)
      return 'undisturbed'
    } catch {
      return 'swallowed'
    }
  }

  it('reports a task that swallows its cancellation', () => {
    const log: unknown[] = []
    const loop = reporting(log, { debug: true })
    const task = loop.createTask(swallows())
    loop.tick()
    task.cancel()
    loop.runUntilComplete(task)
    expect(log).toEqual([
      ['Task swallowed a cancellation: it caught the CancelledError and returned. Throw it on, or call uncancel()', 'task'],
    ])
  })

  it('does not when the task says that it was meant, or is cancelled, or when debug mode is off', () => {
    const log: unknown[] = []
    const loop = reporting(log, { debug: true })
    function* means(): Coroutine<void> {
      try {
        yield* sleep(10)
      } catch (error) {
        if (isCancelled(error)) task.uncancel()
      }
    }
    const task = loop.createTask(means())
    const passes = loop.createTask(sleep(10))
    loop.tick()
    task.cancel()
    passes.cancel()
    loop.runUntilComplete(task)
    loop.setDebug(false)
    const silent = loop.createTask(swallows())
    loop.tick()
    silent.cancel()
    loop.runUntilComplete(silent)
    expect(log).toEqual([])
  })

  it.each<[string, (loop: EventLoop) => void]>([
    ['runForever()', loop => { loop.runForever() }],
    ['tick()', loop => { loop.tick() }],
  ])('reports callbacks that take long: in %s', (_, drive) => {
    const log: unknown[] = []
    const host = new VirtualHost()
    const loop = reporting(log, { debug: true, host })
    loop.slowCallbackDuration = 50
    function busy(ms: number): void { host.wait(ms) }
    loop.callSoon(busy, 49)
    loop.callSoon(busy, 50)
    loop.createTask((function* slow() { busy(70) })())
    loop.callSoon(() => { loop.stop() })
    drive(loop)
    expect(log).toEqual([
      ['Executing <Handle busy()> took 50 ms', 'handle'],
      [expect.stringMatching(/^Executing <Task finished result=undefined name='Task-\d+' coro=.*> took 70 ms$/), 'handle'],
    ])
  })

  it('reports coroutines that were made and never run', () => {
    const log: unknown[] = []
    const loop = reporting(log, { debug: true })
    const forgotten = coroutine(function* forgotten(): Coroutine<void> { yield })
    const used = coroutine(function* used(): Coroutine<void> { yield })
    function* main(): Coroutine<void> {
      forgotten()
      for (let i = 0; i < 20_000; i++) yield* used()
    }
    loop.runUntilComplete(main())
    forgotten() // no loop runs: nobody sees it
    loop.close()
    expect(log).toEqual([["coroutine 'forgotten' was never awaited", 'coroutine', 'madeAt']])
  })

  it('shows where tasks were made, in the stacks of their errors', () => {
    function* main(): Coroutine<void> { yield* createTask(failing()) }
    function stack(debug: boolean): string {
      try {
        run(main(), { host: new VirtualHost(), debug })
      } catch (error) {
        return (error as Error).stack as string
      }
      return ''
    }
    expect(stack(false)).not.toMatch(/made/)
    expect(stack(true)).toMatch(/at Task-\d+ \(<task>\), made\n(?: {4}at .*\n)+ {4}at main \(<waiting>\)\n/)
  })
})

describe('the stack of an error that leaves a task', () => {
  it('shows the frames that it went through and the tasks, and nothing of the trampoline', () => {
    const inner = coroutine(function* inner(): Coroutine<void> {
      yield* sleep(1)
      throw new Error('boom')
    })
    const middle = coroutine(function* middle(): Coroutine<void> { yield* inner() })
    function* outer(): Coroutine<void> { yield* middle() }
    function* main(): Coroutine<void> { yield* createTask(outer(), { name: 'the outer one' }) }
    const loop = reporting([])
    let stack = ''
    try {
      loop.runUntilComplete(loop.createTask(main(), { name: 'the main one' }))
    } catch (error) {
      stack = (error as Error).stack as string
    }
    expect(stack.split('\n').map(line => line.replace(/ \((?!<).*/, ''))).toEqual([
      'Error: boom', '    at inner', '    at middle (<waiting>)', '    at outer (<waiting>)', '    at the outer one (<task>)',
      '    at main (<waiting>)', '    at the main one (<task>)',
    ])
  })

  it('shows them at once in debug mode, and else when somebody asks the task for its error', () => {
    const seen: unknown[] = []
    for (const debug of [false, true]) {
      const loop = new EventLoop({ host: new VirtualHost(), debug, logger: () => undefined })
      const error = new Error('boom')
      const task = loop.createTask((function* boils(): Coroutine<void> { throw error })(), { name: 'tea' })
      const shows = (): boolean => (error.stack as string).includes('at tea (<task>)')
      while (loop.tick().ready > 0);
      seen.push(shows())
      task.exception()
      seen.push(shows())
    }
    expect(seen).toEqual([false, true, true, true])
  })

  it('names a part of a deep stack, and counts the rest', () => {
    const deeper = coroutine(function* dive(depth: number): Coroutine<void> {
      if (depth === 0) throw new Error('deep')
      yield* deeper(depth - 1)
    })
    const loop = reporting([])
    const task = loop.createTask(deeper(1000))
    loop.tick()
    const lines = ((task.exception() as Error).stack as string).split('\n')
    expect(lines.length).toBeLessThan(40)
    expect(lines.slice(-2)).toEqual(['    at 981 more (<waiting>)', `    at ${task.getName()} (<task>)`])
  })

  it('has the first and the last tasks of a long way, of an error that is thrown again and again', () => {
    const loop = reporting([])
    const busy = new Error('busy')
    const throws = (name: string): Task<void> => loop.createTask((function* (): Coroutine<void> { throw busy })(), { name })
    const tasks = Array.from({ length: 1000 }, (_, i) => throws(`task ${i}`))
    loop.tick()
    for (const task of tasks) task.exception()
    const shown: readonly string[] = (busy.stack as string).match(/task \d+/g) ?? []
    expect([shown.length, shown.slice(0, 2), shown.slice(-2)]).toEqual([100, ['task 0', 'task 1'], ['task 998', 'task 999']])
    for (let i = 0; i < 10_000; i++) {
      const task = throws('once more')
      loop.tick()
      task.exception()
    }
    expect((busy.stack as string).length).toBeLessThan(110_000)
  })

  it('is left alone where there is none, or where it cannot be set', () => {
    const loop = reporting([])
    const frozen = Object.freeze(new Error('frozen'))
    const throws = (what: unknown) => loop.createTask((function* (): Coroutine<void> { throw what })())
    const tasks = [throws('a string'), throws(undefined), throws(frozen)]
    loop.tick()
    expect(tasks.map(task => task.exception())).toEqual(['a string', undefined, frozen])
  })
})

describe('the handler', () => {
  it('is asked for, and must be a function', () => {
    const loop = reporting([])
    const handler = (_: unknown, context: ExceptionContext) => { void context }
    loop.setExceptionHandler(handler)
    expect(loop.getExceptionHandler()).toBe(handler)
    expect(() => { loop.setExceptionHandler(5 as never) }).toThrow('setExceptionHandler() takes a function or null, not 5')
  })
})

describe('between two turns', () => {
  it('it is nobody\'s: not for a handler that is told of a slow one, nor for the host', () => {
    const log: unknown[] = []
    let time = 0
    const tell = (what: string): void => { log.push([what, currentTask(), getCurrent().parent]) }
    const host = {
      now: () => time,
      wait: (timeout: number | null) => { tell('waits'); time += timeout ?? 0 },
      wake: () => undefined,
      expects: () => { tell('is asked'); return false },
    }
    const loop = new EventLoop({ host, debug: true })
    const task: Task = loop.createTask((function* (): Coroutine<void> {
      time += 500
      yield* sleep(1000)
    })())
    loop.setExceptionHandler((_, context) => {
      if (context.handle !== task) return
      tell('handler')
      loop.createTask((function* (): Coroutine<void> { task.cancel() })(), { eagerStart: true })
    })
    try {
      loop.runUntilComplete(task)
    } catch (error) {
      log.push([String(error), time])
    }
    const stuck = loop.createTask((function* (): Coroutine<void> { yield* loop.createFuture() })())
    expect(() => { loop.runUntilComplete(stuck) }).toThrow('Task')
    expect(log).toEqual([['handler', null, null], ['CancelledError', 500], ['is asked', null, null]])
  })

  it('tells in debug mode of a turn that takes long, though none of what runs in it does', () => {
    let now = 0
    const log: unknown[] = []
    const loop = new EventLoop({ host: { now: () => now, wait() { /* never */ }, wake() { /* never */ } }, debug: true })
    loop.setExceptionHandler((_, { message, handle }) => { log.push(message, handle) })
    expect([loop.slowTurnDuration, loop.slowCallbackDuration]).toEqual([1000, 100])
    loop.slowTurnDuration = 200
    for (let i = 0; i < 3; i++) loop.callSoon(() => { now += 70 })
    loop.stop()
    loop.runForever()
    loop.callSoon(() => { now += 70 })
    loop.stop()
    loop.runForever()
    expect(log).toEqual(['A turn of the loop, with 3 callbacks and turns of tasks, took 210 ms', undefined])
  })

  it('and of a slow turn in a tick, which a limit may have cut', () => {
    let now = 0
    const log: string[] = []
    const loop = new EventLoop({ host: { now: () => now, wait() { /* never */ }, wake() { /* never */ } }, debug: true })
    loop.setExceptionHandler((_, { message }) => { log.push(message) })
    loop.slowTurnDuration = 200
    for (let i = 0; i < 7; i++) loop.callSoon(() => { now += 70 })
    loop.tick({ maxCallbacks: 4 })
    loop.frame()
    loop.callSoon(() => { now += 70 })
    loop.frame()
    expect(log).toEqual([
      'A turn of the loop, with 4 callbacks and turns of tasks, took 280 ms',
      'A turn of the loop, with 3 callbacks and turns of tasks, took 210 ms',
    ])
  })
})
