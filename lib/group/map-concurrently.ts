import { describe } from '../base/describe.ts'
import { ArgumentError } from '../base/errors.ts'
import { made } from '../generator/made.ts'
import type { Coroutine } from '../generator/types.ts'
import { use } from '../scope/use.ts'
import { Semaphore } from '../sync/semaphore.ts'
import { checkedLimit } from './limit.ts'
import { TaskGroup } from './task-group.ts'
import { type Mapper, type Worker, mapperOf } from './worker.ts'

export interface MapOptions<T, E = never> {
  /** How many items are worked on at a time; `Infinity` for all. */
  readonly limit: number
  /** Results in the order of the items, which is the default; or else in the order in which they come. */
  readonly ordered?: boolean
  /** What a worker fails with is given to this function, and what it returns stands in the place of the result. */
  readonly onError?: (error: unknown, item: T, index: number) => E
}

/**
 * Work on many items, but on so many at most at a time: `yield* mapConcurrently(urls, fetch, { limit: 10 })`. An item is asked for
 * when there is somebody to work on it, so the items may be made by a generator as they are needed.
 * @param items as `for…of` takes them. For a stream there is `mapStream()`.
 * @param worker is called with an item and its index. Each runs in a task of its own.
 * @returns the results.
 * @throws ExceptionGroup when a worker fails, or the items do: the others are cancelled, and have ended. CancelledError when the
 * waiter is cancelled.
 */
export function mapConcurrently<T, R, E = never>(
  items: Iterable<T>, worker: Worker<T, R>, options: MapOptions<T, E>,
): Coroutine<(R | E)[]> {
  return made($mapConcurrently(items, worker, (options as MapOptions<T, E> | undefined) ?? ({} as MapOptions<T, E>)), 'mapConcurrently(…)')
}

function* $mapConcurrently<T, R, E>(
  items: Iterable<T>, worker: Worker<T, R>, options: MapOptions<T, E>,
): Coroutine<(R | E)[]> {
  if (typeof (items as Partial<Iterable<T>> | null | undefined)?.[Symbol.iterator] !== 'function') {
    throw new ArgumentError(`mapConcurrently() takes items that for…of can go through, not ${describe(items)}` +
      (typeof (items as { iterate?: unknown } | null)?.iterate === 'function' ? '. Write mapStream(source, worker, { limit })' : ''), 'NOT_A_LIST')
  }
  const work: Mapper<T, R | E> = mapperOf('mapConcurrently()', worker, options)
  const slots = new Semaphore(checkedLimit('mapConcurrently()', options.limit))
  const { ordered = true } = options
  const results: (R | E)[] = []
  yield* use(new TaskGroup(), function* (group) {
    const state = { failed: false }
    function* workOn(item: T, index: number): Coroutine<void> {
      try {
        const result = yield* work(item, index)
        if (ordered) results[index] = result
        else results.push(result)
      } catch (error) {
        state.failed = true
        throw error
      } finally {
        slots.release()
      }
    }
    let index = 0
    yield* slots.acquire()
    for (const item of items) {
      group.createTask(workOn(item, index++))
      yield* slots.acquire()
      if (state.failed) break // it may have begun, and failed, at once
    }
  })
  return results
}
