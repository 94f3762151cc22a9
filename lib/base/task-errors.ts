import { BaseException, CodedError, type ErrorDetails, RuntimeError, hide, nameOf } from './errors.ts'

/** Thrown at the wait of a task that is cancelled; let it pass, or `uncancel()`. `message` is that of `cancel(message)`. */
export class CancelledError extends BaseException {
  constructor(message = '', details: ErrorDetails = {}) { super(message, 'CANCELLED', details) }
  /** @internal */
  override get $pythonName(): string { return nameOf(this, CancelledError, 'CancelledError') }
}

/** Somebody wants to stop the program: it and its subclasses leave the loop at once. */
export class KeyboardInterrupt extends BaseException {
  constructor(message = '', details: ErrorDetails = {}) { super(message, 'KEYBOARD_INTERRUPT', details) }
  /** @internal */
  override get $pythonName(): string { return nameOf(this, KeyboardInterrupt, 'KeyboardInterrupt') }
}

/** A future has no result yet, or has one already. */
export class InvalidStateError extends CodedError {
  constructor(message = '', details: ErrorDetails = {}) { super(message, 'INVALID_STATE', details) }
  /** @internal */
  override get $pythonName(): string { return nameOf(this, InvalidStateError, 'InvalidStateError') }
}

/** Python's `TimeoutError`: it took too long. */
export class TimeoutError extends CodedError {
  constructor(message = '', details: ErrorDetails = {}) { super(message, 'TIMED_OUT', details) }
  /** @internal */
  override get $pythonName(): string { return nameOf(this, TimeoutError, 'TimeoutError') }
}

/** One task that is not done, in a report. */
export interface BlockedTask {
  readonly task: object
  readonly name: string
  /** What it waits for, in words; `null` when it is ready to run, or runs. */
  readonly waitsFor: string | null
  /** The names of the frames it waits in, outermost first. */
  readonly frames: readonly string[]
}

/**
 * Nothing is ready, no timer is set and nothing outside can wake the loop: what waits now would wait for ever. The
 * message is the report that names every task, what it waits for, and where.
 */
export class DeadlockError extends RuntimeError {
  /** The tasks that wait, as `loop.report()` gives them. */
  declare readonly report: readonly BlockedTask[]

  constructor(message = '', report: readonly BlockedTask[] = []) {
    super(message, { code: 'DEADLOCK' })
    hide(this, 'report', report)
  }

  /** @internal */
  override get $pythonName(): string { return nameOf(this, DeadlockError, 'DeadlockError') }
}

/** Is it the error of a cancellation? `catch (error) { if (isCancelled(error)) throw error; ... }` */
export function isCancelled(error: unknown): error is CancelledError { return error instanceof CancelledError }

/** Errors that no loop and no task keeps to itself. */
export function isFatal(error: unknown): error is KeyboardInterrupt { return error instanceof KeyboardInterrupt }
