import { ArgumentError } from './errors.ts'

/** A class of errors, as `throw(ErrorClass)` takes it in Python. */
export type ErrorClass = new (message?: string) => Error

export function isErrorClass(value: unknown): value is ErrorClass {
  return typeof value === 'function' && (value === Error || value.prototype instanceof Error)
}

/** True for errors of other realms too, which are not `instanceof Error`. */
export function isError(value: unknown): value is Error {
  return value instanceof Error || Object.prototype.toString.call(value) === '[object Error]'
}

/**
 * What `throw(thrown, value)` throws: a class stands for a new instance of it, made with the value if there is one, or
 * for the value itself if that is an instance; anything else stands for itself.
 * @throws TypeError for a value that comes with an instance.
 */
export function instantiate(thrown: unknown, value?: unknown): unknown {
  if (isErrorClass(thrown)) return value instanceof thrown ? value : new thrown(...(value === undefined ? [] : [value as string]))
  if (value === undefined) return thrown
  throw new ArgumentError('instance exception may not have a separate value', 'NOT_AN_ERROR_CLASS')
}
