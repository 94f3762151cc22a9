import { BlockingHost, type Coroutine, DeadlockError, Event as AsyncEvent, EventLoop, ManualHost, VirtualHost, createTask, currentTask, getRunningLoop, run, sleep, suspend, waitSignal } from '../../lib/index.ts'

const isBare = !('performance' in globalThis)

describe('a VirtualHost', () => {
  it('skips idle time: an hour of sleep ends at once', () => {
    const loop = new EventLoop({ host: new VirtualHost(1000) })
    loop.runUntilComplete(sleep(3_600_000))
    expect(loop.time()).toBe(3_601_000)
  })

  it('comes to deadlines that are fractions of a millisecond', () => {
    const loop = new EventLoop({ host: new VirtualHost() })
    function* main(): Coroutine<number> {
      let turns = 0
      for (const ms of [0.1, 0.2, 0.3, 1 / 3, 0.7, 1e-9]) {
        yield* sleep(ms)
        turns++
      }
      return turns
    }
    expect(loop.runUntilComplete(main())).toBe(6)
    expect(loop.time()).toBeCloseTo(1.6333333, 6)
  })
})

describe('a VirtualHost that expects something', () => {
  it('lets no time pass while it waits for that', () => {
    const log: unknown[] = []
    const host = new VirtualHost(5)
    let due = 3
    Object.assign(host, { expects: () => --due > 0 })
    const loop = new EventLoop({ host })
    loop.callSoon(() => { log.push(loop.time()) })
    expect(() => { loop.runForever() }).toThrow(DeadlockError)
    loop.callSoonThreadsafe(() => {
      log.push(loop.time())
      loop.stop()
    })
    loop.runForever()
    expect([log, due]).toEqual([[5, 5], 0])
  })
})

it('a loop closes its host once, however often it is closed', () => {
  const log: string[] = []
  const loop = new EventLoop({ host: Object.assign(new VirtualHost(), { close() { log.push('closed') } }) })
  loop.close()
  loop.close()
  expect(log).toEqual(['closed'])
})

describe('a ManualHost', () => {
  it('has the time that it is given, and that does not go back', () => {
    const host = new ManualHost(10)
    host.advance(5)
    host.set(20)
    expect(host.now()).toBe(20)
    expect(() => { host.set(19) }).toThrow('time does not go back: it is 20, and cannot become 19')
    expect(() => { host.advance(NaN) }).toThrow('advance() takes a number, not NaN')
  })

  it('does not wait: a loop that has nothing to do says how to drive it', () => {
    const loop = new EventLoop({ host: new ManualHost() })
    expect(() => { loop.runUntilComplete(sleep(5)) }).toThrow('Drive the loop by loop.tick()')
  })
})

describe('what nothing can wake', () => {
  it('is a DeadlockError that names every task, what it waits for, and where', () => {
    const host = new VirtualHost()
    const loop = new EventLoop({ host, logger: () => undefined })
    function* inner(): Coroutine<void> { yield* loop.createFuture<void>() }
    function* main(): Coroutine<void> {
      const a = createTask(inner(), { name: 'a' })
      yield* createTask((function* b(): Coroutine<void> { yield* a })(), { name: 'b' })
    }
    let error: unknown
    try {
      loop.runUntilComplete(loop.createTask(main(), { name: 'main' }))
    } catch (caught) {
      error = caught
    }
    expect(error).toBeInstanceOf(DeadlockError)
    expect((error as Error).message.split('\n')).toEqual([
      'nothing is left that could wake the loop; 3 tasks wait for ever:',
      "  main waits for <Task pending name='b' coro=b>, in main",
      '  a waits for <Future pending>, in inner',
      "  b waits for <Task pending name='a' coro=inner>, in b",
    ])
    expect((error as DeadlockError).report).toEqual(loop.report())
  })

  it('is one without tasks, too', () => {
    const loop = new EventLoop({ host: new VirtualHost() })
    expect(() => { loop.runForever() }).toThrow('nothing is left that could wake the loop; no task waits')
    expect(() => loop.runUntilComplete(loop.createFuture())).toThrow(DeadlockError)
  })

  it('is no deadlock while the host expects something from outside', () => {
    const log: unknown[] = []
    class Mailman extends VirtualHost {
      letters = 2
      expects(): boolean { return this.letters > 0 }
      override wait(timeout: number | null): void {
        log.push(['waits', timeout])
        this.letters--
        loop.callSoonThreadsafe(() => { log.push('a letter') })
      }
    }
    const loop = new EventLoop({ host: new Mailman() })
    expect(() => { loop.runForever() }).toThrow(DeadlockError)
    expect(log).toEqual([['waits', null], 'a letter', ['waits', null], 'a letter'])
  })

  it('cannot be a timer that never fires', () => {
    const loop = new EventLoop({ host: new VirtualHost() })
    expect(() => { loop.runUntilComplete(sleep(Infinity)) }).toThrow(DeadlockError)
  })

  it('leaves run() with its error, and what waited is cancelled', () => {
    const log: unknown[] = []
    function* main(): Coroutine<void> {
      try {
        yield* loopless()
      } finally {
        log.push('cleaned up')
      }
    }
    function* loopless(): Coroutine<void> { yield* createTask(sleep(Infinity)) }
    expect(() => { run(main(), { host: new VirtualHost() }) }).toThrow(DeadlockError)
    expect(log).toEqual(['cleaned up'])
  })
})

