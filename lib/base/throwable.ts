/** A class of errors, as `throw(ErrorClass)` takes it in Python. */
export type ErrorClass = new (message?: string) => Error

export function isErrorClass(value: unknown): value is ErrorClass {
  return typeof value === 'function' && (value === Error || value.prototype instanceof Error)
}

/** True for errors of other realms too, which are not `instanceof Error`. */
export function isError(value: unknown): value is Error {
  return value instanceof Error || Object.prototype.toString.call(value) === '[object Error]'
}

/** What `throw(thrown)` throws: a class stands for a new instance of it; anything else for itself. */
export function instantiate(thrown: unknown): unknown {
  return isErrorClass(thrown) ? new thrown() : thrown
}
