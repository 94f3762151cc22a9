import { describe } from './describe.ts'
import { ArgumentError, CodedError, ValueError, hide, nameOf } from './errors.ts'
import { isErrorClass } from './throwable.ts'

/** A class of errors, whatever its constructor takes. */
type AnyErrorClass = abstract new (...args: never[]) => Error

/** Which errors of a group: those of a class, of one of several classes, or for which a function says true. */
export type ErrorCondition = AnyErrorClass | readonly AnyErrorClass[] | ((error: unknown) => boolean)

/** Several errors at once (Python's `ExceptionGroup`, PEP 654). They may be groups again. */
export class ExceptionGroup extends CodedError {
  declare readonly errors: readonly unknown[]

  /** @throws ValueError when there is no error. */
  constructor(message: string, errors: readonly unknown[]) {
    super(message, 'EXCEPTION_GROUP', {})
    if (!Array.isArray(errors)) {
      throw new ArgumentError(`ExceptionGroup() takes a message and an array of errors, not ${describe(errors)}`, 'NOT_AN_ARRAY')
    }
    if (errors.length === 0) throw new ValueError('an ExceptionGroup has at least one error', { code: 'NO_ERRORS' })
    hide(this, 'errors', Object.freeze(errors.slice()))
  }

  /** @internal */
  override get $pythonName(): string { return nameOf(this, ExceptionGroup, 'ExceptionGroup') }

  /** A group of the same kind with other errors. A subclass with more to say overrides it. */
  derive(errors: readonly unknown[]): ExceptionGroup { return new ExceptionGroup(this.message, errors) }

  /** The errors that match, in groups as here; itself when all do, `null` when none does. */
  subgroup(condition: ErrorCondition): ExceptionGroup | null { return this.split(condition)[0] }

  /** The errors that match, and the rest. */
  split(condition: ErrorCondition): [matching: ExceptionGroup | null, rest: ExceptionGroup | null] {
    const [matching, rest] = splitBy(predicate(condition), this)
    return [matching as ExceptionGroup | null, rest as ExceptionGroup | null]
  }

  override toString(): string {
    const count = this.errors.length
    return `${this.name}: ${this.message} (${count} sub-exception${count === 1 ? '' : 's'})`
  }

  /** With what belongs to this group and not to its errors. */
  private $partOf(errors: readonly unknown[]): ExceptionGroup | null {
    if (errors.length === 0) return null
    const part = this.derive(errors)
    if ('cause' in this) hide(part, 'cause', this.cause)
    return part
  }

  /** @internal */
  $divide(matches: (error: unknown) => boolean): [unknown, unknown] {
    const matching: unknown[] = []
    const rest: unknown[] = []
    for (const error of this.errors) {
      const [a, b] = splitBy(matches, error)
      if (a !== null) matching.push(a)
      if (b !== null) rest.push(b)
    }
    return [this.$partOf(matching), this.$partOf(rest)]
  }
}

/** @returns the part of an error that matches, and the part that does not; `null` for nothing. */
function splitBy(matches: (error: unknown) => boolean, error: unknown): [unknown, unknown] {
  if (matches(error)) return [error, null]
  return error instanceof ExceptionGroup ? error.$divide(matches) : [null, error]
}

function predicate(condition: unknown): (error: unknown) => boolean {
  if (isErrorClass(condition)) return error => error instanceof condition
  if (Array.isArray(condition) && condition.every(isErrorClass)) {
    return error => condition.some(errorClass => error instanceof errorClass)
  }
  if (typeof condition === 'function') return condition as (error: unknown) => boolean
  throw new ArgumentError(`a class of errors, an array of them or a function is expected, not ${describe(condition)}`, 'NOT_A_CONDITION')
}
