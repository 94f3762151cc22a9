import { describe } from './describe.ts'
import { ArgumentError } from './errors.ts'

/**
 * A whole number, or `Infinity`.
 * @param what who takes it, in the words of the error: `Barrier()`.
 * @throws TypeError when it is no number, or not whole.
 */
export function checkedCount(what: string, value: unknown): number {
  const number = checkedNumber(what, value)
  if (Math.floor(number) === number) return number
  throw new ArgumentError(`${what} takes a whole number, not ${number}`, 'NOT_WHOLE')
}

/** A number. @throws TypeError when it is none: NaN is none, either. */
export function checkedNumber(what: string, value: unknown): number {
  if (typeof value === 'number' && !Number.isNaN(value)) return value
  throw new ArgumentError(`${what} takes a number, not ${describe(value)}`, 'NOT_A_NUMBER')
}
