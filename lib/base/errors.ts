/**
 * The error classes of generators and greenlets. The file `task-errors.ts` has those of tasks. This file imports nothing.
 *
 * Each class carries a `code`, so that a program can tell two slips apart without reading the sentence, and a
 * message whose last clause says what to write instead.
 */

/** What an error may be made with, besides its message. */
export interface ErrorDetails {
  /** Another code than that of the class. */
  readonly code?: string
  /** The error that led to this one (Python's `raise … from`). */
  readonly cause?: unknown
}

/** The base of all classes below. It has a stable `code`, and the `cause` that errors have since ES2022. */
export abstract class CodedError extends Error {
  /** A stable name for what went wrong, such as `LOOP_CLOSED`. It does not change with the words. */
  readonly code: string
  /** The error that led to this one, if there is one (Python's `__cause__`). */
  declare readonly cause?: unknown

  constructor(message: string, code: string, details: ErrorDetails) {
    super(message)
    this.code = details.code ?? code
    if ('cause' in details) hide(this, 'cause', details.cause)
  }

  /** Python's name for the class. A subclass has its own name, unless the program sets another one. */
  override get name(): string { return this.$pythonName }

  override set name(name: string) { hide(this, 'name', name) }

  /** @internal */
  abstract get $pythonName(): string
}

/** Give an error a property that does not show when the error is printed. */
export function hide(error: Error, name: string, value: unknown): void {
  Object.defineProperty(error, name, { value, configurable: true, enumerable: false, writable: true })
}

/** The name of an error's class, which is right in minified code, too. A subclass of a program has its own name. */
export function nameOf(error: Error, known: unknown, name: string): string {
  return error.constructor === known ? name : error.constructor.name
}

/**
 * Python's `BaseException`: errors that are meant to *leave*. JavaScript's `catch` takes everything, so a handler
 * that means "anything that went wrong" should begin with `if (error instanceof BaseException) throw error`.
 */
export abstract class BaseException extends CodedError {
  /** The stack that JavaScript captured. Where none was captured (`stackless.ts`), it is the name and the message. */
  override get stack(): string {
    const stack: unknown = Reflect.get(Error.prototype, 'stack', this)
    return typeof stack === 'string' ? stack : this.toString()
  }

  override set stack(stack: string) { hide(this, 'stack', stack) }
}

/** Thrown into a generator that is being closed (Y6, Y9). Let it pass, or return; do not yield. */
export class GeneratorExit extends BaseException {
  constructor(message = '', details: ErrorDetails = {}) { super(message, 'GENERATOR_EXIT', details) }
  /** @internal */
  override get $pythonName(): string { return nameOf(this, GeneratorExit, 'GeneratorExit') }
}

/** Ends a greenlet quietly. When it leaves `run`, the parent gets it as a value, and it is not thrown there (G10). */
export class GreenletExit extends BaseException {
  constructor(message = '', details: ErrorDetails = {}) { super(message, 'GREENLET_EXIT', details) }
  /** @internal */
  override get $pythonName(): string { return nameOf(this, GreenletExit, 'GreenletExit') }
}

/**
 * An iterator in Python's shape throws this to say that it is finished. Its `value` becomes the value of
 * `yield* yieldFrom(iterator)` (Y7). A generator uses `return` for this: a `StopIteration` that escapes from a generator's
 * body is a slip, and becomes a `RuntimeError` (Y8).
 */
export class StopIteration extends CodedError {
  /** What the iterator returns: the value of `yield* yieldFrom(iterator)`. */
  declare readonly value: unknown
  constructor(value?: unknown) {
    super(typeof value === 'string' || typeof value === 'number' ? String(value) : '', 'STOP_ITERATION', {})
    hide(this, 'value', value)
  }
  /** @internal */
  override get $pythonName(): string { return nameOf(this, StopIteration, 'StopIteration') }
}

/** Python's `RuntimeError`: the operation is not allowed in the present state. */
export class RuntimeError extends CodedError {
  constructor(message = '', details: ErrorDetails = {}) { super(message, 'RUNTIME_ERROR', details) }
  /** @internal */
  override get $pythonName(): string { return nameOf(this, RuntimeError, 'RuntimeError') }
}

/** A coroutine yielded something that its driver does not understand; the message says what to write instead. */
export class BadYieldError extends RuntimeError {
  constructor(message = '', details: ErrorDetails = {}) { super(message, { code: 'BAD_YIELD', ...details }) }
  /** @internal */
  override get $pythonName(): string { return nameOf(this, BadYieldError, 'RuntimeError') }
}

/** Python's `ValueError`: the argument has the right type and a wrong value. */
export class ValueError extends CodedError {
  constructor(message = '', details: ErrorDetails = {}) { super(message, 'VALUE_ERROR', details) }
  /** @internal */
  override get $pythonName(): string { return nameOf(this, ValueError, 'ValueError') }
}

/** Python's `ValueError: generator already executing` (Y10). The generator itself is not harmed. */
export class GeneratorBusyError extends ValueError {
  constructor(message = 'generator already executing', details: ErrorDetails = {}) {
    super(message, { code: 'GENERATOR_BUSY', ...details })
  }
  /** @internal */
  override get $pythonName(): string { return nameOf(this, GeneratorBusyError, 'ValueError') }
}

/** Python's `AttributeError`: the object has no such attribute, or does not have it in this state. */
export class AttributeError extends CodedError {
  constructor(message = '', details: ErrorDetails = {}) { super(message, 'ATTRIBUTE_ERROR', details) }
  /** @internal */
  override get $pythonName(): string { return nameOf(this, AttributeError, 'AttributeError') }
}

/** Python's `LookupError`: the context variable has no value here, and no default. */
export class LookupError extends CodedError {
  constructor(message = '', details: ErrorDetails = {}) { super(message, 'LOOKUP_ERROR', details) }
  /** @internal */
  override get $pythonName(): string { return nameOf(this, LookupError, 'LookupError') }
}

/** Python's `greenlet.error`: a switch cannot be made, or it was called and never yielded. */
export class GreenletError extends CodedError {
  constructor(message = '', details: ErrorDetails = {}) { super(message, 'GREENLET_ERROR', details) }
  /** @internal */
  override get $pythonName(): string { return nameOf(this, GreenletError, 'GreenletError') }
}

/** A `TypeError` with a code: the argument has the wrong type. */
export class ArgumentError extends TypeError {
  /** A stable name for what went wrong, such as `BAD_ARGUMENT`. It does not change with the words. */
  readonly code: string
  constructor(message: string, code = 'BAD_ARGUMENT') {
    super(message)
    this.code = code
  }
}
