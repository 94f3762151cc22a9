import { checkOptions } from '../base/options.ts'
import { describe } from '../base/describe.ts'
import { ArgumentError } from '../base/errors.ts'
import { made } from '../generator/made.ts'
import type { Coroutine } from '../generator/types.ts'
import { use } from '../scope/use.ts'
import { Semaphore } from '../sync/semaphore.ts'
import { checkedLimit } from './limit.ts'
import { TaskGroup } from './task-group.ts'
import { type Mapper, type Worker, mapperOf } from './worker.ts'

/** The options of `mapConcurrently()` and `mapStream()`. */
export interface MapOptions<T, E = never> {
  /** How many workers run at a time; `Infinity` for all. */
  readonly limit: number
  /** True, the default, for results in the order of the items. False for results in the order in which they come. */
  readonly ordered?: boolean
  /** Is called with the error of a worker. What it returns takes the place of the result. */
  readonly onError?: (error: unknown, item: T, index: number) => E
}

/** The names of these options. */
export const MAP_NAMES = ['limit', 'ordered', 'onError']

/**
 * Call a worker for each item, with at most `limit` workers at a time: `yield* mapConcurrently(urls, fetch, { limit: 10 })`. An
 * item is taken when a worker is free for it. So a generator may make the items as they are needed.
 * @param items anything that `for…of` accepts. For a stream, write `mapStream()`.
 * @param worker is called with an item and its index. Each call runs in a task of its own.
 * @returns the results.
 * @throws ExceptionGroup when a worker fails, or the items do. The other workers are cancelled first, and have ended.
 * CancelledError when the waiter is cancelled.
 */
export function mapConcurrently<T, R, E = never>(
  items: Iterable<T>, worker: Worker<T, R>, options: MapOptions<T, E>,
): Coroutine<(R | E)[]> {
  return made($$mapConcurrently(items, worker, options), 'mapConcurrently(…)')
}

const MAP_CONCURRENTLY = { call: 'mapConcurrently(items, worker, { limit: 10 })', names: MAP_NAMES }

function* $$mapConcurrently<T, R, E>(
  items: Iterable<T>, worker: Worker<T, R>, options: MapOptions<T, E>,
): Coroutine<(R | E)[]> {
  if (typeof (items as Partial<Iterable<T>> | null | undefined)?.[Symbol.iterator] !== 'function') {
    throw new ArgumentError(`mapConcurrently() takes items that for…of can go through, not ${describe(items)}` +
      (typeof (items as { iterate?: unknown } | null)?.iterate === 'function' ? '. Write mapStream(source, worker, { limit })' : ''), 'NOT_A_LIST')
  }
  checkOptions(options, MAP_CONCURRENTLY)
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
      if (state.failed) break // an eager worker may have failed already
    }
  })
  return results
}
