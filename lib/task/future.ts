import { INSPECT } from '../base/inspect.ts'
import type { CancelledError } from '../base/task-errors.ts'
import type { ErrorClass } from '../base/throwable.ts'
import { showWay } from '../base/way.ts'
import { captureContext } from '../context/context.ts'
import { RAISE, SEND } from '../generator/resume.ts'
import { ANSWER, registers } from '../generator/registers.ts'
import type { Awaitable, Trap } from '../generator/types.ts'
import { notify } from '../generator/watch.ts'
import type { Fiber, Wait } from '../greenlet/fiber.ts'
import type { Callback } from '../loop/handle.ts'
import { type Loop, currentLoop, running } from '../loop/loop.ts'
import { blame, newCancelledError } from './blame.ts'
import { forgetRoutes } from './cancel-chain.ts'
import { ANSWERED, AWAIT } from './await-future.ts'
import { alreadyDone, notSet, raisable } from './future-errors.ts'
import { type DoneCallbackOptions, type FutureOptions, checkDoneCallback, checkFutureOptions, checkedException } from './future-options.ts'
import { CANCELLED, CANCELLING, FAILED, FINISHED, type FutureState, type FutureStatus, PENDING, inWords, stateOf } from './future-status.ts'
import { DoneCallback, type Listener, Listeners, type Listening, everyListener, nobody, withListener, withoutCallback, withoutWaiter } from './listeners.ts'
import { type LoopWaiter, refuseWait } from './waiter.ts'

/** Is the value a future, or a task? It is Python's `asyncio.isfuture()`. */
export function isFuture(value: unknown): value is Future { return value instanceof Future }

const NO_OPTIONS: FutureOptions = {}

/**
 * A result that will be there later. A task waits for it with `yield* future`. If the future is done already, `yield*` gives the
 * result, or throws the error, at once (rule 8). It is Python's `asyncio.Future`.
 */
export class Future<T = unknown> implements Awaitable<T> {
  /** The loop that the future belongs to. @internal */
  readonly $loop: Loop
  private $status: FutureStatus = PENDING
  /** The result, or the error. */
  private $outcome: unknown = undefined
  /** The message of the last `cancel()`, for as long as no error has taken its place. @internal */
  protected $cancelMessage: string | undefined = undefined
  private $listeners: Listening = null

  /** Make a pending future. @throws RuntimeError when no loop is given and none runs. */
  constructor(options: FutureOptions = NO_OPTIONS) {
    if (options !== NO_OPTIONS && new.target === Future) checkFutureOptions(options)
    this.$loop = options.loop ?? currentLoop()
  }

  /** The loop that the future belongs to. */
  getLoop(): Loop { return this.$loop }

  /** The state of the future, in one word. */
  get state(): FutureState { return stateOf(this.$status) }

  /** Does the future have a result or an error, or is it cancelled? */
  done(): boolean { return this.$status > PENDING }

  /** Is the future cancelled? */
  cancelled(): boolean { return this.$status === CANCELLED }

  /**
   * The result of the future.
   * @throws the error of the future, if it has one; CancelledError when it is cancelled; InvalidStateError when it is pending.
   */
  result(): T {
    if (this.$status === FINISHED) return this.$outcome as T
    this.$throwIfPending('Result')
    throw this.$takeError()
  }

  /**
   * The error of the future; `null` when it has a result.
   * @throws CancelledError when it is cancelled; InvalidStateError when it is pending.
   */
  exception(): Error | null {
    if (this.$status === FINISHED) return null
    this.$throwIfPending('Exception')
    if (this.$status === CANCELLED) throw this.$takeError()
    return this.$takeError() as Error
  }

  /** Give the future its result. Its callbacks run in the next turn, and so do its waiters. @throws InvalidStateError when it is done. */
  setResult(result: T): void {
    this.$throwIfDone()
    this.$crosses('future.setResult()')
    this.$settleResult(result)
  }

  /**
   * End the future with an error. A class of errors stands for a new instance of it.
   * @throws InvalidStateError when the future is done already; TypeError when `exception` is not an error.
   */
  setException(exception: Error | ErrorClass): void {
    this.$throwIfDone()
    this.$crosses('future.setException()')
    this.$fail(checkedException(exception))
  }

