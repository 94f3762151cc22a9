import { type CodedError, hide } from './errors.ts'

/**
 * Make an error without JavaScript's stack, and without calling its constructor. Capturing the stack takes seven eighths of
 * the time that an error takes to make, and nobody usually reads the error that ends a coroutine. The `stack` of such an
 * error is its name and message.
 */
export function stackless<E extends CodedError>(errorClass: new (message?: string) => E, code: string, message = ''): E {
  const error = Object.create(errorClass.prototype as object) as { -readonly [K in keyof E]: E[K] }
  try {
    error.message = message
  } catch { // somebody froze `Error.prototype`, which has a message, too: then nothing can be written over it
    hide(error as E, 'message', message)
  }
  error.code = code
  return error
}
