import { type Awaitable, CapacityLimiter, type Coroutine, EventLoop, Lock, ManualHost, ReadWriteLock, ReentrantLock, sleep } from '../../lib/index.ts'
import { slip } from '../support/stories.ts'

const inManualTime = (): EventLoop => new EventLoop({ host: new ManualHost(), logger: () => undefined })

interface Held {
  acquire(): Awaitable<unknown>
  release(): void
}

const LOCKS: [string, () => { readonly held: Held; readonly asked?: Held; readonly thing: { toString(): string } }][] = [
  ['a Lock', () => { const held = new Lock(); return { held, thing: held } }],
  ['a ReentrantLock', () => { const held = new ReentrantLock(); return { held, thing: held } }],
  ['a CapacityLimiter', () => { const held = new CapacityLimiter(1); return { held, thing: held } }],
  ['a ReadWriteLock that is written', () => { const thing = new ReadWriteLock(); return { held: thing.write, asked: thing.read, thing } }],
  ['a ReadWriteLock that is read', () => { const thing = new ReadWriteLock(); return { held: thing.read, asked: thing.write, thing } }],
]

describe.each(LOCKS)('%s', (_name, make) => {
  it('that a task of one loop holds is refused to the task of another loop, which would wait for ever', () => {
    const { held, asked = held, thing } = make()
    const log: unknown[] = []
    const [one, other] = [inManualTime(), inManualTime()]
    one.createTask(function* (): Coroutine<void> {
      yield* held.acquire()
      yield* sleep(10)
      held.release()
      log.push('released')
    }())
    one.frame()
    const words = String(thing)
    const waits = other.createTask(function* (): Coroutine<void> { yield* asked.acquire() }())
    other.frame()
    log.push(slip(() => waits.result()), waits.done())
    one.frame({ dt: 10 })
    other.createTask(function* (): Coroutine<void> {
      yield* asked.acquire()
      log.push('taken, because it is free')
    }())
    other.frame()
    expect(log).toEqual([
      `RuntimeError OTHER_LOOP: ${words} is bound to a different event loop. Make one for each loop`, true, 'released', 'taken, because it is free',
    ])
  })
})

describe('a limiter whose tokens others have', () => {
  it('lets tasks wait, whoever those are', () => {
    const limiter = new CapacityLimiter(1)
    limiter.acquireOnBehalfOfNowait('somebody')
    const loop = inManualTime()
    const task = loop.createTask(limiter.acquire())
    loop.frame()
    limiter.releaseOnBehalfOf('somebody')
    loop.frame()
    expect(task.done()).toBe(true)
  })
})
