import { ArgumentError } from './errors.ts'

/** A class of errors that can be made with a message alone. `throw(ErrorClass)` takes one, as in Python. */
export type ErrorClass = new (message?: string) => Error

export function isErrorClass(value: unknown): value is ErrorClass {
  return typeof value === 'function' && (value === Error || value.prototype instanceof Error)
}

/**
 * `instanceof`, for what a program has thrown. A proxy may throw instead of an answer, or be revoked: then it is none of ours.
 */
export function isInstance<T>(value: unknown, kind: abstract new (...args: never[]) => T): value is T {
  try {
    return value instanceof kind
  } catch {
    return false
  }
}

/**
 * Is it an error? This is true for errors of other realms, too, which are not `instanceof Error`. It asks whatever was thrown, and
 * a proxy or a getter may throw instead of an answer: that is no error.
 */
export function isError(value: unknown): value is Error {
  try {
    return value instanceof Error || Object.prototype.toString.call(value) === '[object Error]'
  } catch {
    return false
  }
}

/**
 * What `throw(thrown, value)` throws. A class stands for a new instance, which is made with the value if there is one. If
 * the value is an instance of the class already, it is thrown itself. Anything else than a class is thrown as it is.
 * @throws TypeError when `thrown` is not a class and there is a value, too.
 */
export function instantiate(thrown: unknown, value?: unknown): unknown {
  if (isErrorClass(thrown)) return value instanceof thrown ? value : new thrown(...(value === undefined ? [] : [value as string]))
  if (value === undefined) return thrown
  throw new ArgumentError('instance exception may not have a separate value', 'NOT_AN_ERROR_CLASS')
}
