import {
  type Coroutine, EventLoop, type EventLoopPolicy, Future, VirtualHost, getEventLoop, getEventLoopPolicy,
  getRunningLoop, newEventLoop, run, setEventLoop, setEventLoopPolicy, sleep,
} from '../../lib/index.ts'

const virtual = (): EventLoop => new EventLoop({ host: new VirtualHost() })
const error = (name: string, code: string, message: string) => expect.objectContaining({ name, code, message })

/** The policy that specs of the bare realm need, where there is no BlockingHost. */
class Virtual implements EventLoopPolicy {
  made = 0

  newEventLoop(): EventLoop {
    this.made++
    return virtual()
  }
}

// First, since nothing can bring this state back.
it('getEventLoop() gives a loop to a program that has chosen none, and keeps it', () => {
  const policy = new Virtual()
  setEventLoopPolicy(policy)
  const loop = getEventLoop()
  expect([loop instanceof EventLoop, getEventLoop() === loop, policy.made]).toEqual([true, true, 1])
})

describe('the loop of what is made without naming one', () => {
  beforeEach(() => { setEventLoopPolicy(new Virtual()) })
  afterEach(() => {
    setEventLoop(null)
    setEventLoopPolicy(null)
  })

  it('is the one of setEventLoop() where none runs, and the one that runs elsewhere', () => {
    const log: unknown[] = []
    const chosen = virtual()
    const loop = virtual()
    setEventLoop(chosen)
    loop.callSoon(() => { log.push(getEventLoop() === loop, new Future().getLoop() === loop) })
    loop.tick()
    log.push(getEventLoop() === chosen, new Future().getLoop() === chosen)
    expect(log).toEqual([true, true, true, true])
  })

  it('is none after setEventLoop(null), and that is an error', () => {
    setEventLoop(virtual())
    setEventLoop(null)
    expect(() => getEventLoop()).toThrow(
      error('RuntimeError', 'NO_LOOP', 'There is no current event loop. Do it in a coroutine that run() runs, ' +
        'or write setEventLoop(newEventLoop()) first'))
    expect(() => new Future()).toThrow(error('RuntimeError', 'NO_LOOP',
      'no running event loop. Write loop.createFuture() or loop.createTask(coroutine), or do it in a coroutine that ' +
      'run() runs'))
    setEventLoop(newEventLoop())
    expect(getEventLoop()).toBeInstanceOf(EventLoop)
  })

  it('must be a loop', () => {
    expect(() => { setEventLoop(5 as never) })
      .toThrow(error('TypeError', 'NOT_A_LOOP', 'setEventLoop() takes an event loop or null, not 5'))
  })

  it('that runs is found by getRunningLoop(), and nowhere else is there one', () => {
    const log: unknown[] = []
    const loop = virtual()
    setEventLoop(virtual())
    function* main(): Coroutine<void> {
      log.push(getRunningLoop() === loop)
      yield* sleep(5)
      log.push(getRunningLoop() === loop)
    }
    loop.runUntilComplete(main())
    expect(() => getRunningLoop()).toThrow(error('RuntimeError', 'NO_LOOP', 'no running event loop. Write loop.createTask(coroutine), or do it in a coroutine that run() runs'))
    expect(log).toEqual([true, true])
  })
})

describe('a policy', () => {
  afterEach(() => {
    setEventLoop(null)
    setEventLoopPolicy(null)
  })

  it('makes the loops of newEventLoop(), and those of run()', () => {
    const policy = new Virtual()
    setEventLoopPolicy(policy)
    const [first, second] = [newEventLoop(), newEventLoop()]
    run(sleep(3_600_000))
    expect([getEventLoopPolicy() === policy, first === second, policy.made]).toEqual([true, false, 3])
  })

  it('is the default one again with null, whose loops wait in real time', () => {
    const before = getEventLoopPolicy()
    setEventLoopPolicy(new Virtual())
    setEventLoopPolicy(null)
    expect(getEventLoopPolicy()).toBe(before)
    if ('performance' in globalThis) expect(newEventLoop()).toBeInstanceOf(EventLoop)
    else expect(() => newEventLoop()).toThrow(expect.objectContaining({ name: 'RuntimeError', code: 'NO_HOST' }))
  })

  it('is not asked when a loop was chosen, or a host', () => {
    const policy = new Virtual()
    setEventLoopPolicy(policy)
    setEventLoop(virtual())
    getEventLoop()
    run(sleep(1), { host: new VirtualHost() })
    run(sleep(1), { loopFactory: virtual })
    expect(policy.made).toBe(0)
  })
})
