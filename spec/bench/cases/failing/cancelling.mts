/** Tasks that are parked somewhere, and are cancelled and joined, one after the other. */
import {
  type Coroutine, Future, Lock, Queue, VirtualHost, coroutine, createTask, isCancelled, run, sleep, yieldFrom,
} from 'yieldfrom'
import type { Stopwatch } from '../../harness/stopwatch.mts'

const HOUR = 3_600_000
export const DEPTH = 10

export type Order = 'first' | 'last'

/** Makes a place to park, and returns what each task runs to park there. */
export type Place = () => Coroutine<() => Coroutine<unknown>>

function* nap(): Coroutine<void> { yield* sleep(HOUR) }

function* delegating(depth: number): Coroutine<void> {
  if (depth > 0) yield* yieldFrom(delegating(depth - 1))
  else yield* nap()
}

const calling = coroutine(function* call(depth: number): Coroutine<void> {
  if (depth > 0) yield* calling(depth - 1)
  else yield* nap()
})

export const places: Readonly<Record<string, Place>> = {
  *'in sleep()'() { return nap },
  *'in a Lock'() {
    const lock = new Lock()
    yield* lock.acquire()
    return () => lock.acquire()
  },
  *'in Queue.get()'() {
    const queue = new Queue()
    return () => queue.get()
  },
  *'in a Future'() { return function* () { yield* new Future() } },
  *[`below ${String(DEPTH)} yieldFrom()`]() { return () => delegating(DEPTH) },
  *[`below ${String(DEPTH)} coroutine()`]() { return () => calling(DEPTH) },
}

function* cancelling(place: Place, count: number, order: Order, watch: Stopwatch): Coroutine<number> {
  const park = yield* place()
  const tasks = Array.from({ length: count }, () => createTask(park()))
  if (order === 'last') tasks.reverse()
  yield* sleep(0) // now they are parked
  let joined = 0
  watch.start()
  for (const task of tasks) {
    task.cancel()
    try {
      yield* task
    } catch (error) {
      if (isCancelled(error)) joined++
    }
  }
  watch.stop()
  return joined
}

/** @returns how many were cancelled and joined. */
export function cancelTasks(place: Place, count: number, order: Order, watch: Stopwatch): number {
  return run(cancelling(place, count, order, watch), { host: new VirtualHost() })
}

/** What one writes natively for a wait that can be cancelled. */
export function aborted({ signal }: AbortController): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => { reject(signal.reason as Error) }, { once: true })
  })
}

async function awaiting(controller: AbortController, depth: number): Promise<void> {
  if (depth > 0) await awaiting(controller, depth - 1)
  else await aborted(controller)
}

/** The same with an `AbortController` for each async function, which waits below so many awaits. */
export async function abortFunctions(depth: number, count: number, order: Order, watch: Stopwatch): Promise<number> {
  const all = Array.from({ length: count }, () => {
    const controller = new AbortController()
    return { controller, promise: awaiting(controller, depth) }
  })
  if (order === 'last') all.reverse()
  let joined = 0
  watch.start()
  for (const { controller, promise } of all) {
    controller.abort()
    try {
      await promise
    } catch (error) {
      if (error === controller.signal.reason) joined++
    }
  }
  watch.stop()
  return joined
}
