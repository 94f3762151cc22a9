import {
  type Awaitable, ContextVar, type Coroutine, EventLoop, KeyboardInterrupt, Runner, type Task, VirtualHost, coroutine, createTask, gather, greenlet, isCancelled, run,
  runMain, shield, sleep, suspend, use, timeout, wait, waitFor, watch,
} from '../../lib/index.ts'

const virtual = () => ({ host: new VirtualHost() })
const quiet = () => new EventLoop({ host: new VirtualHost(), logger: () => undefined })

describe('cancel()', () => {
  it('cuts a circle of tasks that wait for each other, directly or through gather()', () => {
    const log: unknown[] = []
    const wayTo: ((task: Task<void>) => Awaitable<unknown>)[] = [task => task, task => gather([task])]
    for (const through of wayTo) {
      const loop = quiet()
      function* waits(name: string, other: () => Task<void>): Coroutine<void> {
        try {
          yield* through(other())
        } catch (error) {
          log.push([name, isCancelled(error)])
          throw error
        }
      }
      const a: Task<void> = loop.createTask(waits('a', () => b))
      const b: Task<void> = loop.createTask(waits('b', () => a))
      loop.tick()
      a.cancel('enough')
      a.cancel('and again')
      while (loop.tick().ready > 0);
      log.push([a.cancelled(), b.cancelled()])
    }
    expect(log).toEqual([['b', true], ['a', true], [true, true], ['a', true], ['b', true], [true, true]])
  })

  it('goes down a chain of any length', () => {
    const loop = quiet()
    function* joins(task: Task<void>): Coroutine<void> { yield* task }
    let last: Task<void> = loop.createTask(sleep(5))
    for (let i = 0; i < 50_000; i++) last = loop.createTask(joins(last))
    loop.tick()
    expect(last.cancel()).toBe(true)
    while (loop.tick().ready > 0);
    expect(last.cancelled()).toBe(true)
  })

  it('goes no further than to a task of a long chain that waits for something else by now', () => {
    const loop = quiet()
    const log: unknown[] = []
    const chain: Task<void>[] = []
    function* stays(name: string): Coroutine<void> {
      try {
        yield* sleep(100)
      } catch {
        log.push(`${name} at ${loop.time()}`)
      }
      yield* sleep(100)
    }
    function* link(i: number): Coroutine<void> {
      if (i === 19) yield* stays('the last')
      else if (i !== 9) yield* chain[i + 1] as Task<void>
      else {
        try {
          yield* chain[10] as Task<void>
        } catch {
          log.push(`the middle is called away at ${loop.time()}`)
        }
        yield* stays('the middle')
      }
    }
    for (let i = 0; i < 20; i++) chain.push(loop.createTask(link(i)))
    const first = chain[0] as Task<void>
    for (const ms of [1, 10]) loop.callLater(ms, () => first.cancel())
    loop.callLater(5, () => (chain[9] as Task<void>).throwNow(new Error('fire')))
    loop.runUntilComplete(first)
    expect([log, first.cancelling(), chain[10]?.cancelling()]).toEqual(
      [['the last at 1', 'the middle is called away at 5', 'the middle at 10'], 2, 1])
  })

  it('reaches a task that waits in a switch() to which nobody comes back', () => {
    const log: unknown[] = []
    function* lost(): Coroutine<void> {
      const g = greenlet(function* () { yield* sleep(100) })
      setKill(() => { g.kill() })
      try {
        yield* g.switch()
      } catch (error) {
        log.push(['lost', isCancelled(error)])
      }
    }
    let kill = () => { /* not yet */ }
    const setKill = (how: () => void) => { kill = how }
    function* main(): Coroutine<string> {
      createTask(lost())
      yield* sleep(1)
      kill()
      return 'the result of main'
    }
    log.push(run(main(), virtual()))
    expect(log).toEqual([['lost', true], 'the result of main'])
  })

  it('tells the task when what it waits for cannot be undone', () => {
    const log: unknown[] = []
    const failing = () => { throw new Error('the undo fails') }
    function* waits(): Coroutine<void> {
      try {
        yield* suspend(() => failing)
      } catch (error) {
        log.push((error as Error).message)
      }
    }
    const loop = quiet()
    const [first, second] = [loop.createTask(waits()), loop.createTask(waits())]
    loop.tick()
    first.cancel()
    second.getGreenlet().resumeThrow(new Error('thrown in'))
    while (loop.tick().ready > 0);
    expect([...log, first.done(), second.done()]).toEqual(['the undo fails', 'the undo fails', true, true])
  })
})

