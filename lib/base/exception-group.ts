import { describe, words } from './describe.ts'
import { ArgumentError, CodedError, ValueError, hide, nameOf } from './errors.ts'
import { isErrorClass } from './throwable.ts'

/** A class of errors. Its constructor may take any arguments. */
type AnyErrorClass = abstract new (...args: never[]) => Error

/** Says which errors of a group match: the class they are of, several such classes, or a function that returns true for them. */
export type ErrorCondition = AnyErrorClass | readonly AnyErrorClass[] | ((error: unknown) => boolean)

/** An error that stands for several errors (Python's `ExceptionGroup`, PEP 654). Each of them may be a group itself. */
export class ExceptionGroup extends CodedError {
  /** The errors that it stands for, in the order in which they happened (Python's `exceptions`). */
  declare readonly errors: readonly unknown[]

  /**
   * @param message what happened, in words.
   * @param errors the errors, at least one. The group keeps a copy of the array.
   * @throws TypeError when `errors` is not an array; ValueError when it is empty.
   */
  constructor(message: string, errors: readonly unknown[]) {
    super(words(message), 'EXCEPTION_GROUP', {})
    if (!Array.isArray(errors)) {
      throw new ArgumentError(`ExceptionGroup() takes a message and an array of errors, not ${describe(errors)}`, 'NOT_AN_ARRAY')
    }
    if (errors.length === 0) throw new ValueError('an ExceptionGroup has at least one error', { code: 'NO_ERRORS' })
    hide(this, 'errors', Object.freeze(errors.slice()))
  }

  /** Python's name. It is `errors` here, as in JavaScript's AggregateError. @internal */
  get exceptions(): never { throw new ArgumentError('an ExceptionGroup has its errors in group.errors', 'NOT_AN_ATTRIBUTE') }

  /** @internal */
  override get $pythonName(): string { return nameOf(this, ExceptionGroup, 'ExceptionGroup') }

  /** @returns a group of the same kind with other errors. A subclass that has fields of its own overrides this. */
  derive(errors: readonly unknown[]): ExceptionGroup { return new ExceptionGroup(this.message, errors) }

  /**
   * @returns a group of the errors that match, nested as in this group. It is this group itself when all match, and `null`
   * when none does.
   * @throws TypeError when the condition is not a class, an array of classes or a function.
   */
  subgroup(condition: ErrorCondition): ExceptionGroup | null { return this.split(condition)[0] }

  /** @returns two groups: the errors that match, and the rest. Each is `null` when it would be empty. @throws as `subgroup()`. */
  split(condition: ErrorCondition): [matching: ExceptionGroup | null, rest: ExceptionGroup | null] {
    const [matching, rest] = splitBy(predicate(condition), this)
    return [matching as ExceptionGroup | null, rest as ExceptionGroup | null]
  }

  override toString(): string {
    const count = this.errors.length
    return `${this.name}: ${this.message} (${count} sub-exception${count === 1 ? '' : 's'})`
  }

  /** @returns a group of some of the errors that keeps the `cause` of this group; `null` when there are none. */
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

/** @returns the part of an error that matches, and the part that does not. A part that is empty is `null`. */
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
