import { checkOptions } from '../base/options.ts'
import { describe } from '../base/describe.ts'
import { ArgumentError } from '../base/errors.ts'
import { isFatal } from '../base/task-errors.ts'
import { made } from '../generator/made.ts'
import type { Coroutine } from '../generator/types.ts'
import { yieldFrom } from '../generator/yield-from.ts'
import { use } from '../scope/use.ts'
import { Semaphore } from '../sync/semaphore.ts'
import { isAwaitable, notAwaitable } from '../task/ensure-future.ts'
import { type Startable, type Started, begin, checkedLimit, isBeingCancelled } from './limit.ts'
import { isSeveral } from './several.ts'
import { TaskGroup } from './task-group.ts'

/** The options of `allSettled()`. */
export interface AllSettledOptions {
  /** How many may run at a time. The default is all. */
  readonly limit?: number
}

/** How one awaitable has ended. The words are those of JavaScript's `Promise.allSettled()`. */
export type Settled<T> =
  | { readonly status: 'fulfilled'; readonly value: T }
  | { readonly status: 'rejected'; readonly reason: unknown }

/** How the awaitables have ended, by position. */
export type AllSettled<S extends readonly unknown[]> = { -readonly [K in keyof S]: Settled<Started<S[K]>> }

/**
 * Wait until all awaitables have ended: `const [a, b] = yield* allSettled([f(), g()])`. An error of one does not touch the others.
 * When the waiter is cancelled, all of them are cancelled, and have ended when this ends.
 * @param startables awaitables, or functions that give one.
 * @param options.limit how many may run at a time.
 * @returns how each has ended, by position. One that was cancelled is rejected with its `CancelledError`.
 * @throws CancelledError when the waiter is cancelled; TypeError when `startables` is not an array of awaitables and functions.
 */
export function allSettled<const S extends readonly Startable<unknown>[]>(startables: S, options: AllSettledOptions = {}): Coroutine<AllSettled<S>> {
  return made($$allSettled(startables, options), 'allSettled([…])')
}

const ALL_SETTLED = { call: 'allSettled([f, g], { limit: 10 })', names: ['limit'] }

function* $$allSettled<S extends readonly Startable<unknown>[]>(startables: S, options: AllSettledOptions): Coroutine<AllSettled<S>> {
  if (!Array.isArray(startables)) {
    throw new ArgumentError(`allSettled() takes an array, not ${describe(startables)}. Write allSettled([${isSeveral(startables) ? '...items' : 'f(), g()'}])`, 'NOT_AN_ARRAY')
  }
  checkOptions(options, ALL_SETTLED)
  for (const startable of startables as readonly unknown[]) {
    if (typeof startable !== 'function' && !isAwaitable(startable)) throw notAwaitable(startable)
  }
  const slots = new Semaphore(checkedLimit('allSettled()', options.limit ?? Infinity))
  const settled: Settled<unknown>[] = []
  yield* use(new TaskGroup(), function* (group) {
    for (const [i, startable] of startables.entries()) {
      yield* slots.acquire()
      group.createTask(settle(startable, settled, i, slots))
    }
  })
  return settled as AllSettled<S>
}

/** The body of a task: it notes how one awaitable ends. It is no function inside of the loop: V8 makes an object more for each `function*`. */
function* settle(startable: Startable<unknown>, settled: Settled<unknown>[], i: number, slots: Semaphore): Coroutine<void> {
  try {
    settled[i] = { status: 'fulfilled', value: yield* yieldFrom(begin('allSettled()', startable)) }
  } catch (reason) {
    if (isFatal(reason) || isBeingCancelled()) throw reason
    settled[i] = { status: 'rejected', reason }
  }
  slots.release()
}
