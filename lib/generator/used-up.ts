import { alreadyAwaited } from '../base/reused.ts'

/** A task, seen from below. */
export interface Runs {
  readonly $ended: boolean
}

/** The key of the note on a generator object: which task it was given to last. */
const GIVEN = Symbol('yieldfrom: given to')

interface Noted {
  [GIVEN]?: Runs
}

/**
 * A plain generator object does not tell that it is finished: run again, it gives `undefined` at once. So each one that a task runs gets
 * a note. A coroutine object, made by `coroutine()`, knows it by itself. An assignment is the fastest note: to define a property that
 * nobody lists, or to keep a WeakSet, takes ten times as long.
 * @param task that it is given to now.
 * @returns whether another task has run it to its end.
 */
export function giveTo(task: Runs, generator: object): boolean {
  const isUsedUp = ranToItsEnd(generator)
  try {
    (generator as Noted)[GIVEN] = task
  } catch { // it is frozen, and cannot be noted
  }
  return isUsedUp
}

/** Has a task run this generator to its end? */
export function ranToItsEnd(generator: object): boolean { return (generator as Noted)[GIVEN]?.$ended === true }

/** The body of a task that was made of such a generator. */
export function* usedUp(): Generator<never, never> { throw alreadyAwaited() }
