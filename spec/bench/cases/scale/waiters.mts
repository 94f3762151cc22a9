/** Those that wait for the same thing. */
import {
  Barrier, CapacityLimiter, Condition, type Coroutine, Event, Future, Lock, ParkingLot, Semaphore, sleep, use,
} from 'yieldfrom'
import { type Primitive, SOME } from '../../harness/scale/primitive.mts'
import { inLoop, join, joinCancelled, parked, shuffled } from './in-loop.mts'

let gone = 0

function* then(wait: Coroutine<unknown>): Coroutine<void> {
  yield* wait
  gone++
}

function* get(future: Future): Coroutine<unknown> { return yield* future }

function* hold(lock: Lock): Coroutine<void> {
  yield* lock.acquire()
  gone++
  lock.release()
}

function* borrow(limiter: CapacityLimiter): Coroutine<void> {
  yield* limiter.acquire()
  gone++
  limiter.release()
}

/** The lock of a condition goes from one to the next. */
const notified = (notify: (condition: Condition, count: number) => void): Primitive['work'] =>
  inLoop(function* (count, watch) {
    gone = 0
    const condition = new Condition()
    const tasks = yield* parked(count, () => then(use(condition, () => condition.wait())))
    yield* condition.acquire()
    watch.start()
    notify(condition, count)
    condition.release()
    yield* join(tasks)
    watch.stop()
    return gone
  })

const cancelled = (arrange: <T>(waiters: T[]) => T[]): Primitive['work'] =>
  inLoop(function* (count, watch) {
    const lock = new Lock()
    yield* lock.acquire()
    const tasks = arrange(yield* parked(count, () => lock.acquire()))
    watch.start()
    for (const task of tasks) task.cancel()
    const ended = yield* joinCancelled(tasks)
    watch.stop()
    return ended
  })

export const waiters: readonly Primitive[] = [
  {
    name: 'Future: its waiters go on',
    work: inLoop(function* (count, watch) {
      gone = 0
      const future = new Future<void>()
      yield* parked(count, () => then(get(future)))
      watch.start()
      future.setResult()
      yield* sleep(0)
      watch.stop()
      return gone
    }),
  },
  {
    name: 'Event: its waiters go on',
    work: inLoop(function* (count, watch) {
      gone = 0
      const event = new Event()
      yield* parked(count, () => then(event.wait()))
      watch.start()
      event.set()
      yield* sleep(0)
      watch.stop()
      return gone
    }),
  },
  {
    name: 'Lock: it goes from waiter to waiter',
    work: inLoop(function* (count, watch) {
      gone = 0
      const lock = new Lock()
      yield* lock.acquire()
      const tasks = yield* parked(count, () => hold(lock))
      watch.start()
      lock.release()
      yield* join(tasks)
      watch.stop()
      return gone
    }),
  },
  { name: 'Lock: its waiters are cancelled, the first first', most: SOME, quick: false, work: cancelled(waiters => waiters) },
  { name: 'Lock: its waiters are cancelled, the last first', quick: false, work: cancelled(waiters => waiters.reverse()) },
  { name: 'Lock: its waiters are cancelled, at random', most: SOME, work: cancelled(shuffled) },
  {
    name: 'Semaphore: released for each waiter',
    work: inLoop(function* (count, watch) {
      gone = 0
      const semaphore = new Semaphore(0)
      yield* parked(count, () => then(semaphore.acquire()))
      watch.start()
      for (let i = 0; i < count; i++) semaphore.release()
      yield* sleep(0)
      watch.stop()
      return gone
    }),
  },
  {
    name: 'CapacityLimiter: a token goes from waiter to waiter',
    most: SOME,
    quick: false,
    work: inLoop(function* (count, watch) {
      gone = 0
      const limiter = new CapacityLimiter(1)
      yield* limiter.acquire()
      const tasks = yield* parked(count, () => borrow(limiter))
      watch.start()
      limiter.release()
      yield* join(tasks)
      watch.stop()
      return gone
    }),
  },
  { name: 'Condition: notifyAll()', most: SOME, quick: false, work: notified(condition => { condition.notifyAll() }) },
  {
    name: 'Condition: notify(1) for each waiter',
    work: notified((condition, count) => { for (let i = 0; i < count; i++) condition.notify(1) }),
  },
  {
    name: 'Barrier: the last party comes',
    objects: 10,
    work: inLoop(function* (count, watch) {
      gone = 1
      const barrier = new Barrier(count)
      const tasks = yield* parked(count - 1, () => then(barrier.wait()))
      watch.start()
      yield* barrier.wait()
      yield* join(tasks)
      watch.stop()
      return gone
    }),
  },
  {
    name: 'ParkingLot: moved to another, and let go on',
    most: SOME,
    quick: false,
    work: inLoop(function* (count, watch) {
      gone = 0
      const here = new ParkingLot()
      const there = new ParkingLot()
      yield* parked(count, () => then(here.park()))
      watch.start()
      for (let i = 0; i < count; i++) here.repark(there)
      for (let i = 0; i < count; i++) there.unpark()
      yield* sleep(0)
      watch.stop()
      return gone
    }),
  },
]
