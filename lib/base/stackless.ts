import type { CodedError } from './errors.ts'

/**
 * Make an error without JavaScript's stack, and without its constructor. To capture a stack takes seven eighths of the time to
 * make an error; and an error that is thrown to end a coroutine is read by nobody, as a rule. Its `stack` is its message alone.
 */
export function stackless<E extends CodedError>(errorClass: new (message?: string) => E, code: string, message = ''): E {
  const error = Object.create(errorClass.prototype as object) as { -readonly [K in keyof E]: E[K] }
  error.message = message
  error.code = code
  return error
}
