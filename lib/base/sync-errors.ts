import { CodedError, type ErrorDetails, RuntimeError, nameOf } from './errors.ts'

/** Thrown by `getNowait()` when the queue is empty. */
export class QueueEmpty extends CodedError {
  constructor(message = '', details: ErrorDetails = {}) { super(message, 'QUEUE_EMPTY', details) }
  /** @internal */
  override get $pythonName(): string { return nameOf(this, QueueEmpty, 'QueueEmpty') }
}

/** Thrown by `putNowait()` when the queue is full. */
export class QueueFull extends CodedError {
  constructor(message = '', details: ErrorDetails = {}) { super(message, 'QUEUE_FULL', details) }
  /** @internal */
  override get $pythonName(): string { return nameOf(this, QueueFull, 'QueueFull') }
}

/** The queue has been shut down: it takes no more items, and has none left to give (rule 27). */
export class QueueShutDown extends CodedError {
  constructor(message = '', details: ErrorDetails = {}) { super(message, 'QUEUE_SHUT_DOWN', details) }
  /** @internal */
  override get $pythonName(): string { return nameOf(this, QueueShutDown, 'QueueShutDown') }
}

/** The barrier is broken, or it was reset while somebody waited. */
export class BrokenBarrierError extends RuntimeError {
  constructor(message = '', details: ErrorDetails = {}) { super(message, { code: 'BROKEN_BARRIER', ...details }) }
  /** @internal */
  override get $pythonName(): string { return nameOf(this, BrokenBarrierError, 'BrokenBarrierError') }
}

/** A call that never waits would have to wait (trio's `WouldBlock`). */
export class WouldBlock extends CodedError {
  constructor(message = '', details: ErrorDetails = {}) { super(message, 'WOULD_BLOCK', details) }
  /** @internal */
  override get $pythonName(): string { return nameOf(this, WouldBlock, 'WouldBlock') }
}

/** The program itself has closed this end of the channel (trio's `ClosedResourceError`). */
export class ClosedResourceError extends CodedError {
  constructor(message = '', details: ErrorDetails = {}) { super(message, 'CLOSED', details) }
  /** @internal */
  override get $pythonName(): string { return nameOf(this, ClosedResourceError, 'ClosedResourceError') }
}

/** Nobody will ever receive the item: the other end of the channel is closed (trio's `BrokenResourceError`). */
export class BrokenResourceError extends CodedError {
  constructor(message = '', details: ErrorDetails = {}) { super(message, 'BROKEN', details) }
  /** @internal */
  override get $pythonName(): string { return nameOf(this, BrokenResourceError, 'BrokenResourceError') }
}

/** No item will ever come: the channel is empty, and all its senders are closed (trio's `EndOfChannel`). */
export class EndOfChannel extends CodedError {
  constructor(message = '', details: ErrorDetails = {}) { super(message, 'END_OF_CHANNEL', details) }
  /** @internal */
  override get $pythonName(): string { return nameOf(this, EndOfChannel, 'EndOfChannel') }
}
