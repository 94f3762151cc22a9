import {
  type Coroutine, DeadlockError, EventLoop, Future, NodeHost, attach, createTask, gather, getRunningLoop, run, sleep, timeout, use, wait,
} from '../../lib/node/index.ts'
import { slip } from '../support/stories.ts'
import { ways } from '../support/ways.ts'

describe.each(ways())('a program that runs $way', ({ live }) => {
  it('sleeps in real time, several side by side', () => {
    const log: unknown[] = []
    function* sleeper(ms: number): Coroutine<number> {
      yield* sleep(ms)
      log.push(ms)
      return ms
    }
    const start = performance.now()
    return live(function* () { return yield* gather([sleeper(60), sleeper(20), sleeper(40)]) }).then(result => {
      expect(result).toEqual([60, 20, 40])
      expect(log).toEqual([20, 40, 60])
      expect(performance.now() - start).toBeGreaterThanOrEqual(59)
    })
  })

  it('keeps the order of what is ready, and of deadlines that are equal', () => live(function* () {
    const log: unknown[] = []
    const loop = getRunningLoop()
    const when = loop.time() + 10
    for (const n of [1, 2, 3]) loop.callAt(when, () => { log.push(`timer ${n}`) })
    for (const n of [1, 2, 3]) loop.callSoon(() => { log.push(`soon ${n}`) })
    yield* sleep(0)
    log.push('task')
    yield* sleep(30)
    return log
  }).then(log => {
    expect(log).toEqual(['soon 1', 'soon 2', 'soon 3', 'task', 'timer 1', 'timer 2', 'timer 3'])
  }))

  it('ends with the error of its main task', () =>
    expect(live(function* () {
      yield* sleep(1)
      throw new RangeError('out')
    })).rejects.toThrow(new RangeError('out')))

  it('has time limits', () =>
    expect(live(function* () {
      yield* use(timeout(10), () => sleep(10_000))
    })).rejects.toThrow(expect.objectContaining({ name: 'TimeoutError' })))

  it('goes on when a timer is set for earlier than the one that is waited for', () => live(function* () {
    const loop = getRunningLoop()
    const future = loop.createFuture<string>()
    const long = createTask(sleep(5_000))
    yield* sleep(5)
    loop.callLater(5, () => { future.setResult('early') })
    const result = yield* future
    long.cancel()
    yield* wait([long])
    return result
  }).then(result => { expect(result).toBe('early') }))
})

describe('a loop that is attached', () => {
  const attached = (): [EventLoop, ReturnType<typeof attach>] => {
    const loop = new EventLoop({ host: new NodeHost() })
    return [loop, attach(loop)]
  }

  it('goes on when something outside becomes ready, or sets a timer', () => new Promise<void>(resolve => {
    const [loop, attachment] = attached()
    const future = loop.createFuture<string>()
    const log: unknown[] = []
    loop.createTask(function* (): Coroutine<void> { log.push(yield* future) }())
    setTimeout(() => { future.setResult('from a timer of Node') }, 10)
    setTimeout(() => {
      loop.callLater(1, () => {
        expect(log).toEqual(['from a timer of Node'])
        attachment.detach()
        resolve()
      })
    }, 20)
  }))

  it('lets other work have its turn, though a task never waits', () => new Promise<void>(resolve => {
    const [loop, attachment] = attached()
    let turns = 0
    const task = loop.createTask(function* (): Coroutine<void> { for (;;) { turns++; yield } }())
    let others = 0
    const other = (): void => {
      if (++others < 20) {
        setImmediate(other)
        return
      }
      expect(turns).toBeGreaterThan(20)
      task.cancel()
      loop.callSoon(() => { loop.callSoon(() => { attachment.detach(); resolve() }) })
    }
    setImmediate(other)
  }))

  it('runs no more when it is detached, and can be run otherwise', () => {
    const [loop, attachment] = attached()
    const task = loop.createTask(sleep(1, 'slept'))
    attachment.detach()
    attachment.detach()
    expect(loop.runUntilComplete(task)).toBe('slept')
    loop.close()
  })

  it('is detached when it is closed', () => new Promise<void>(resolve => {
    const [loop] = attached()
    loop.callLater(5, () => undefined)
    setTimeout(() => {
      loop.close()
      resolve()
    }, 1)
  }))

  it('is refused where it cannot be', () => {
    const [loop, attachment] = attached()
    expect([
      slip(() => attach(loop)),
      slip(() => { loop.runForever() }),
      slip(() => attach({} as EventLoop)),
      slip(() => run(function* (): Coroutine<void> { attach(getRunningLoop()) }())),
    ]).toEqual([
      'RuntimeError LOOP_ATTACHED: this loop is attached already',
      'RuntimeError LOOP_ATTACHED: this loop is attached to the event loop of its host, which runs it. Write loop.createTask(main()), or detach it first',
      'TypeError NOT_A_LOOP: attach() takes an event loop, not Object. Write attach(new EventLoop())',
      'RuntimeError LOOP_RUNNING: this loop runs already, and cannot be attached',
    ])
    attachment.detach()
    loop.close()
    expect(slip(() => attach(loop))).toBe('RuntimeError LOOP_CLOSED: Event loop is closed')
  })
})

describe('a program that blocks', () => {
  it('for which nothing is left to wait ends with a DeadlockError', () => {
    expect(() => run(function* (): Coroutine<unknown> { return yield* new Future() }())).toThrow(DeadlockError)
  })
})
