import { runsWhenAwaited } from '../task/ensure-future.ts'
import { Future } from '../task/future.ts'

/** Can one go through it, and get several? A future, a coroutine and a request such as `sleep()` are iterable, too, and so is text. */
export function isSeveral(given: unknown): given is Iterable<unknown> {
  if (typeof given !== 'object' || given === null || given instanceof Future || runsWhenAwaited(given)) return false
  return typeof (given as Partial<Iterable<unknown>>)[Symbol.iterator] === 'function'
}
