import { describe, describeError } from '../base/describe.ts'

/** The future is pending, and its `cancel()` is under way. A `cancel()` that comes to it again has gone round in a circle. */
export const CANCELLING = -1
export const PENDING = 0
// A status that is greater than PENDING means that the future is done.
export const FINISHED = 1
export const FAILED = 2
export const CANCELLED = 3

/** The state of a future, as the future stores it. */
export type FutureStatus = typeof CANCELLING | typeof PENDING | typeof FINISHED | typeof FAILED | typeof CANCELLED

/** The state of a future, in words. */
export type FutureState = 'pending' | 'running' | 'done' | 'cancelled'

/** The word for a status. Only a task knows when it is `'running'`. */
export function stateOf(status: FutureStatus): FutureState {
  if (status <= PENDING) return 'pending'
  return status === CANCELLED ? 'cancelled' : 'done'
}

/** The state of a future, as Python prints it. */
export function inWords(status: FutureStatus, outcome: unknown): string {
  switch (status) {
    case CANCELLING: case PENDING: return 'pending'
    case CANCELLED: return 'cancelled'
    case FAILED: return `finished exception=${describeError(outcome)}`
    case FINISHED: return `finished result=${describe(outcome)}`
  }
}
