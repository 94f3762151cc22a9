import { isInstance } from './throwable.ts'
import { BaseException, CodedError, type ErrorDetails, RuntimeError, hide, nameOf } from './errors.ts'

/**
 * Thrown where a cancelled task waits (Python's `CancelledError`). Let it pass, or call `uncancel()`. Its `message` is the
 * one given to `cancel(message)`.
 */
export class CancelledError extends BaseException {
  /**
   * Who has cancelled: a `CancelScope`, a `TaskGroup`, a `Timeout` or an `Owner`; in debug mode also the task that called `cancel()`. It is
   * missing when that is not known, because finding it out takes time, and nobody reads most of these errors.
   */
  declare readonly by?: { toString(): string }

  /** The message, and who has cancelled if that is known. */
  override get stack(): string { return this.by === undefined ? super.stack : `${super.stack}\n    cancelled by ${this.by.toString()}` }

  override set stack(stack: string) { super.stack = stack }

  constructor(message = '', details: ErrorDetails = {}) { super(message, 'CANCELLED', details) }
  /** @internal */
  override get $pythonName(): string { return nameOf(this, CancelledError, 'CancelledError') }
}

/** Python's `KeyboardInterrupt`: somebody wants to stop the program. It leaves the loop at once, and so do its subclasses. */
export class KeyboardInterrupt extends BaseException {
  constructor(message = '', details: ErrorDetails = {}) { super(message, 'KEYBOARD_INTERRUPT', details) }
  /** @internal */
  override get $pythonName(): string { return nameOf(this, KeyboardInterrupt, 'KeyboardInterrupt') }
}

/** Python's `InvalidStateError`: the future has no result yet, or it has one already. */
export class InvalidStateError extends CodedError {
  constructor(message = '', details: ErrorDetails = {}) { super(message, 'INVALID_STATE', details) }
  /** @internal */
  override get $pythonName(): string { return nameOf(this, InvalidStateError, 'InvalidStateError') }
}

/** Python's `TimeoutError`: something took too long. */
export class TimeoutError extends CodedError {
  constructor(message = '', details: ErrorDetails = {}) { super(message, 'TIMED_OUT', details) }
  /** @internal */
  override get $pythonName(): string { return nameOf(this, TimeoutError, 'TimeoutError') }
}

/** One task that is not done, in a report. */
export interface BlockedTask {
  /** The task, or what else waits. */
  readonly task: object
  /** The name of the task. */
  readonly name: string
  /** What the task waits for, in words. It is `null` when the task runs, or is ready to run. */
  readonly waitsFor: string | null
  /** The names of the frames in which the task waits, outermost first. */
  readonly frames: readonly string[]
}

/**
 * Nothing is ready, no timer is set, and nothing outside can wake the loop. Every task that waits would wait for ever. The
 * message is a report: it names each task, what it waits for, and where.
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

/** An owner was closed, and some of its scripts did not end in the turns that they had for it. They were ended without their frames. */
export class OwnerCloseError extends RuntimeError {
  /** @param tasks the names of the scripts that had not ended. */
  constructor(readonly tasks: readonly string[]) {
    super(`${tasks.join(', ')} did not end when the owner was closed: what waits in a finally has to come to an end`, { code: 'NOT_CLOSED' })
  }
  /** @internal */
  override get $pythonName(): string { return nameOf(this, OwnerCloseError, 'OwnerCloseError') }
}

/** A replay does something else than the recorded program. */
export class DivergenceError extends RuntimeError {
  /**
   * @param index which event of the recording is the first that differs, from 0.
   * @param expected what was recorded, in words.
   * @param actual what happened instead, in words.
   */
  constructor(readonly index: number, readonly expected: string, readonly actual: string) {
    super(`the replay differs from the recording at event ${index}: ${expected} was recorded, and now ${actual}`, { code: 'DIVERGED' })
  }
  /** @internal */
  override get $pythonName(): string { return nameOf(this, DivergenceError, 'DivergenceError') }
}

/** Is it the error of a cancellation? `catch (error) { if (isCancelled(error)) throw error; ... }` */
export function isCancelled(error: unknown): error is CancelledError { return isInstance(error, CancelledError) }

/** Is it an error that every task and every loop lets pass at once? */
export function isFatal(error: unknown): error is KeyboardInterrupt { return isInstance(error, KeyboardInterrupt) }
