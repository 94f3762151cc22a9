import { describe } from './describe.ts'
import { ArgumentError } from './errors.ts'

/**
 * Check that a value is a whole number, or `Infinity`.
 * @param what the function that takes it, as the error names it: `Barrier()`.
 * @returns the value.
 * @throws TypeError when it is not a number, or not whole.
 */
export function checkedCount(what: string, value: unknown): number {
  const number = checkedNumber(what, value)
  if (Math.floor(number) === number) return number
  throw new ArgumentError(`${what} takes a whole number, not ${number}`, 'NOT_WHOLE')
}

/** Check that a value is a function. @returns the value. @throws TypeError when it is not. */
export function checkedFunction<F>(what: string, value: F): F {
  if (typeof value === 'function') return value
  throw new ArgumentError(`${what} takes a function, not ${describe(value)}`, 'CALLBACK_NOT_CALLABLE')
}

/** Check that a value is a name. @returns the value. @throws TypeError when it is not a string. */
export function checkedName(what: string, value: unknown): string {
  if (typeof value === 'string') return value
  throw new ArgumentError(`${what} takes a name first, not ${describe(value)}`, 'NOT_A_NAME')
}

/** Check that a value is a text. @returns the value. @throws TypeError when it is not a string. */
export function checkedText(what: string, value: unknown): string {
  if (typeof value === 'string') return value
  throw new ArgumentError(`${what} takes a text, not ${describe(value)}`, 'NOT_A_TEXT')
}

/** Check that a value is a number. @returns the value. @throws TypeError when it is not a number, or NaN. */
export function checkedNumber(what: string, value: unknown): number {
  if (typeof value === 'number' && !Number.isNaN(value)) return value
  const kind = describe(value)
  const hint = kind === 'Object' ? '. Write the number alone, without a name' : '' // Python has names here: Queue(maxsize=3)
  throw new ArgumentError(`${what} takes a number, not ${kind}${hint}`, 'NOT_A_NUMBER')
}

/**
 * Check that a value has what is used of it.
 * @param kind what the function takes, in words: `a scene of Babylon`.
 * @param parts what it must have: `onDisposeObservable.add()`, and `cpu.limit`, which is not a function.
 * @returns the value.
 * @throws TypeError when one of these is missing.
 */
export function checkedParts<T>(what: string, kind: string, value: T, ...parts: readonly string[]): T {
  for (const part of parts) {
    let found: unknown = value
    for (const name of withoutCall(part).split('.')) found = (Object(found) as Record<string, unknown>)[name]
    if (part !== withoutCall(part) ? typeof found === 'function' : found !== undefined) continue
    throw new ArgumentError(`${what} takes ${kind}, which has ${part}, not ${describe(value)}`, 'PART_MISSING')
  }
  return value
}

function withoutCall(part: string): string { return part.endsWith('()') ? part.slice(0, -2) : part }
