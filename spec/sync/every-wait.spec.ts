import {
  Barrier, CancelScope, CapacityLimiter, Condition, type Coroutine, Event, EventLoop, Lock, ParkingLot, Queue,
  Semaphore,
  allTasks, channel, createTask, greenlet, moveOnAfter, pyGenerator, sleep, timeout, use,
} from '../../lib/index.ts'
import { attempt, deadlock, slip, story, virtual } from '../support/stories.ts'

/** Something that can be waited for. */
interface Place {
  readonly wait: () => Coroutine<unknown>
  /** Let one go on. */
  readonly wake: () => void
  /** What it is, as long as one waits. */
  readonly said: string
  /** The same for one who comes from another loop, if that is not the same. */
  readonly saidToOthers?: string
  readonly thing: { toString(): string }
}

/** Run something that does not wait, now. */
function now(what: () => Coroutine<unknown>): void { greenlet(what).resume() }

const places: Record<string, () => Place> = {
  'lot.park()': () => {
    const lot = new ParkingLot()
    return { thing: lot, wait: () => lot.park(), wake: () => lot.unpark(), said: '<ParkingLot [waiting:1]>' }
  },
  'lock.acquire()': () => {
    const lock = new Lock()
    now(() => lock.acquire())
    return { thing: lock, wait: () => lock.acquire(), wake: () => { lock.release() },
      said: '<Lock [locked, waiting:1]>' }
  },
  'event.wait()': () => {
    const event = new Event()
    return { thing: event, wait: () => event.wait(), wake: () => { event.set() }, said: '<Event [unset, waiting:1]>' }
  },
  'condition.wait()': () => {
    const condition = new Condition()
    return {
      thing: condition,
      wait: () => use(condition, () => condition.wait()),
      wake: () => { now(() => use(condition, function* () { condition.notify() })) },
      said: '<Condition [unlocked, waiting:1]>',
      saidToOthers: '<Condition [locked, waiting:1]>',
    }
  },
  'semaphore.acquire()': () => {
    const semaphore = new Semaphore(0)
    return {
      thing: semaphore,
      wait: () => semaphore.acquire(),
      wake: () => { semaphore.release() },
      said: '<Semaphore [locked, waiting:1]>',
    }
  },
  'barrier.wait()': () => {
    const barrier = new Barrier(3)
    return {
      thing: barrier,
      wait: () => barrier.wait(),
      wake: () => {
        now(() => barrier.wait())
        now(() => barrier.wait())
      },
      said: '<Barrier [filling, waiting:1/3]>',
      saidToOthers: '<Barrier [filling, waiting:2/3]>',
    }
  },
  'limiter.acquireOnBehalfOf()': () => {
    const limiter = new CapacityLimiter(1)
    limiter.acquireOnBehalfOfNowait('somebody')
    return {
      thing: limiter,
      wait: () => limiter.acquireOnBehalfOf({}),
      wake: () => { limiter.releaseOnBehalfOf('somebody') },
      said: '<CapacityLimiter [borrowed:1/1, waiting:1]>',
    }
  },
  'queue.get()': () => {
    const queue = new Queue()
    return {
      thing: queue,
      wait: () => queue.get(),
      wake: () => { queue.putNowait('item') },
      said: 'an item in <Queue maxsize=0 size=0 getters=1>',
      saidToOthers: 'room in <Queue maxsize=0 size=0 getters=1>',
    }
  },
  'queue.put()': () => {
    const queue = new Queue(1)
    queue.putNowait('first')
    return {
      thing: queue,
      wait: () => queue.put('second'),
      wake: () => queue.getNowait(),
      said: 'room in <Queue maxsize=1 size=1 putters=1 tasks=1>',
    }
  },
  'queue.join()': () => {
    const queue = new Queue()
    queue.putNowait('item')
    return {
      thing: queue,
      wait: () => queue.join(),
      wake: () => { queue.taskDone() },
      said: 'the end of all work in <Queue maxsize=0 size=1 tasks=1>',
    }
  },
  'sender.send()': () => {
    const [sender, receiver] = channel(0)
    return {
      thing: sender,
      wait: () => sender.send('value'),
      wake: () => receiver.receiveNowait(),
      said: '<channel [0/0, senders:1, receivers:1]>',
    }
  },
  'receiver.receive()': () => {
    const [sender, receiver] = channel(5)
    return {
      thing: receiver,
      wait: () => receiver.receive(),
      wake: () => { sender.sendNowait('value') },
      said: '<channel [0/5, senders:1, receivers:1]>',
    }
  },
}

