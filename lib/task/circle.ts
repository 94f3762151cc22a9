import type { Future } from './future.ts'

/**
 * Tasks may wait for each other in a circle, perhaps through a group or a `gather()`. A request to end goes from each to what it waits for,
 * and would come back without an end. So who is asked is marked meanwhile, and the request stops at the mark. Then the last task that has
 * passed it on ends its own wait.
 */
let isClosed = false

/** A request to end has come back to a task with a mark. */
export function closeCircle(): void { isClosed = true }

/** Has a request come back since the last time this was asked? */
export function takeClosedCircle(): boolean {
  const wasClosed = isClosed
  isClosed = false
  return wasClosed
}

/** Call `cancel()`, which cancels what a task waits for. A request that comes back to the task stops there. */
export function cancelFor<T>(waiter: Future | null, cancel: () => T): T {
  if (waiter === null || waiter.$isCancelling) return cancel()
  waiter.$markCancelling(true)
  try {
    return cancel()
  } finally {
    waiter.$markCancelling(false)
  }
}
