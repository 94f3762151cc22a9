import { describe, describeError } from '../base/describe.ts'
import { RuntimeError, StopIteration } from '../base/errors.ts'
import { INSPECT } from '../base/inspect.ts'
import { type CancelledError, InvalidStateError } from '../base/task-errors.ts'
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
import { type DoneCallbackOptions, type FutureOptions, checkDoneCallback, checkFutureOptions, checkedException } from './future-options.ts'
import { CANCELLED, CANCELLING, FAILED, FINISHED, type FutureState, type FutureStatus, PENDING, stateOf } from './future-status.ts'
import { DoneCallback, type Listener, Listeners, type Listening, everyListener, nobody, withListener, withoutCallback, withoutWaiter } from './listeners.ts'
import { type LoopWaiter, refuseWait } from './waiter.ts'

/** Is it a future, or a task (`asyncio.isfuture`)? */
export function isFuture(value: unknown): value is Future { return value instanceof Future }

const NO_OPTIONS: FutureOptions = {}

/**
 * A result that will be there later (Python's `asyncio.Future`). A task waits for it by `yield* future`, and gets the
 * result, or the error, at once if it is there already (rule 8).
 */
export class Future<T = unknown> implements Awaitable<T> {
  /** @internal */
  readonly $loop: Loop
  private $status: FutureStatus = PENDING
  /** The result, or the error. */
  private $outcome: unknown = undefined
  /** Of the last `cancel()` that has not been answered by an error. @internal */
  protected $cancelMessage: string | undefined = undefined
  private $listeners: Listening = null

  /** @throws RuntimeError when no loop is given and none runs. */
  constructor(options: FutureOptions = NO_OPTIONS) {
    if (options !== NO_OPTIONS && new.target === Future) checkFutureOptions(options)
    this.$loop = options.loop ?? currentLoop()
  }

  /** The loop it belongs to. */
  getLoop(): Loop { return this.$loop }

  /** Where it is in its life. */
  get state(): FutureState { return stateOf(this.$status) }

  /** Is there a result or an error, or is it cancelled? */
  done(): boolean { return this.$status > PENDING }

  /** Is it cancelled? */
  cancelled(): boolean { return this.$status === CANCELLED }

  /**
   * The result.
   * @throws the error, if it ended with one; CancelledError when it is cancelled; InvalidStateError before it is done.
   */
  result(): T {
    if (this.$status === FINISHED) return this.$outcome as T
    this.$throwIfPending('Result')
    throw this.$takeError()
  }

  /**
   * The error that it ended with, or `null`.
   * @throws CancelledError when it is cancelled; InvalidStateError before it is done.
   */
  exception(): Error | null {
    if (this.$status === FINISHED) return null
    this.$throwIfPending('Exception')
    if (this.$status === CANCELLED) throw this.$takeError()
    return this.$takeError() as Error
  }

  /** Its callbacks are scheduled, and so is who waits for it. @throws InvalidStateError when it is done already. */
  setResult(result: T): void {
    this.$throwIfDone()
    this.$settleResult(result)
  }

  /**
   * The same with an error. A class stands for a new instance of it.
   * @throws InvalidStateError when it is done already; TypeError when it is no error.
   */
  setException(exception: Error | ErrorClass): void {
    this.$throwIfDone()
    this.$fail(checkedException(exception))
  }

  /**
   * Cancel it: whoever waits for it gets a `CancelledError`.
   * @returns false when it is done already: nothing happens (rule 7).
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
   * Call `callback(future)` when it is done: never at once, but in the next turn, in the order of registration (rule 6).
   * @param options.context what the callback is called in; a copy of the current context by default.
   */
  addDoneCallback(callback: (future: this) => unknown, options: DoneCallbackOptions = {}): void {
    checkDoneCallback(callback, options)
    this.$tell(new DoneCallback(this.$loop, callback as Callback, options.context ?? captureContext(), nobody, false))
  }

  /** @returns how many of its registrations were taken back. Once it is done, that is too late. */
  removeDoneCallback(callback: (future: this) => unknown): number { return this.$forgetCallback(callback) }

  /**
   * As `addDoneCallback()`, for the library itself.
   * @param awaiter who waits in this way. @internal
   */
  $whenDone(callback: (future: this) => unknown, awaiter: () => Future | null): void {
    this.$tell(new DoneCallback(this.$loop, callback as Callback, captureContext(), awaiter, true))
  }

  /** When it is done, or now if it is. */
  private $tell(listener: Listener): void {
    if (this.$status <= PENDING) this.$listen(listener)
    else listener.$settled(this)
  }

  /** @internal */
  $forgetCallback(callback: (future: this) => unknown): number {
    const { left, count } = withoutCallback(this.$listeners, callback as Callback)
    this.$listeners = left
    return count
  }

  [Symbol.iterator](): Iterator<Trap, T> {
    return (this.$status <= PENDING ? AWAIT.promise(this) : ANSWERED.with(this)) as Iterator<Trap, never>
  }

