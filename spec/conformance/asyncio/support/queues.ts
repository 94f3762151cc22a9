/** What programs do with the items of a queue; the twin of `queues.py`. */
import type { Queue } from '../../../../lib/index.ts'

/** The queue, with these in it. */
export function filled<Q extends Queue>(queue: Q, items: Iterable<unknown>): Q {
  for (const item of items) queue.putNowait(item)
  return queue
}

/** All that is in it. */
export function drained<T>(queue: Queue<T>): T[] {
  return Array.from({ length: queue.qsize() }, () => queue.getNowait())
}

/** How many are in it, and whether it is empty or full. */
export function sizes(queue: Queue): [number, boolean, boolean] {
  return [queue.qsize(), queue.empty(), queue.full()]
}
