import { describe } from '../base/describe.ts'
import { INSPECT } from '../base/inspect.ts'
import { isFatal } from '../base/task-errors.ts'
import { type Context, currentFiber } from '../context/context.ts'
import { registers, throwIfForgotten } from '../generator/registers.ts'
import { notify } from '../generator/watch.ts'
import { backFromPlainCode, leaveForPlainCode } from '../greenlet/fiber.ts'
import { NOWHERE, type Timer } from './runnable.ts'
import type { ExceptionContext } from './exception-context.ts'

/** What a handle needs of its loop. */
export interface HandleOwner {
  callExceptionHandler(context: ExceptionContext): void
  $cancelTimer(timer: Timer): void
}

/** A function and its arguments. */
export type Callback<A extends unknown[] = unknown[]> = (...args: A) => unknown

/** Most are called without arguments, and there may be very many. */
const NONE: readonly unknown[] = []

/** A callback that will be called; what `loop.callSoon()` returns. */
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

  /** It will not be called. Cancelling twice, or afterwards, does nothing. */
  cancel(): void {
    this.$callback = null
    this.$args = NONE
  }

  cancelled(): boolean { return this.$callback === null }

  /** The context that it is called in; `null` as long as that is empty. */
  getContext(): Context | null { return this.$context }

  /** @internal */
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
      this.$owner.callExceptionHandler({ message: `Exception in callback ${describe(callback)}`, exception: error, handle: this })
    } finally {
      backFromPlainCode()
    }
  }

  /** In its context. `null` is an empty one, which is made if the callback sets a variable. */
  private $call(callback: Callback): void {
    const { $args: args, $context: context } = this
    if (context !== null) {
      context.run(callback, ...args)
      return
    }
    const holder = currentFiber()
    const outer = holder.$context
    holder.$context = null
    try {
      if (args.length === 0) callback()
      else callback(...args)
    } finally {
      this.$context = holder.$context
      holder.$context = outer
    }
  }

  /** @internal */
  [INSPECT](): string { return this.toString() }

  toString(): string {
    return `<${this.constructor.name} ${this.$callback === null ? 'cancelled' : describe(this.$callback)}>`
  }
}

/** A callback that will be called at its time; what `loop.callLater()` and `loop.callAt()` return. */
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

  /** When, in milliseconds of `loop.time()`. */
  when(): number { return this.$deadline }

  override cancel(): void {
    super.cancel()
    this.$owner.$cancelTimer(this)
  }
}