  /** @internal */
  [INSPECT](): string { return this.toString() }

  /** As Python prints it: `<Future pending>`. */
  toString(): string { return `<${this.constructor.name} ${this.$described}>` }

  /** In a report that is written down. */
  toJSON(): string { return this.toString() }

  /** @internal */
  protected get $described(): string {
    switch (this.$status) {
      case CANCELLING: case PENDING: return 'pending'
      case CANCELLED: return 'cancelled'
      case FAILED: return `finished exception=${describeError(this.$outcome)}`
      case FINISHED: return `finished result=${describe(this.$outcome)}`
    }
  }

  /** @internal */
  protected $settleResult(result: T): void { this.$settle(FINISHED, result) }

  /** @internal */
  protected $settleCancelled(message: string | undefined): void {
    this.$cancelMessage = message
    this.$settle(CANCELLED, blame.by === null ? undefined : this.$cancelledError(message))
  }

  /** It ends with whatever was thrown. @internal */
  $fail(error: unknown): void {
    this.$throwIfDone()
    if (error instanceof StopIteration) {
      error = new RuntimeError('StopIteration interacts badly with generators and cannot be raised into a Future',
        { code: 'STOP_ITERATION_IN_FUTURE', cause: error })
    }
    this.$loop.$unread.add(this)
    this.$settle(FAILED, error)
  }

  /** It ends with a `CancelledError` that its code let pass. @internal */
  protected $endCancelled(error: CancelledError): void {
    this.$cancelMessage = undefined
    this.$settle(CANCELLED, error)
  }

  /** The error to throw. A cancellation gives its own once, and then new ones (as CPython). @internal */
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

  /** A new error for its cancellation. @internal */
  $newCancelledError(): CancelledError { return this.$cancelledError(this.$cancelMessage) }

  /** @internal */
  protected $cancelledError(message: string | undefined): CancelledError { return newCancelledError(message, this.$loop.getDebug()) }

  /** It is done. @internal */
  get $ended(): boolean { return this.$status > PENDING }

  /** Its `cancel()` is under way. @internal */
  get $isCancelling(): boolean { return this.$status === CANCELLING }

  /** Note that its `cancel()` is under way, or no longer is. @internal */
  $markCancelling(underWay: boolean): void {
    if (this.$status <= PENDING) this.$status = underWay ? CANCELLING : PENDING
  }

  /** @internal */
  get $isCancelled(): boolean { return this.$status === CANCELLED }

  /** It ended with an error, or is cancelled. @internal */
  get $hasError(): boolean { return this.$status === FAILED || this.$status === CANCELLED }

  /** Nobody needs to read its error. @internal */
  $markRead(): void { this.$loop.$unread.delete(this) }

  /** @internal */
  $listen(listener: Listener): void { this.$listeners = withListener(this.$listeners, listener) }

  /** Somebody wants to know how it ends. @internal */
  get $isAwaited(): boolean { return this.$listeners !== null && !(this.$listeners instanceof Listeners && this.$listeners.size === 0) }

  /** The error that it ended with, which counts as unread still. @internal */
  get $error(): unknown { return this.$outcome }

  /** The futures that wait for it, tasks as a rule, each once. @internal */
  get $awaitedBy(): Future[] {
    const awaiters = Array.from(everyListener(this.$listeners), ({ $awaiter }) => $awaiter)
    return Array.from(new Set(awaiters)).filter((awaiter): awaiter is Future => awaiter instanceof Future && !awaiter.$ended)
  }

  /** @internal */
  get $mustArrive(): boolean { return false }

  /** @internal */
  $wasted(): void { /* a result stays where it is */ }

  /** @internal */
  $answer(): typeof SEND | typeof RAISE {
    if (this.$status === FINISHED) {
      ANSWER.value = this.$outcome
      return SEND
    }
    ANSWER.value = this.$takeError()
    return RAISE
  }

  /**
   * A fiber waits for it. One that must not is told in its next turn (rule 10).
   * @returns what the fiber waits for. @internal
   */
  $parkHere(fiber: Fiber): Wait {
    const waiter = this.$loop.$currentWaiter() as LoopWaiter
    if (waiter.$loop !== this.$loop || (waiter as unknown) === this) return refuseWait(fiber, waiter, this)
    this.$listen(waiter)
    waiter.$park(fiber, this)
    return this
  }

  /** @internal */
  $unpark(fiber: Fiber): void {
    forgetRoutes()
    this.$listeners = withoutWaiter(this.$listeners, fiber.$waiter as LoopWaiter)
  }

  private $throwIfPending(what: string): void {
    if (this.$status > PENDING) return
    throw new InvalidStateError(`${what} is not set. In a task, write yield* future first`, { code: 'NO_RESULT' })
  }

  private $throwIfDone(): void {
    if (this.$status <= PENDING) return
    throw new InvalidStateError(`invalid state: ${this.toString()} is done already`, { code: 'ALREADY_DONE' })
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
