import { setImmediate } from 'node:timers'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import {
  type Coroutine, Event, EventLoop, Future, LifoQueue, ManualHost, ParkingLot, PriorityQueue, Queue, Semaphore, VirtualHost, channel,
  coroutine, createTask, emit, asyncGenerator, getCurrent, getRunningLoop, greenlet, pyGenerator, run, runMain, sleep, suspend, yieldFrom,
} from '../lib/index.ts'
import { Ring } from '../lib/base/ring.ts'
import { ReadyQueue } from '../lib/loop/ready-queue.ts'
import { Timers } from '../lib/loop/timers.ts'

setFlagsFromString('--expose-gc')
/** From another realm, for that of a spec may lack them. */
const { gc: collectGarbage, WeakRef: Weak } = runInNewContext('({ gc, WeakRef })') as Engine

interface Engine {
  readonly gc: () => void
  readonly WeakRef: new (target: object) => { deref(): object | undefined }
}

/** Something that is given away, and that nobody but the library may keep. */
class Gift { readonly size = 1 }

const pause = (): Coroutine<void> => sleep(0) as Coroutine<void>

/**
 * Gives a gift to something, gets it back, and lets go of it.
 * @returns what may still have it, and is kept until the garbage is collected.
 */
type Giving = (gift: () => Gift) => unknown

/** In a loop that goes on to run: there the queue and the registers are in use. */
function inLoop(body: (gift: () => Gift) => Coroutine<unknown>): Giving {
  return gift => {
    const loop = new EventLoop({ host: new ManualHost() })
    const task = loop.createTask(body(gift))
    while (loop.tick().ready > 0);
    if (!task.done()) throw new Error('it is not done')
    const kept: unknown = task.result()
    return [loop, kept]
  }
}

function through<T>(make: () => T, put: (it: T, gift: Gift) => void, get: (it: T) => unknown): Giving {
  return gift => {
    const it = make()
    put(it, gift())
    get(it)
    return it
  }
}

const main = getCurrent()