  /**
   * Cancel the future: each waiter gets a `CancelledError` with the message.
   * @returns false when the future is done already (rule 7). Then its error counts as read, and nothing else changes.
   */
  cancel(message?: string): boolean {
    if (this.$status > PENDING) {
      this.$markRead()
      return false
    }
    if (registers.observed) notify('cancel', null, this)
    this.$settleCancelled(message)
    return true
  }

  /**
   * Call `callback(future)` in the turn after the future is done, never at once, in the order in which callbacks were added (rule 6).
   * @param options.context the context in which the callback is called; a copy of the current context by default.
   */
  addDoneCallback(callback: (future: this) => unknown, options: DoneCallbackOptions = {}): void {
    checkDoneCallback(callback, options)
    this.$tell(new DoneCallback(this.$loop, callback as Callback, options.context ?? captureContext(), nobody, false))
  }

  /** Take back all registrations of a callback. @returns how many there were. When the future is done, it is too late: 0. */
  removeDoneCallback(callback: (future: this) => unknown): number { return this.$forgetCallback(callback) }

  /**
   * `addDoneCallback()`, for the library itself.
   * @param awaiter gives the future that waits in this way, or `null`. @internal
   */
  $whenDone(callback: (future: this) => unknown, awaiter: () => Future | null): void {
    this.$tell(new DoneCallback(this.$loop, callback as Callback, captureContext(), awaiter, true))
  }

  /** Tell the listener when the future is done: now, if it is done already. */
  private $tell(listener: Listener): void {
    if (this.$status <= PENDING) this.$listen(listener)
    else listener.$settled(this)
  }

  /** `removeDoneCallback()`, for the library itself. @internal */
  $forgetCallback(callback: (future: this) => unknown): number {
    const { left, count } = withoutCallback(this.$listeners, callback as Callback)
    this.$listeners = left
    return count
  }

  /** `yield*` calls this: it waits for the result (Python's `__await__`). */
  [Symbol.iterator](): Iterator<Trap, T> {
    return (this.$status <= PENDING ? AWAIT.promise(this) : ANSWERED.with(this)) as Iterator<Trap, never>
  }

  /** @internal */
  [INSPECT](): string { return this.toString() }

  /** As Python prints a future: `<Future pending>`. */
  toString(): string { return `<${this.$kind} ${this.$described}>` }

  /** What it is, in reports. @internal */
  get $kind(): string { return this.constructor.name }

  /** In a report that is written as JSON. */
  toJSON(): string { return this.toString() }

  /** The state, in the words of `toString()`. @internal */
  protected get $described(): string { return inWords(this.$status, this.$outcome) }

  /** @internal */
  protected $settleResult(result: T): void { this.$settle(FINISHED, result) }

  /** @internal */
  protected $settleCancelled(message: string | undefined): void {
    this.$cancelMessage = message
    this.$settle(CANCELLED, blame.by === null ? undefined : this.$cancelledError(message))
  }

  /** End the future with anything that was thrown. @internal */
  $fail(error: unknown): void {
    this.$throwIfDone()
    this.$loop.$unread.add(this)
    this.$settle(FAILED, raisable(error))
  }

  /** The code of a task has let a `CancelledError` pass, so the task ends as cancelled. @internal */
  protected $endCancelled(error: CancelledError): void {
    this.$cancelMessage = undefined
    this.$settle(CANCELLED, error)
  }

  /** The error to throw. A cancelled future gives its own error once, and after that new ones, as in CPython. @internal */
  $takeError(): unknown {
    const outcome = this.$outcome
    if (this.$status === FAILED) {
      this.$loop.$unread.delete(this)
      if (running.loop === null) showWay(outcome)
      return outcome
    }
    this.$outcome = undefined
    return outcome ?? this.$newCancelledError()
  }

  /** A new error for the cancellation of this future. @internal */
  $newCancelledError(): CancelledError { return this.$cancelledError(this.$cancelMessage) }

