import { type Coroutine, EventLoop, KeyboardInterrupt, ManualHost, VirtualHost, createTask, getRunningLoop, run, sleep } from '../../lib/index.ts'
import { FINE, OVER } from '../support/stories.ts'

const quiet = (host = new ManualHost()) => new EventLoop({ host, logger: () => undefined })

describe('tick(): one turn for a host that owns the clock', () => {
  it('runs what is ready, never waits, and says what is left', () => {
    const log: unknown[] = []
    const host = new ManualHost()
    const loop = quiet(host)
    function* worker(name: string, ms: number): Coroutine<void> {
      log.push(`${name} begins`)
      yield* sleep(ms)
      log.push(`${name} ends`)
    }
    loop.createTask(worker('a', 16))
    loop.createTask(worker('b', 40))
    loop.createTask((function* () { yield* loop.createFuture() })())
    log.push(loop.tick())
    host.advance(16)
    log.push(loop.tick())
    log.push(loop.tick())
    host.set(40)
    while (loop.tick().ready > 0);
    expect(log).toEqual([
      'a begins', 'b begins',
      { ran: 3, ready: 0, nextTimerAt: 16, blocked: 3, overBudget: false, ...FINE },
      { ran: 1, ready: 1, nextTimerAt: 40, blocked: 2, overBudget: false, ...FINE },
      'a ends',
      { ran: 1, ready: 0, nextTimerAt: 40, blocked: 2, overBudget: false, ...FINE },
      'b ends',
    ])
  })

  it('may be told the time', () => {
    const log: unknown[] = []
    const loop = quiet()
    loop.callAt(100, () => { log.push(['fires at', loop.time()]) })
    log.push(loop.tick({ now: 99 }).nextTimerAt, loop.tick({ now: 100.5 }).nextTimerAt, loop.time())
    expect(log).toEqual([['fires at', 100.5], 100, null, 100.5])
    expect(() => loop.tick({ now: 5 })).toThrow('time does not go back')
  })

  it('stops at the budget, and the next tick begins with what was left over', () => {
    const log: unknown[] = []
    const loop = quiet()
    let spent = 0
    const work = (name: string, cost: number) => loop.callSoon(() => {
      spent += cost
      log.push(name)
      loop.callSoon(() => { log.push(`after ${name}`) })
    })
    work('a', 3)
    work('b', 4)
    work('c', 1)
    work('d', 1)
    const cost = () => spent
    log.push(loop.tick({ budget: 5, cost }))
    log.push(loop.tick({ budget: 5, cost }))
    log.push(loop.tick({ budget: 5, cost }))
    expect(log).toEqual([
      'a', 'b', { ran: 2, ready: 4, nextTimerAt: null, blocked: 0, overBudget: true, ...OVER },
      'c', 'd', 'after a', 'after b', { ran: 4, ready: 2, nextTimerAt: null, blocked: 0, overBudget: false, ...FINE },
      'after c', 'after d', { ran: 2, ready: 0, nextTimerAt: null, blocked: 0, overBudget: false, ...FINE },
    ])
  })

  it('is within the budget when the last of what was ready spends the rest of it', () => {
    const loop = quiet()
    let spent = 0
    loop.callSoon(() => { spent = 5 })
    expect(loop.tick({ budget: 5, cost: () => spent }).overBudget).toBe(false)
    loop.callSoon(() => { spent = 11 })
    expect(loop.tick({ budget: 5, cost: () => spent }).overBudget).toBe(true)
  })

  it('measures the budget by the clock of the host when there is no other', () => {
    const host = new ManualHost()
    const loop = quiet(host)
    for (let i = 0; i < 10; i++) loop.callSoon(() => { host.advance(3) })
    expect(loop.tick({ budget: 7 })).toEqual({ ran: 3, ready: 7, nextTimerAt: null, blocked: 0, overBudget: true, ...OVER })
  })

  it('stops after so many callbacks', () => {
    const log: number[] = []
    const loop = quiet()
    for (let i = 0; i < 5; i++) loop.callSoon(() => { log.push(i) })
    expect(loop.tick({ maxCallbacks: 2 })).toEqual({ ran: 2, ready: 3, nextTimerAt: null, blocked: 0, overBudget: false, ...FINE })
    expect(loop.tick({ maxCallbacks: 0 })).toEqual({ ran: 0, ready: 3, nextTimerAt: null, blocked: 0, overBudget: false, ...FINE })
    loop.tick()
    expect(log).toEqual([0, 1, 2, 3, 4])
  })

  it('is refused inside a running loop, and so is run()', () => {
    const log: unknown[] = []
    const attempt = (what: () => unknown) => {
      try {
        what()
      } catch (error) {
        log.push([(error as { code: string }).code, (error as Error).message])
      }
    }
    function* main(): Coroutine<void> {
      attempt(() => getRunningLoop().tick())
      attempt(() => { quiet().tick() })
      attempt(() => { getRunningLoop().runForever() })
      attempt(() => { run(sleep(1)) })
    }
    run(main(), { host: new VirtualHost() })
    const again = 'This event loop is already running. In a task, write yield* future instead of running the loop again; in a callback, createTask(f())'
    expect(log).toEqual([
      ['LOOP_RUNNING', again],
      ['LOOP_RUNNING', 'Cannot run the event loop while another loop is running'],
      ['LOOP_RUNNING', again],
      ['LOOP_RUNNING', 'run() cannot be called from a running event loop. In a coroutine, write yield* main(); in a callback, createTask(main())'],
    ])
  })

  it('lets an interrupt through, and keeps what has not run', () => {
    const log: unknown[] = []
    const loop = quiet()
    class Stop extends KeyboardInterrupt {}
    loop.callSoon(() => { throw new Stop() })
    loop.callSoon(() => { log.push('kept') })
    expect(() => loop.tick()).toThrow(Stop)
    loop.tick()
    expect(log).toEqual(['kept'])
  })

  it('runs tasks that are made while it runs in the next tick', () => {
    const log: unknown[] = []
    const loop = quiet()
    function* child(): Coroutine<void> { log.push('child') }
    function* parent(): Coroutine<void> {
      createTask(child())
      log.push('parent')
    }
    loop.createTask(parent())
    expect(loop.tick().ready).toBe(1)
    log.push('between')
    loop.tick()
    expect(log).toEqual(['parent', 'between', 'child'])
  })
})
