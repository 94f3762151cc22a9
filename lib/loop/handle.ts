import { isMethod, nameOrText } from '../base/advice.ts'
import { describe } from '../base/describe.ts'
import { INSPECT } from '../base/inspect.ts'
import { isFatal } from '../base/task-errors.ts'
import { isInstance } from '../base/throwable.ts'
import { type Context, currentFiber } from '../context/context.ts'
import { registers, throwIfForgotten } from '../generator/registers.ts'
import { refuseCoroutine } from '../generator/unrun.ts'
import { notify } from '../generator/watch.ts'
import { backFromPlainCode, leaveForPlainCode } from '../greenlet/fiber.ts'
import { NOWHERE, type Timer } from './runnable.ts'
import type { ExceptionContext } from './exception-context.ts'

/** The part of a loop that a handle needs. */
export interface HandleOwner {
  callExceptionHandler(context: ExceptionContext): void
  $cancelTimer(timer: Timer): void
}

/** A function and its arguments. */
export type Callback<A extends unknown[] = unknown[]> = (...args: A) => unknown

/** The arguments of all callbacks that get none. Most get none, and there may be very many callbacks. */
const NONE: readonly unknown[] = []

/** A callback that the loop will call (asyncio's `Handle`). `loop.callSoon()` returns one. */
export class Handle {
  private $args: readonly unknown[]

  /** @internal */
  constructor(
    protected readonly $owner: HandleOwner,
    private $callback: Callback | null,
    args: readonly unknown[],
    private $context: Context | null,
  ) {
    this.$args = args.length === 0 ? NONE : args
  }

  /** Cancel the callback, so that it is not called. A second call does nothing, nor does a call after the callback ran. */
  cancel(): void {
    this.$callback = null
    this.$args = NONE
  }

  /** @returns whether `cancel()` was called (Python's `cancelled()`). */
  cancelled(): boolean { return this.$callback === null }

  /** @returns the context in which the callback is called; `null` while that context is empty. */
  getContext(): Context | null { return this.$context }

  /** Call the callback. An error goes to the exception handler of the loop. @internal */
  $run(): void {
    const callback = this.$callback
    if (callback === null) return
    leaveForPlainCode()
    if (registers.observed) notify('callback', null, this)
    try {
      this.$call(callback)
      throwIfForgotten()
    } catch (error) {
      if (isFatal(error)) throw error
      this.$owner.callExceptionHandler({ message: `Exception in callback ${inWords(callback, error)}`, exception: error, handle: this })
    } finally {
      backFromPlainCode()
    }
  }

  /** Call the callback in its context. `null` stands for an empty context, which is made if the callback sets a variable. */
  private $call(callback: Callback): void {
    const { $args: args, $context: context } = this
    if (context !== null) {
      refuseCoroutine(context.run(callback, ...args), 'a callback')
      return
    }
    const holder = currentFiber()
    const outer = holder.$context
    holder.$context = null
    try {
      refuseCoroutine(args.length === 0 ? callback() : callback(...args), 'a callback')
    } finally {
      this.$context = holder.$context
      holder.$context = outer
    }
  }

  /** @internal */
  [INSPECT](): string { return this.toString() }

  /** @returns what is called, and when, in words. */
  toString(): string {
    return `<${this.constructor.name} ${this.$callback === null ? 'cancelled' : describe(this.$callback)}>`
  }
}

/** A callback that failed. A method that was passed without its object has no `this`, which shows as a TypeError. */
function inWords(callback: Callback, error: unknown): string {
  const name = nameOrText(callback)
  return isInstance(error, TypeError) && isMethod(callback) ? `${name}, a method without its object. Write () => object.${name}` : name
}

/** A callback that the loop will call at a time (asyncio's `TimerHandle`). `loop.callLater()` and `loop.callAt()` return one. */
export class TimerHandle extends Handle {
  /** @internal */
  readonly $deadline: number
  /** @internal */
  $slot = NOWHERE

  /** @internal */
  constructor(when: number, owner: HandleOwner, callback: Callback, args: unknown[], context: Context | null) {
    super(owner, callback, args, context)
    this.$deadline = when
  }

  /** @returns the time at which the callback is called, in milliseconds of `loop.time()`. */
  when(): number { return this.$deadline }

  override cancel(): void {
    super.cancel()
    this.$owner.$cancelTimer(this)
  }
}