/** The same thing, where nobody waits but plain code, which cannot. */
function withoutWaiters(said: string): string { return said.replace(/waiting:1]/, 'waiting:0]').replace(/ [gp]u?e?tters=1/, '') }

describe.each(Object.entries(places))('to wait in %s', (_name, make) => {
  it('is what a report of a deadlock says', () => {
    function* main(): Coroutine<void> { yield* make().wait() }
    expect(deadlock(main)[0]).toContain(`main waits for ${make().said}`)
  })

  it('leaves it as it was when it is cancelled, by whomever, and serves the next', () => {
    expect(story(function* (log) {
      const { wait, wake, thing } = make()
      const before = String(thing)
      const cancelled = createTask(attempt(wait))
      yield
      cancelled.cancel('enough')
      log.push(yield* cancelled)
      log.push(yield* attempt(() => use(timeout(5), wait)))
      log.push(yield* use(moveOnAfter(5), () => attempt(wait)))
      log.push(String(thing) === before)
      const last = createTask(wait())
      yield* sleep(1)
      wake()
      yield* last
      log.push(allTasks().size)
    })).toEqual([
      'CancelledError CANCELLED: enough', 'TimeoutError TIMED_OUT: timeout(5): 5 ms are over', 'CancelledError CANCELLED: ', true, 1,
    ])
  })

  it('ends at once in a cancelled scope, however often; but not in a shield', () => {
    expect(story(function* (log) {
      const { wait, wake, thing } = make()
      const before = String(thing)
      const scope = new CancelScope()
      yield* use(scope, function* () {
        scope.cancel('closing time')
        log.push(yield* attempt(wait), yield* attempt(wait), String(thing) === before)
        yield* use(new CancelScope({ shield: true }), function* () {
          const task = createTask(sleep(1))
          task.addDoneCallback(wake)
          log.push((yield* attempt(wait)) === undefined || 'went on')
        })
      })
      log.push(scope.cancelledCaught)
    })).toEqual([
      'CancelledError CANCELLED: closing time', 'CancelledError CANCELLED: closing time', true, expect.anything(),
      false,
    ])
  })

  it('works in greenlets: of a task, and of nobody; one that is killed leaves', () => {
    const { wait, wake, thing } = make()
    const before = String(thing)
    const log: unknown[] = []
    const loop = new EventLoop(virtual())
    const body = (who: string) => function* () {
      try {
        yield* wait()
        log.push(`${who} goes on`)
      } catch (error) {
        log.push(`${who}: ${(error as Error).name}`)
        throw error
      }
    }
    const killed = greenlet(body('killed'))
    loop.callSoon(() => { killed.resume() })
    loop.tick()
    killed.kill()
    log.push(String(thing) === before)
    const task = loop.createTask((function* (): Coroutine<void> { yield* greenlet(body('of a task')).switch() })())
    loop.tick()
    loop.callSoon(wake)
    while (loop.tick().ready > 0);
    log.push(task.done())
    expect(log).toEqual(['killed: GreenletExit', true, 'of a task goes on', true])
  })

  it('works in a greenlet of nobody', () => {
    const { wait, wake } = make()
    const log: unknown[] = []
    const loop = new EventLoop(virtual())
    loop.callSoon(() => { greenlet(function* () { log.push(['goes on', typeof (yield* wait())]) }).resume() })
    loop.callLater(5, wake)
    loop.callLater(6, () => { loop.stop() })
    loop.runForever()
    expect(log).toEqual([['goes on', expect.any(String)]])
  })

  it('is not possible in plain code, nor in a second loop', () => {
    const { wait, wake, thing, said, saidToOthers = said } = make()
    const before = String(thing)
    const log: unknown[] = []
    const [loop, other] = [new EventLoop(virtual()), new EventLoop(virtual())]
    loop.callSoon(() => { log.push(slip(() => pyGenerator(wait).next()), String(thing) === before) })
    loop.tick()
    const task = loop.createTask(wait())
    loop.tick()
    const refused = other.createTask(attempt(wait))
    while (other.tick().ready > 0);
    log.push(refused.result())
    loop.callSoon(wake)
    while (loop.tick().ready > 0);
    log.push(task.done())
    expect(log).toEqual([
      `RuntimeError CANNOT_WAIT: plain code cannot wait for ${withoutWaiters(said)}: this generator is driven by next(), close() or ` +
        'runMain(). Run it in a task', true,
      `RuntimeError OTHER_LOOP: ${saidToOthers} is bound to a different event loop. Make one for each loop`, true,
    ])
  })
})
