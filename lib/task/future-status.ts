/** Pending, and its `cancel()` is under way. To come to it again is to go round in a circle. */
export const CANCELLING = -1
export const PENDING = 0
// It is done from here on.
export const FINISHED = 1
export const FAILED = 2
export const CANCELLED = 3

/** Where a future is in its life, as it notes it itself. */
export type FutureStatus = typeof CANCELLING | typeof PENDING | typeof FINISHED | typeof FAILED | typeof CANCELLED

/** Where a future is in its life. */
export type FutureState = 'pending' | 'running' | 'done' | 'cancelled'

export function stateOf(status: FutureStatus): FutureState {
  if (status <= PENDING) return 'pending'
  return status === CANCELLED ? 'cancelled' : 'done'
}