if (isBare) {
  describe('where threads cannot wait', () => {
    it('a loop needs a host, and says so', () => {
      expect(() => new EventLoop()).toThrow('Write run(main(), { host: new VirtualHost() })')
    })
  })
} else {
  describe('a BlockingHost', () => {
    it('waits in real time, without using the processor', () => {
      const start = performance.now()
      const used = process.cpuUsage()
      run(sleep(300))
      const { user, system } = process.cpuUsage(used)
      expect(performance.now() - start).toBeGreaterThanOrEqual(299)
      expect((user + system) / 1000).toBeLessThan(200)
    })

    it('is woken by wake(), also beforehand', () => {
      const host = new BlockingHost()
      const start = performance.now()
      host.wake()
      host.wait(10_000)
      host.wait(20)
      expect(performance.now() - start).toBeLessThan(5_000)
    })

    it('says at a deadlock that nothing outside can end a suspend()', () => {
      let told: unknown
      try {
        run(suspend(() => undefined), { host: new BlockingHost() })
      } catch (error) {
        told = (error as Error).message.split('\n').slice(1)
      }
      expect(told).toEqual([
        '  Task-1 waits for a suspend(), in awaiting',
        'While run() blocks, setTimeout, fetch and promises stand still: nothing outside can end this wait. ' +
          'Wait with yield* sleep(ms), or drive the loop by tick()',
      ])
    })
  })
}

describe('a host that can look what has come from outside', () => {
  it('does so in each turn in which something is ready, and in nobody\'s name', () => {
    const log: unknown[] = []
    const host = Object.assign(new VirtualHost(), { poll: () => { log.push(`looks, for ${String(currentTask(loop))}`) } })
    const loop: EventLoop = new EventLoop({ host })
    loop.runUntilComplete(function* () {
      log.push('first turn')
      yield* sleep(0)
      log.push('second turn')
      yield* sleep(5)
      log.push('it has waited')
    }())
    expect(log).toEqual(['looks, for null', 'first turn', 'looks, for null', 'second turn', 'looks, for null', 'it has waited', 'looks, for null'])
  })
})

describe('a host without an outside', () => {
  it('can neither connect nor listen, and knows of no signals', () => {
    const loop = new EventLoop({ host: new VirtualHost() })
    const protocol = (): never => { throw new Error('never') }
    const tries: Record<string, () => unknown> = {
      createUnixConnection: () => loop.runUntilComplete(loop.createUnixConnection(protocol, '/tmp/socket')),
      createUnixServer: () => loop.runUntilComplete(loop.createUnixServer(protocol, '/tmp/socket')),
      addSignalHandler: () => { loop.addSignalHandler('SIGTERM', () => undefined) },
      removeSignalHandler: () => loop.removeSignalHandler('SIGTERM'),
    }
    for (const [name, attempt] of Object.entries(tries)) {
      expect(attempt).toThrow(expect.objectContaining({
        code: 'NO_OUTSIDE', message: expect.stringContaining(`${name}() needs a host that reaches outside, and this loop has VirtualHost.`),
      }))
    }
  })
})

if (!isBare) {
  describe('a deadlock while the thread is blocked', () => {
    const advice = 'setTimeout, fetch and promises stand still'
    const told = (main: () => Coroutine<unknown>): boolean => {
      const loop = new EventLoop({ host: new BlockingHost() })
      try {
        loop.runUntilComplete(main())
        throw new Error('no deadlock')
      } catch (error) {
        if (!(error instanceof DeadlockError)) throw error
        return error.message.includes(advice)
      } finally {
        loop.setExceptionHandler(() => undefined)
        loop.close()
      }
    }

    it('says that nothing from outside comes, if somebody waits for that, and not for a task', () => {
      expect([
        told(function* () { yield* getRunningLoop().createFuture() }), told(function* () { yield* suspend(() => undefined) }),
        told(function* () { yield* new AsyncEvent().wait() }),
        told(function* () { yield* createTask(suspend(() => undefined)) }), told(function* () { yield* waitSignal(() => undefined) }),
      ]).toEqual([true, true, false, true, true])
    })
  })
}
