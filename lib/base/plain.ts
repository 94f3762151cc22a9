import { describe } from './describe.ts'
import { ArgumentError } from './errors.ts'

/** A value that JSON can hold, and that is the same when it is read again. */
export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain }

/** Copy a value, so that nobody can change it. @throws TypeError when JSON cannot hold it. */
export function plainCopy(what: string, value: unknown): Plain {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number' && Math.abs(value) < Infinity) return value + 0 // JSON writes -0 as 0, so it is 0 here already
  if (Array.isArray(value)) return value.map(item => plainCopy(what, item))
  if (typeof value === 'object' && isPlainObject(value)) {
    const copy: Record<string, Plain> = {}
    for (const [key, item] of Object.entries(value)) if (item !== undefined) copy[key] = plainCopy(what, item)
    return copy
  }
  throw new ArgumentError(`${what} takes what can be written down as JSON, not ${describe(value)}`, 'NOT_PLAIN')
}

/** Is it an object without a class, such as `{}`? It may come from another realm. */
function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}
