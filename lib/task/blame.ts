import { stackless } from '../base/stackless.ts'
import { CancelledError } from '../base/task-errors.ts'

/**
 * Who is cancelling just now: a scope, a group, a time limit, or in debug mode the task that calls `cancel()`. What is cancelled
 * meanwhile says so. As a rule it is `null`, and nobody pays for it.
 */
export const blame: { by: object | null } = { by: null }

/** Cancel in the name of somebody; `null` for nobody that is known. */
export function inTheNameOf<T>(by: object | null, cancel: () => T): T {
  const outer = blame.by
  blame.by = by
  try {
    return cancel()
  } finally {
    blame.by = outer
  }
}

/** The error of a cancellation. It tells who cancelled. Only in debug mode has it a stack: to find that out takes long. */
export function newCancelledError(message: string | undefined, debug: boolean): CancelledError {
  const error = debug ? new CancelledError(message) : stackless(CancelledError, 'CANCELLED', message)
  if (blame.by !== null) (error as { by?: object }).by = blame.by
  return error
}
