import { words } from '../base/describe.ts'
import { stackless } from '../base/stackless.ts'
import { CancelledError } from '../base/task-errors.ts'

/**
 * Who is cancelling now: a scope, a group, a time limit or an owner. In debug mode, it can also be the task that calls `cancel()`. Each error
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
export function newCancelledError(message: string | undefined, debug: boolean, by = blame.by): CancelledError {
  const text = message === undefined || (message as unknown) === null ? undefined : words(message) // plain JavaScript may give anything
  const error = debug ? new CancelledError(text) : stackless(CancelledError, 'CANCELLED', text)
  if (by === null) return error
  ;(error as { by?: object }).by = by
  if (debug) sayInStack(error, by)
  return error
}

/** In debug mode, JavaScript has captured a stack. In V8 it hides the one of the class, which says who cancelled. */
function sayInStack(error: CancelledError, by: object): void {
  error.stack = error.stack.replace('\n    at ', first => `\n    cancelled by ${words(by)}${first}`)
}
