import { describe } from '../base/describe.ts'
import { isFatal } from '../base/task-errors.ts'
import type { Context } from '../context/context.ts'
import { currentFiber } from '../context/context.ts'
import { refuseForgotten } from '../generator/trap.ts'
import { dive, surface } from '../greenlet/fiber.ts'
import type { ExceptionContext } from './exception-context.ts'

/** What the ready queue holds. */
export interface Runnable {
  /** Take its turn. Throws only what is to leave the loop. */
  run(): void
  /** In the words of a report. */
  toString(): string
}

/** What a handle needs of its loop. */
export interface HandleOwner {
  callExceptionHandler(context: ExceptionContext): void
  timerCancelled(): void
}

/** A function and its arguments. */
export type Callback<A extends unknown[] = unknown[]> = (...args: A) => unknown

/** A callback that will be called; what `loop.callSoon()` returns. */
export class Handle {
  private over = false

  /** @internal */
  constructor(
    protected readonly owner: HandleOwner,
    private callback: Callback | null,
    private args: unknown[],
    private readonly context: Context | null,
  ) {}

  /** It will not be called. Cancelling twice, or afterwards, does nothing. */
  cancel(): void {
    this.over = true
    this.callback = null
    this.args = []
  }

  cancelled(): boolean { return this.over }

  /** The context that it is called in. */
  getContext(): Context | null { return this.context }

  /** @internal */
  run(): void {
    const { callback } = this
    if (callback === null) return
    surface()
    try {
      call(callback, this.args, this.context)
      refuseForgotten()
    } catch (error) {
      if (isFatal(error)) throw error
      this.owner.callExceptionHandler({ message: `Exception in callback ${describe(callback)}`, exception: error, handle: this })
    } finally {
      dive()
    }
  }

  toString(): string {
    return `<${this.constructor.name}${this.over ? ' cancelled' : ''}${this.callback === null ? '' : ` ${describe(this.callback)}`}>`
  }
}

/** A callback that will be called at its time; what `loop.callLater()` and `loop.callAt()` return. */
export class TimerHandle extends Handle {
  /** Which of those with the same deadline it is. @internal */
  order = 0
  /** @internal */
  readonly deadline: number
  private waiting = true

  /** @internal */
  constructor(when: number, owner: HandleOwner, callback: Callback, args: unknown[], context: Context | null) {
    super(owner, callback, args, context)
    this.deadline = when
  }

  /** When, in milliseconds of `loop.time()`. */
  when(): number { return this.deadline }

  override cancel(): void {
    if (this.waiting && !this.cancelled()) {
      super.cancel()
      this.owner.timerCancelled()
    } else {
      super.cancel()
    }
  }

  /** It is no longer among the timers. @internal */
  leave(): void { this.waiting = false }
}

/** Call it in a context. `null` is an empty one, which costs nothing as long as nobody sets a variable. */
function call(callback: Callback, args: unknown[], context: Context | null): void {
  if (context !== null) {
    context.run(callback, ...args)
    return
  }
  const holder = currentFiber()
  const outer = holder.ownContext
  holder.ownContext = null
  try {
    callback(...args)
  } finally {
    holder.ownContext = outer
  }
}
