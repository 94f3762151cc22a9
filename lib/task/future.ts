import { describe } from '../base/describe.ts'
import { ArgumentError, RuntimeError, StopIteration } from '../base/errors.ts'
import { CancelledError, InvalidStateError } from '../base/task-errors.ts'
import { type ErrorClass, instantiate, isError } from '../base/throwable.ts'
import { type Context, captureContext } from '../context/context.ts'
import { RAISE, SEND } from '../generator/resume.ts'
import { isGeneratorFunction } from '../generator/native-generator.ts'
import { ANSWER } from '../generator/registers.ts'
import type { Asked } from '../generator/request.ts'
import type { Awaitable, Trap } from '../generator/types.ts'
import { type Fiber, type Wait, WaitRequest } from '../greenlet/fiber.ts'
import { type Callback, Handle } from '../loop/handle.ts'
import { type Loop, currentLoop } from '../loop/loop.ts'
import { type Listener, type LoopWaiter, REFUSAL, currentWaiter } from './waiter.ts'

const PENDING = 0
const FINISHED = 1
const FAILED = 2
const CANCELLED = 3
type Status = typeof PENDING | typeof FINISHED | typeof FAILED | typeof CANCELLED

export interface FutureOptions {
  /** The loop it belongs to; the one that runs by default, or that of `setEventLoop()`. */
  readonly loop?: Loop
}

export interface DoneCallbackOptions {
  readonly context?: Context
  /** Who waits in this way. @internal */
  readonly $awaiter?: () => Future | null
}

/** Futures whose `cancel()` is under way: to come to one of them again is to go round in a circle. */
export const underCancellation = new Set<object>()

/** Is it a future, or a task (`asyncio.isfuture`)? */
export function isFuture(value: unknown): value is Future { return value instanceof Future }

/** Where a future is in its life. */
export type FutureState = 'pending' | 'running' | 'done' | 'cancelled'

/**
 * A result that will be there later (Python's `asyncio.Future`). A task waits for it by `yield* future`, and gets the
 * result, or the error, at once if it is there already (rule 8).
 */
export class Future<T = unknown> implements Awaitable<T> {
  /** @internal */
  readonly $loop: Loop
  private $status: Status = PENDING
  /** The result, or the error. */
  private $outcome: unknown = undefined
  /** Of the last `cancel()` that has not been answered by an error. @internal */
  protected $cancelMessage: string | undefined = undefined
  /** Who is to be told: as a rule there is but one. */
  private $listeners: Listener | Listener[] | null = null

  /** @throws RuntimeError when no loop is given and none runs. */
  constructor(options: FutureOptions = {}) { this.$loop = options.loop ?? currentLoop() }

  /** The loop it belongs to. */
  getLoop(): Loop { return this.$loop }

  get state(): FutureState {
    if (this.$status === PENDING) return 'pending'
    return this.$status === CANCELLED ? 'cancelled' : 'done'
  }

  /** Is there a result or an error, or is it cancelled? */
  done(): boolean { return this.$status !== PENDING }

  cancelled(): boolean { return this.$status === CANCELLED }

  /**
   * The result.
   * @throws the error, if it ended with one; CancelledError when it is cancelled; InvalidStateError before it is done.
   */
  result(): T {
    if (this.$status === FINISHED) return this.$outcome as T
    if (this.$status === PENDING) throw new InvalidStateError('Result is not set.', { code: 'NO_RESULT' })
    throw this.$takeError()
  }

  /**
   * The error that it ended with, or `null`.
   * @throws CancelledError when it is cancelled; InvalidStateError before it is done.
   */
  exception(): unknown {
    if (this.$status === FINISHED) return null
    if (this.$status === PENDING) throw new InvalidStateError('Exception is not set.', { code: 'NO_RESULT' })
    if (this.$status === CANCELLED) throw this.$takeError()
    return this.$takeError()
  }

