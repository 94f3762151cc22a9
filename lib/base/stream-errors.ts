import { CodedError, ValueError, nameOf } from './errors.ts'

/** Python's `IncompleteReadError`: the stream ended before it had given as much as was asked for. */
export class IncompleteReadError extends CodedError {
  /**
   * @param partial what had come.
   * @param expected how many bytes were asked for; `null` if what was looked for has no fixed length.
   */
  constructor(readonly partial: Uint8Array, readonly expected: number | null) {
    super(`${partial.length} bytes read on a total of ${expected ?? 'undefined'} expected bytes`, 'INCOMPLETE_READ', {})
  }

  /** @internal */
  override get $pythonName(): string { return nameOf(this, IncompleteReadError, 'IncompleteReadError') }
}

/** Python's `LimitOverrunError`: the separator did not come within the limit of the stream. */
export class LimitOverrunError extends CodedError {
  /** @param consumed how many bytes can be read that do not belong to the separator. */
  constructor(message: string, readonly consumed: number) { super(message, 'LIMIT_OVERRUN', {}) }

  /** @internal */
  override get $pythonName(): string { return nameOf(this, LimitOverrunError, 'LimitOverrunError') }
}

/** A line is longer than the limit of the stream. `readline()` throws this, and Python's throws a `ValueError`, too. */
export class LineTooLongError extends ValueError {
  constructor(message: string) { super(message, { code: 'LINE_TOO_LONG' }) }
  /** @internal */
  override get $pythonName(): string { return nameOf(this, LineTooLongError, 'ValueError') }
}
