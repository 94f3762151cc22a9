import { RuntimeError } from '../base/errors.ts'
import type { CancelledError } from '../base/task-errors.ts'
import { instantiate } from '../base/throwable.ts'
import { RAISE, THROW } from '../generator/resume.ts'
import { DEAD, type Fiber, type Wait, isOnStack } from '../greenlet/fiber.ts'
import { CancellableTask } from './cancellable-task.ts'
import type { Outcome } from './listeners.ts'
import { SETTLED, parkedFiberOf, resumeWaiter, runNow } from './waiter.ts'

/** What of a task can be ended from outside, at once: by `throwNow()`, and by an owner that is closed. */
export abstract class EndableTask<T> extends CancellableTask<T> {
  /** It is over, with an error. @internal */
  protected abstract $endWith(mode: typeof THROW, error: unknown): void

  /**
   * Throw an error into it now, where it waits, and not in its next turn: its code has gone on until it waits again, or is over,
   * when this returns. For the time being it is the current task. A class stands for a new instance of it.
   * @returns false when it is done already.
   * @throws RuntimeError while it runs: then it waits for whoever calls this, and could not be thrown into. KeyboardInterrupt if
   * it ends with that.
   */
  throwNow(error: unknown): boolean {
    if (this.$ended) return false
    if (isOnStack(this)) {
      throw new RuntimeError(`${this.toString()} runs now: nothing can be thrown into it before it waits. Write task.cancel()`,
        { code: 'TASK_RUNS' })
    }
    this.$loop.$inside(() => { this.$throwNow(instantiate(error)) })
    return true
  }

  /** The same, inside of the loop, for one that is not on JavaScript's stack. @internal */
  $throwNow(error: unknown): void {
    const fiber = parkedFiberOf(this)
    const wait = fiber?.$parkedAt ?? null
    if (fiber === null || wait === null) {
      this.$dock()
    } else if (this.$isQueued) {
      this.$losesTurn()
      this.$dropAnswer(this.$value)
    } else {
      error = errorOfUndo(fiber, wait) ?? error
    }
    this.$value = undefined
    runNow(this.$loop.$ready, this, () => { resumeWaiter(this, RAISE, error) })
  }

  /** Its owner is closed, and it stands in no queue: as `$throwNow()`, but for what has to arrive first. @internal */
  $tellOfEnd(error: CancelledError): void {
    const { $mode: mode, $value: value } = this
    if (!this.$isQueued) {
      this.$throwNow(error)
      return
    }
    this.$value = undefined
    const arrives = mode === SETTLED && (value as Outcome).$mustArrive
    const own = arrives ? null : this.$dropAnswer(value)
    runNow(this.$loop.$ready, this, () => {
      if (arrives) resumeWaiter(this, mode, value)
      else resumeWaiter(this, RAISE, own ?? error)
    })
  }

  /** The error for its end. @internal */
  $newEnd(reason: string | undefined): CancelledError { return this.$cancelledError(reason) }

  /** Its owner is being closed: a wait ends as it begins, but what it waits for is left alone. @internal */
  $endWaitNow(fiber: Fiber, wait: Wait, reason: string | undefined): void {
    if (wait.$ended === undefined) {
      this.$keepPending(reason).byScope = true
    } else if (!wait.$ended) {
      const error = this.$cancelledError(reason)
      const undoing = errorOfUndo(fiber, wait)
      this.$isEnding = true
      this.$wake(RAISE, undoing ?? error)
    }
  }

  /** Its owner has waited for its end for long enough: it is cancelled, and its frames never go on. @internal */
  $giveUp(error: CancelledError): void {
    const fiber = parkedFiberOf(this)
    if (!this.$isEnding && fiber?.$parkedAt?.$ended === false) fiber.$parkedAt.$unpark(fiber)
    this.$tearOff(error)
  }

  /** It is over, and its frames go on no more: its host has torn it off, or its owner has given it up. @internal */
  $tearOff(error: unknown): void {
    if (this.$ended) return
    this.$fiber.$state = this.$greenlet.$state = DEAD
    this.$endWith(THROW, error)
  }
}

/** It waits no more. @returns what the undo of the wait failed with, of which the task is told; `null` for nothing. */
function errorOfUndo(fiber: Fiber, wait: Wait): unknown {
  try {
    wait.$unpark(fiber)
    return null
  } catch (error) {
    return error
  }
}