  /** An error for a cancellation with this message. In debug mode it has a stack. @internal */
  protected $cancelledError(message: string | undefined): CancelledError { return newCancelledError(message, this.$loop.getDebug()) }

  /** Is the future done? @internal */
  get $ended(): boolean { return this.$status > PENDING }

  /** Is a `cancel()` of this future under way? @internal */
  get $isCancelling(): boolean { return this.$status === CANCELLING }

  /** When a request to end comes back to this future: can it end its own wait for what passes the request on? @internal */
  get $canLeaveCircle(): boolean { return false }

  /** Note that a `cancel()` of this future begins or ends. @internal */
  $markCancelling(underWay: boolean): void {
    if (this.$status <= PENDING) this.$status = underWay ? CANCELLING : PENDING
  }

  /** `cancelled()` for the library itself, because a subclass may override that. @internal */
  get $isCancelled(): boolean { return this.$status === CANCELLED }

  /** Did the future end with an error, or is it cancelled? @internal */
  get $hasError(): boolean { return this.$status === FAILED || this.$status === CANCELLED }

  /** Nobody needs to read the error of this future, so it is not reported. @internal */
  $markRead(): void { this.$loop.$unread.delete(this) }

  /** Tell the listener when the future is done, which it is not yet. @internal */
  $listen(listener: Listener): void { this.$listeners = withListener(this.$listeners, listener) }

  /** Does anybody wait to be told how this future ends? @internal */
  get $isAwaited(): boolean { return this.$listeners !== null && !(this.$listeners instanceof Listeners && this.$listeners.size === 0) }

  /** The error of the future. Looking at it here does not count as reading it. @internal */
  get $error(): unknown { return this.$outcome }

  /** The futures that wait for this one, each once. Most of them are tasks. @internal */
  get $awaitedBy(): Future[] {
    const awaiters = Array.from(everyListener(this.$listeners), ({ $awaiter }) => $awaiter)
    return Array.from(new Set(awaiters)).filter((awaiter): awaiter is Future => awaiter instanceof Future && !awaiter.$ended)
  }

  /** @internal */
  get $mustArrive(): boolean { return false }

  /** @internal */
  $wasted(): void { /* a result stays where it is */ }

  /** Give a waiter the result or the error. Then the error counts as read. @internal */
  $answer(): typeof SEND | typeof RAISE {
    if (this.$status === FINISHED) {
      ANSWER.value = this.$outcome
      return SEND
    }
    ANSWER.value = this.$takeError()
    return RAISE
  }

  /**
   * Let a fiber wait for this future. A task that may not wait for it gets an error in its next turn (rule 10).
   * @returns what the fiber waits for. @internal
   */
  $parkHere(fiber: Fiber): Wait {
    const waiter = this.$loop.$currentWaiter() as LoopWaiter
    if (waiter.$loop !== this.$loop || (waiter as unknown) === this) return refuseWait(fiber, waiter, this)
    this.$listen(waiter)
    waiter.$park(fiber, this)
    return this
  }

  /** A fiber no longer waits for this future. @internal */
  $unpark(fiber: Fiber): void {
    forgetRoutes()
    this.$listeners = withoutWaiter(this.$listeners, fiber.$waiter as LoopWaiter)
  }

  private $throwIfPending(what: string): void { if (this.$status <= PENDING) throw notSet(what) }

  private $throwIfDone(): void { if (this.$status > PENDING) throw alreadyDone(this) }

  /** The program settles a plain future. What the library settles is guarded elsewhere. */
  private $crosses(call: string): void {
    const { $border: border } = this.$loop
    if (border !== null && Object.getPrototypeOf(this) === Future.prototype) border.cross(call)
  }

  private $settle(status: FutureStatus, outcome: unknown): void {
    this.$status = status
    this.$outcome = outcome
    if (registers.observed) notify('done', null, this)
    const listeners = this.$listeners
    if (listeners === null) return
    this.$listeners = null
    this.$loop.$throwIfClosed()
    if (listeners instanceof Listeners) for (const listener of listeners) listener.$settled(this)
    else listeners.$settled(this)
  }
}
