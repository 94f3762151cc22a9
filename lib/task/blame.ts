import { stackless } from '../base/stackless.ts'
import { CancelledError } from '../base/task-errors.ts'

/**
 * Who is cancelling now: a scope, a group or a time limit. In debug mode, it can also be the task that calls `cancel()`. Each error
 * of a cancellation that is made meanwhile names it. Most of the time the value is `null`, and then it costs nothing.
 */
export const blame: { by: object | null } = { by: null }

/** Call `cancel()`, and name `by` in the errors of what it cancels. `null` stands for somebody unknown. */
export function inTheNameOf<T>(by: object | null, cancel: () => T): T {
  const outer = blame.by
  blame.by = by
  try {
    return cancel()
  } finally {
    blame.by = outer
  }
}

/** Make the error of a cancellation. It names who cancelled. It has a stack in debug mode only, because making a stack is slow. */
export function newCancelledError(message: string | undefined, debug: boolean): CancelledError {
  message ??= undefined // plain JavaScript may give null
  const error = debug ? new CancelledError(message) : stackless(CancelledError, 'CANCELLED', message)
  if (blame.by !== null) (error as { by?: object }).by = blame.by
  return error
}
