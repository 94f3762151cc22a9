import { alreadyAwaited } from '../base/reused.ts'
import { isNativeGenerator } from '../generator/native-generator.ts'

/** A task, seen from below. */
interface Runs {
  readonly $ended: boolean
}

/** The key of the note on a generator object: which task it was given to. */
const GIVEN = Symbol('yieldfrom: given to')

/**
 * A plain generator object does not tell that it is finished: run again, it gives `undefined` at once. So those that `run()` runs get a note,
 * and in debug mode those of all tasks. A coroutine object, made by `coroutine()`, knows it by itself.
 * @param task that it is given to now.
 * @returns the error for one that was used up by another task before, or `null`.
 */
export function noteGiven(coroutine: object, task: Runs): Error | null {
  if (!isNativeGenerator(coroutine)) return null
  const before = (coroutine as { readonly [GIVEN]?: Runs })[GIVEN]
  if (before !== undefined && before !== task && before.$ended) return alreadyAwaited()
  Reflect.defineProperty(coroutine, GIVEN, { value: task, configurable: true })
  return null
}
