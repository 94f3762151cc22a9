import { adviceFor } from '../base/advice.ts'
import { checkedCount } from '../base/checked.ts'
import { describe } from '../base/describe.ts'
import { ArgumentError, ValueError } from '../base/errors.ts'
import { isGeneratorHere } from '../generator/native-generator.ts'
import type { Awaitable, Coroutine, Yielded } from '../generator/types.ts'
import { yieldFrom } from '../generator/yield-from.ts'
import { Semaphore } from '../sync/semaphore.ts'
import { currentTask } from '../task/current-task.ts'
import { isAwaitable, notAwaitable } from '../task/ensure-future.ts'
import { Future } from '../task/future.ts'
import type { Task } from '../task/task.ts'

/** Something that can begin later: a function that gives an awaitable, or a coroutine that has not begun. */
export type Startable<T> = Awaitable<T> | (() => Awaitable<T>)

/** The type of its result. */
export type Started<S> = S extends () => infer A ? Yielded<A> : Yielded<S>

/** Check how many may run at a time. @throws TypeError when it is not a whole number; ValueError when it is less than one. */
export function checkedLimit(what: string, limit: unknown): number {
  const count = checkedCount(`the limit of ${what}`, limit)
  if (count >= 1) return count
  throw new ValueError(`the limit of ${what} is 1 or more, not ${count}: with less, nothing would ever begin`, { code: 'NO_ROOM' })
}

/** Get the awaitable. @throws TypeError when a function gave something else, such as a promise. */
export function begin<T>(what: string, startable: Startable<T>): Awaitable<T> {
  return typeof startable === 'function' ? checkedWork(startable(), 'a function of', what) : startable
}

/** Check what a function of the program returned. @throws TypeError when it cannot be awaited. */
export function checkedWork<A>(work: A, who: string, what: string): A {
  if (isGeneratorHere(work) || isAwaitable(work)) return work
  throw new ArgumentError(`${who} ${what} returned ${adviceFor(work, '…')}${typeof work === 'object' || work === undefined ? '' : '. Write function* () {...}'}`, 'NOT_AWAITABLE')
}

/**
 * Make coroutines of which only `limit` run at a time. A coroutine that is given twice runs once. A function that is given twice is
 * called twice.
 * @throws TypeError for a task, because it has begun, and for a value that cannot be awaited.
 */
export function limited<T>(what: string, startables: Iterable<Startable<T>>, limit: number): Coroutine<T>[] {
  const slots = new Semaphore(checkedLimit(what, limit))
  const made = new Map<Startable<T>, Coroutine<T>>()
  return Array.from(startables, startable => {
    refuseBegun(what, startable)
    const known = made.get(startable)
    if (known !== undefined && typeof startable !== 'function') return known
    const coroutine = inTurn(what, slots, startable)
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

function* inTurn<T>(what: string, slots: Semaphore, startable: Startable<T>): Coroutine<T> {
  yield* slots.acquire()
  try {
    return (yield* yieldFrom(begin(what, startable)))
  } finally {
    slots.release()
  }
}

/** Was the current task asked to end, by a request or by a scope around it? Then a `CancelledError` in it is meant for itself. */
export function isBeingCancelled(): boolean {
  const task = currentTask() as Task
  return task.cancelling() > 0 || task.$scope?.$cancels === true
}