  /** Its callbacks are scheduled, and so is who waits for it. @throws InvalidStateError when it is done already. */
  setResult(result: T): void {
    this.$refuseIfDone()
    this.$settle(FINISHED, result)
  }

  /**
   * The same with an error. A class stands for a new instance of it.
   * @throws InvalidStateError when it is done already; TypeError when it is no error.
   */
  setException(exception: Error | ErrorClass): void {
    this.$refuseIfDone()
    const error = instantiate(exception)
    if (!isError(error)) {
      throw new ArgumentError(`setException() takes an error or a class of errors, not ${describe(exception)}. ` +
        'Write setException(new Error(...))', 'NOT_AN_ERROR')
    }
    this.$fail(error)
  }

  /**
   * Cancel it: whoever waits for it gets a `CancelledError`.
   * @returns false when it is done already: nothing happens (rule 7).
   */
  cancel(message?: string): boolean {
    if (this.$status !== PENDING) {
      this.$markRead()
      return false
    }
    this.$cancelMessage = message
    this.$settle(CANCELLED, undefined)
    return true
  }

  /**
   * Call `callback(future)` when it is done: never at once, but in the next turn, in the order of registration (rule 6).
   * @param options.context what the callback is called in; a copy of the current context by default.
   */
  addDoneCallback(callback: (future: this) => unknown, options: DoneCallbackOptions = {}): void {
    if (isGeneratorFunction(callback)) {
      throw new ArgumentError('coroutines cannot be used with addDoneCallback(). Write a plain function, which may call createTask(f(...))',
        'COROUTINE_AS_CALLBACK')
    }
    if (typeof callback !== 'function') {
      throw new ArgumentError(`addDoneCallback() takes a function, not ${describe(callback)}`, 'CALLBACK_NOT_CALLABLE')
    }
    const { context, $awaiter: waiter = nobody } = options
    const listener = new DoneCallback(this, callback as Callback, context ?? captureContext(), waiter)
    if (this.$status === PENDING) this.$listen(listener)
    else listener.$settled()
  }

  /** @returns how many of its registrations were taken back. Once it is done, that is too late. */
  removeDoneCallback(callback: (future: this) => unknown): number {
    return this.$forget(listener => listener instanceof DoneCallback && listener.callback === callback)
  }

  [Symbol.iterator](): Iterator<Trap, T> {
    if (this.$status !== PENDING) {
      SETTLED.future = this
      return SETTLED as Iterator<Trap, never>
    }
    AWAIT.future = this
    return AWAIT[Symbol.iterator]() as Iterator<Trap, never>
  }

  toString(): string { return `<${this.constructor.name} ${this.$described}>` }

  /** @internal */
  protected get $described(): string {
    switch (this.$status) {
      case PENDING: return 'pending'
      case CANCELLED: return 'cancelled'
      case FAILED: return `finished exception=${String(this.$outcome)}`
      case FINISHED: return `finished result=${describe(this.$outcome)}`
    }
  }

