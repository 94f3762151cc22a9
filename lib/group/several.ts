import { isCoroutine } from '../generator/coroutine.ts'
import { Future } from '../task/future.ts'

/** Can one go through it, and get several? A future and a coroutine are iterable, too, and so is text. */
export function isSeveral(given: unknown): given is Iterable<unknown> {
  if (typeof given !== 'object' || given === null || given instanceof Future || isCoroutine(given)) return false
  return typeof (given as Partial<Iterable<unknown>>)[Symbol.iterator] === 'function'
}
