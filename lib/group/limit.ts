import { checkedCount } from '../base/checked.ts'
import { describe } from '../base/describe.ts'
import { ArgumentError, ValueError } from '../base/errors.ts'
import type { Awaitable, Coroutine, Yielded } from '../generator/types.ts'
import { yieldFrom } from '../generator/yield-from.ts'
import { Semaphore } from '../sync/semaphore.ts'
import { currentTask } from '../task/create-task.ts'
import { isAwaitable, notAwaitable } from '../task/ensure-future.ts'
import { Future } from '../task/future.ts'
import type { Task } from '../task/task.ts'

/** What can begin later: a function that gives an awaitable, or a coroutine that has not begun. */
export type Startable<T> = Awaitable<T> | (() => Awaitable<T>)

/** What comes of it. */
export type Started<S> = S extends () => infer A ? Yielded<A> : Yielded<S>

/** How many may go on at a time. @throws TypeError, ValueError when it is no whole number, or less than one. */
export function checkedLimit(what: string, limit: unknown): number {
  const count = checkedCount(`the limit of ${what}`, limit)
  if (count >= 1) return count
  throw new ValueError(`the limit of ${what} is 1 or more, not ${count}: with less, nothing would ever begin`, { code: 'NO_ROOM' })
}

/** Begin it. */
export function begin<T>(startable: Startable<T>): Awaitable<T> {
  return typeof startable === 'function' ? startable() : startable
}

/**
 * Coroutines that do the same, but at most so many at a time. What is given twice is one coroutine; a function is called twice.
 * @throws TypeError for a task, which has begun, and for what cannot be waited for.
 */
export function limited<T>(what: string, startables: Iterable<Startable<T>>, limit: number): Coroutine<T>[] {
  const slots = new Semaphore(checkedLimit(what, limit))
  const made = new Map<Startable<T>, Coroutine<T>>()
  return Array.from(startables, startable => {
    refuseBegun(what, startable)
    const known = made.get(startable)
    if (known !== undefined && typeof startable !== 'function') return known
    const coroutine = inTurn(slots, startable)
    made.set(startable, coroutine)
    return coroutine
  })
}

function refuseBegun(what: string, startable: unknown): void {
  if (startable instanceof Future) {
    throw new ArgumentError(`${what} with a limit takes functions, or coroutines that have not begun. ${describe(startable)} goes on ` +
      'already. Write () => f() in the place of createTask(f())', 'HAS_BEGUN')
  }
  if (typeof startable !== 'function' && !isAwaitable(startable)) throw notAwaitable(startable)
}

function* inTurn<T>(slots: Semaphore, startable: Startable<T>): Coroutine<T> {
  yield* slots.acquire()
  try {
    return (yield* yieldFrom(begin(startable)))
  } finally {
    slots.release()
  }
}

/** Is the current task to end, by a request or by a scope around it? Then a `CancelledError` in it is its own. */
export function isBeingCancelled(): boolean {
  const task = currentTask() as Task
  return task.cancelling() > 0 || task.$scope?.$cancels === true
}