  /** It ends with whatever was thrown. @internal */
  $fail(error: unknown): void {
    this.$refuseIfDone()
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
      return outcome
    }
    this.$outcome = undefined
    return outcome ?? this.$newCancelledError()
  }

  /** A new error for its cancellation. @internal */
  $newCancelledError(): CancelledError { return new CancelledError(this.$cancelMessage) }

  /** @internal */
  get $ended(): boolean { return this.done() }

  /** It ended with an error, or is cancelled. @internal */
  get $hasError(): boolean { return this.$status === FAILED || this.$status === CANCELLED }

  /** Nobody needs to read its error. @internal */
  $markRead(): void { this.$loop.$unread.delete(this) }

  /** @internal */
  $listen(listener: Listener): void {
    const listeners = this.$listeners
    if (listeners === null) this.$listeners = listener
    else if (Array.isArray(listeners)) listeners.push(listener)
    else this.$listeners = [listeners, listener]
  }

  /** @internal */
  $forget(condition: (listener: Listener) => boolean): number {
    const before = this.$everyListener()
    const after = before.filter(listener => !condition(listener))
    this.$listeners = after.length === 0 ? null : after
    return before.length - after.length
  }

  /** The futures that wait for it, tasks as a rule, each once. @internal */
  get $awaitedBy(): Future[] {
    const waiters = new Set(this.$everyListener().map(({ $awaiter: waiter }) => waiter as Future | null))
    return Array.from(waiters).filter((waiter): waiter is Future => waiter?.done() === false)
  }

  /** @internal */
  $answer(): typeof SEND | typeof RAISE {
    if (this.$status === FINISHED) {
      ANSWER.value = this.$outcome
      return SEND
    }
    ANSWER.value = this.$takeError()
    return RAISE
  }

  /** @internal */
  $unpark(fiber: Fiber): void { this.$forget(listener => listener === (fiber.$waiter as unknown)) }

  private $refuseIfDone(): void {
    if (this.$status === PENDING) return
    throw new InvalidStateError(`invalid state: ${this.toString()} is done already`, { code: 'ALREADY_DONE' })
  }

  private $settle(status: Status, outcome: unknown): void {
    this.$status = status
    this.$outcome = outcome
    const listeners = this.$listeners
    if (listeners === null) return
    this.$listeners = null
    this.$loop.$throwIfClosed()
    if (Array.isArray(listeners)) for (const listener of listeners) listener.$settled(this)
    else listeners.$settled(this)
  }

  private $everyListener(): readonly Listener[] {
    const listeners = this.$listeners
    if (Array.isArray(listeners)) return listeners
    return listeners === null ? [] : [listeners]
  }
}

function nobody(): null { return null }

class DoneCallback implements Listener {
  constructor(
    private readonly future: Future,
    readonly callback: Callback,
    private readonly context: Context | null,
    private readonly whoWaits: () => Future | null,
  ) {}

  get $awaiter(): Future | null { return this.whoWaits() }

  $settled(): void {
    const loop = this.future.$loop
    loop.$throwIfClosed()
    loop.$ready.push(new Handle(loop, this.callback, [this.future], this.context))
  }
}

/** The request behind `yield* future`. As for `switch()`, there is only one: it is asked where it is made. */
class Await extends WaitRequest {
  future: Future | null = null

  park(fiber: Fiber): Wait | null {
    const future = this.future as Future
    this.future = null
    return parkAt(future, fiber)
  }

  perform(): never {
    throw new RuntimeError(`plain code cannot wait for ${String(this.future)}: this generator is driven by next(), close() or ` +
      'runMain(). Run it in a task', { code: 'CANNOT_WAIT' })
  }

  override toString(): string { return String(this.future) }
}

const AWAIT = new Await()

/** A fiber waits for a future. If it must not, it is told in its next turn (rule 10). @returns what it waits for. */
export function parkAt(future: Future, fiber: Fiber): Wait {
  const strand = currentWaiter(future.$loop)
  if (strand.$loop !== future.$loop || (strand as unknown) === future) return refuse(future, strand, fiber)
  future.$listen(strand)
  strand.$park(fiber, future)
  return future
}

function refuse(future: Future, strand: LoopWaiter, fiber: Fiber): Wait {
  strand.$park(fiber, REFUSAL)
  strand.$wake(RAISE, strand.$loop === future.$loop
    ? new RuntimeError(`Task cannot await on itself: ${future.toString()}`, { code: 'AWAITS_ITSELF' })
    : new RuntimeError(`${future.toString()} is attached to a different loop`, { code: 'OTHER_LOOP' }))
  return REFUSAL
}

/** The iterator behind `yield* future` when the future is done: it gives the result without asking anybody. */
class Settled {
  future: Future | null = null

  next(): Asked {
    const future = this.future as Future
    this.future = null
    ANSWER.value = future.result()
    return ANSWER
  }
}

const SETTLED = new Settled()