const givings: Record<string, Giving> = {
  'a ring': through(() => new Ring<Gift>(), (ring, gift) => { ring.push(gift) }, ring => ring.shift()),
  'a Queue': through(() => new Queue<Gift>(), (queue, gift) => { queue.putNowait(gift) }, queue => queue.getNowait()),
  'a LifoQueue': through(() => new LifoQueue<Gift>(), (queue, gift) => { queue.putNowait(gift) }, queue => queue.getNowait()),
  'a PriorityQueue': through(() => new PriorityQueue<Gift>(0, { compare: () => 0 }), (queue, gift) => { queue.putNowait(gift) },
    queue => queue.getNowait()),
  'a channel': through(() => channel<Gift>(1), ([sender], gift) => { sender.sendNowait(gift) }, ([, receiver]) => receiver.receiveNowait()),
  'a ready queue, once its turn is over': through(() => new ReadyQueue(), (queue, gift) => {
    queue.push({ $run: () => gift, toString: () => '' })
  }, queue => {
    queue.shift()
    queue.taken = null
  }),
  'timers that fired': through(() => new Timers(), (timers, gift) => {
    timers.push({ $deadline: 1, $slot: -1, $run: () => gift, toString: () => '' })
  }, timers => timers.takeDue(2)),
  'timers that were cancelled': gift => {
    const loop = new EventLoop({ host: new VirtualHost() })
    const given = gift()
    const handle = loop.callLater(1, () => given)
    handle.cancel()
    return [loop, handle]
  },
  'a loop whose callback has run': gift => {
    const loop = new EventLoop({ host: new VirtualHost() })
    const given = gift()
    loop.callSoon(() => given)
    loop.tick()
    return loop
  },
  'a finished task that has waited for a future': inLoop(function* (gift) {
    let future = getRunningLoop().createFuture<Gift>()
    const task = createTask(function* (): Coroutine<void> { yield* future }())
    yield* pause()
    future.setResult(gift())
    yield* task
    future = getRunningLoop().createFuture() // the closure of the task knows it
    return task
  }),
  'a finished task that has waited in receive()': inLoop(function* (gift) {
    const [sender, receiver] = channel<Gift>(0)
    const task = createTask(function* (): Coroutine<void> { yield* receiver.receive() }())
    yield* pause()
    yield* sender.send(gift())
    yield* task
    return [task, sender, receiver]
  }),
  'a finished task that has waited in send()': inLoop(function* (gift) {
    const [sender, receiver] = channel<Gift>(0)
    const task = createTask(function* (): Coroutine<void> { yield* sender.send(gift()) }())
    yield* pause()
    yield* receiver.receive()
    yield* task
    return [task, sender, receiver]
  }),
  'a finished task whose wait in receive() was cancelled when the value had come': inLoop(function* (gift) {
    const [sender, receiver] = channel<Gift>(1)
    const task = createTask(function* (): Coroutine<void> { yield* receiver.receive() }())
    yield* pause()
    yield* sender.send(gift())
    task.cancel()
    yield* pause()
    yield* pause()
    receiver.receiveNowait()
    return [task, sender, receiver]
  }),
  'the registers, after a switch': gift => {
    const g = greenlet(function* (one: Gift): Coroutine<number> { return one.size + (yield* main.switch<Gift>(gift())).size })
    g.resume(gift())
    g.resume(gift())
    return g
  },
  'the registers, after a generator': gift => {
    const g = pyGenerator(function* (): Generator<unknown, Gift, Gift | undefined> {
      yield gift()
      yield* yieldFrom([gift()])
      return gift()
    })
    g.next()
    g.send(gift())
    g.next()
    return g
  },
  'the registers, after a delegate': gift => {
    const inner = coroutine(function* (): Generator<undefined, Gift> { return gift() })
    runMain(function* (): Coroutine<void> { yield* inner() })
    return inner
  },
  'the registers, after an error': gift => {
    const failing = coroutine(function* (): Generator<undefined, void> { throw Object.assign(new Error('e'), { gift: gift() }) })
    const caught = () => {
      try {
        run(failing(), { host: new VirtualHost() })
      } catch {
        // It was only thrown.
      }
    }
    caught()
    return failing
  },
  'a suspend()': gift => {
    let wake: (value: Gift) => void = () => undefined
    const g = greenlet(function* (): Coroutine<void> { yield* suspend<Gift>(resume => { wake = resume }) })
    g.resume()
    wake(gift())
    return g
  },
  'a future that a task waited for, while the task goes on': inLoop(function* (gift) {
    yield* createTask(function* (): Coroutine<Gift> { return gift() }())
    yield* pause()
  }),
  'a sleep with a result': inLoop(function* (gift) { yield* sleep(0, gift()) }),
  'a Queue that somebody waited at': inLoop(function* (gift) {
    const queue = new Queue<Gift>(1)
    const getter = createTask(function* (): Coroutine<void> { for (let i = 0; i < 3; i++) yield* queue.get() }())
    for (let i = 0; i < 3; i++) yield* queue.put(gift())
    yield* getter
    return queue
  }),
  'a channel that somebody waited at': inLoop(function* (gift) {
    const [sender, receiver] = channel<Gift>(0)
    const getter = createTask(function* (): Coroutine<void> { for (let i = 0; i < 3; i++) yield* receiver.receive() }())
    for (let i = 0; i < 3; i++) yield* sender.send(gift())
    yield* getter
    return [sender, receiver]
  }),
  'a channel whose value was given back': inLoop(function* (gift) {
    const [sender, receiver] = channel<Gift>(0)
    const getter = createTask(receiver.receive())
    yield* pause()
    sender.sendNowait(gift())
    getter.cancel()
    yield* pause()
    yield* receiver.receive()
    return [sender, receiver]
  }),
  'a parking lot': inLoop(function* (gift) {
    const lot = new ParkingLot()
    const parked = function* (one: Gift): Coroutine<number> {
      yield* lot.park()
      return one.size
    }
    for (const cancels of [false, true]) {
      const task = createTask(parked(gift()))
      yield* pause()
      if (cancels) task.cancel()
      lot.unpark()
      yield* pause()
      yield* pause()
    }
    return lot
  }),
  'an event and a semaphore': inLoop(function* (gift) {
    const [event, semaphore] = [new Event(), new Semaphore(0)]
    const waits = function* (one: Gift): Coroutine<number> {
      yield* event.wait()
      yield* semaphore.acquire()
      return one.size
    }
    const task = createTask(waits(gift()))
    yield* pause()
    event.set()
    semaphore.release()
    const size = yield* task
    return [event, semaphore, size]
  }),
  'an asynchronous generator': inLoop(function* (gift) {
    const items = asyncGenerator(function* () {
      yield* emit(gift())
      yield* emit(null)
    })()
    yield* items.asend()
    yield* items.asend()
    return items
  }),
  'a future, once its callback is taken back': gift => {
    const loop = new EventLoop({ host: new VirtualHost() })
    const futures = [1, 9].map(count => {
      const future = new Future({ loop })
      for (let i = 0; i < count; i++) {
        const given = gift()
        const callback = (): Gift => given
        future.addDoneCallback(callback)
        if (future.removeDoneCallback(callback) !== 1) throw new Error('it was not there')
      }
      return future
    })
    return futures
  },
}

describe('what was given away is kept by nobody', () => {
  for (const [name, giving] of Object.entries(givings)) it(name, done => {
    const gifts: { deref(): object | undefined }[] = []
    const kept = giving(() => {
      const gift = new Gift()
      gifts.push(new Weak(gift))
      return gift
    })
    const look = (jobs: number): void => {
      collectGarbage()
      const alive = gifts.filter(gift => gift.deref() !== undefined)
      if (kept !== undefined && gifts.length > 0 && alive.length === 0) done()
      else if (jobs === 1) done(`${alive.length} of ${gifts.length} are alive`)
      else setImmediate(look, jobs - 1)
    }
    // JavaScript keeps what a new WeakRef points to until the job is over, and a compiler at work in another thread what it has seen.
    setImmediate(look, 50)
  })
})
