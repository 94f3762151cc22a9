import { describe } from './describe.ts'
import { ArgumentError } from './errors.ts'

/** What can be written down as JSON, and read again as the same. */
export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain }

/** A copy that nobody changes. @throws TypeError for what JSON cannot hold. */
export function plainCopy(what: string, value: unknown): Plain {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number' && Math.abs(value) < Infinity) return value
  if (Array.isArray(value)) return value.map(item => plainCopy(what, item))
  if (typeof value === 'object' && isPlainObject(value)) {
    const copy: Record<string, Plain> = {}
    for (const [key, item] of Object.entries(value)) if (item !== undefined) copy[key] = plainCopy(what, item)
    return copy
  }
  throw new ArgumentError(`${what} takes what can be written down as JSON, not ${describe(value)}`, 'NOT_PLAIN')
}

/** Of any realm. */
function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}