describe('what is thrown and is no error', () => {
  const throwing = function* (what: unknown): Coroutine<void> {
    yield* sleep(1)
    throw what
  }

  it('passes through shield(), gather() and wait() as it is', () => {
    const log: unknown[] = []
    function* main(): Coroutine<void> {
      try {
        yield* shield(throwing('text'))
      } catch (error) {
        log.push(error)
      }
      log.push(yield* gather([throwing(undefined), throwing(null), throwing(0)], { returnExceptions: true }))
      const [done, pending] = yield* wait([createTask(throwing(null)), createTask(sleep(50))], { returnWhen: 'FIRST_EXCEPTION' })
      log.push([done.size, pending.size])
    }
    run(main(), virtual())
    expect(log).toEqual(['text', [undefined, null, 0], [1, 1]])
  })

  it('may be something that cannot even be looked at', () => {
    const { proxy, revoke } = Proxy.revocable({}, {})
    revoke()
    expect(() => { run(createTaskOf(throwing(proxy)), virtual()) }).toThrow('revoked')
  })

  function* createTaskOf(coroutine: Coroutine<void>): Coroutine<void> { yield* createTask(coroutine) }
})

describe('when closing fails', () => {
  it('the result of run() is not lost, and the error is reported', () => {
    const log: unknown[] = []
    class Stubborn extends EventLoop {
      override *shutdownAsyncGenerators(): Coroutine<void> { throw new Error('cannot close') }
    }
    const runner = new Runner({ loopFactory: () => new Stubborn(virtual()) })
    runner.getLoop().setExceptionHandler((_, { message, exception }) => { log.push([message, (exception as Error).message]) })
    log.push(runner.run(sleep(1, 'the result')))
    runner.close()
    expect(log).toEqual(['the result', ['unhandled exception during run() shutdown', 'cannot close']])
  })

  it('an interrupt is not kept back', () => {
    class Interrupted extends EventLoop {
      override *shutdownAsyncGenerators(): Coroutine<void> { throw new KeyboardInterrupt() }
    }
    const runner = new Runner({ loopFactory: () => new Interrupted(virtual()) })
    runner.run(sleep(1))
    expect(() => { runner.close() }).toThrow(KeyboardInterrupt)
  })
})

describe('the report of many', () => {
  it('names a part of them in its message', () => {
    const loop = quiet()
    for (let i = 0; i < 25; i++) loop.createTask(sleep(Infinity))
    let lines: string[] = []
    try {
      loop.runForever()
    } catch (error) {
      lines = (error as Error).message.split('\n')
    }
    expect([lines.length, lines[0], lines[21]]).toEqual(
      [22, 'nothing is left that could wake the loop; 25 tasks wait for ever:', '  and 5 more'])
  })

  it('names both ends of a deep stack', () => {
    const loop = quiet()
    const down = coroutine(function* level(depth: number): Coroutine<void> {
      if (depth === 0) yield* loop.createFuture<void>()
      else yield* down(depth - 1)
    })
    expect(() => loop.runUntilComplete(loop.createTask(down(99), { name: 'diver' }))).toThrow(
      `diver waits for <Future pending>, in ${'level > '.repeat(10)}80 more > ${'level > '.repeat(9)}level`)
  })
})

describe('slips', () => {
  it('are told where they are made', () => {
    const log: string[] = []
    const attempt = (what: () => unknown) => {
      try {
        what()
      } catch (error) {
        log.push((error as Error).message)
      }
    }
    const five = 5 as never
    attempt(() => runMain(five))
    attempt(() => suspend(five))
    attempt(() => watch(five))
    attempt(() => new ContextVar('x', five))
    attempt(() => new EventLoop({ host: VirtualHost as never }))
    attempt(() => quiet().tick({ budget: -1 }))
    attempt(() => { quiet().createFuture().addDoneCallback(function* () { yield }) })
    attempt(() => run(waitFor(five, 5), virtual()))
    attempt(() => run(use(timeoutNever(), five), virtual()))
    expect(log).toEqual([
      'runMain() takes a function, not 5. Write runMain(main, ...args): it calls it',
      'suspend() takes a function, not 5. Write suspend((resume, raise) => {...})',
      'watch() takes a function, not 5',
      'new ContextVar() takes its options as an object, not 5. Write new ContextVar(\'user\', { default: null })',
      'a host has a method now(), and VirtualHost() has none. Write new VirtualHost()',
      'tick() takes budget as a number that is not negative, not -1',
      'coroutines cannot be used with addDoneCallback(). Write a plain function, which may call createTask(f(...))',
      'a future, a coroutine or an awaitable is required, not 5. If yield* f() gave it, write f() alone',
      'use() takes a function for its body, not 5. Write use(manager, function* () {...})',
    ])
  })

  const timeoutNever = () => timeout(null)
})
