import { RuntimeError } from '../base/errors.ts'
import type { CancelledError } from '../base/task-errors.ts'
import { instantiate } from '../base/throwable.ts'
import { RAISE, THROW } from '../generator/resume.ts'
import { DEAD, type Fiber, type Wait, isOnStack } from '../greenlet/fiber.ts'
import { inTheNameOf, newCancelledError } from './blame.ts'
import { CancellableTask } from './cancellable-task.ts'
import type { Outcome } from './listeners.ts'
import { SETTLED, parkedFiberOf, resumeWaiter, runNow } from './waiter.ts'

/** The part of a task that can be ended from outside, at once: by `throwNow()`, and by an owner that is closed. */
export abstract class EndableTask<T> extends CancellableTask<T> {
  /** End the task with an error. @internal */
  protected abstract $endWith(mode: typeof THROW, error: unknown): void

  /**
   * Throw an error into the task at once, where it waits, and not in its next turn. When this call returns, the code of the task
   * has run until its next wait or its end. During the call this task is the current task.
   * @param error the error. A class stands for a new instance of it.
   * @returns false when the task is done already.
   * @throws RuntimeError while the task runs, because then it does not wait; KeyboardInterrupt when the task ends with that.
   */
  throwNow(error: unknown): boolean {
    if (this.$ended) return false
    if (isOnStack(this)) {
      throw new RuntimeError(`${this.toString()} runs now: nothing can be thrown into it before it waits. Write task.cancel()`,
        { code: 'TASK_RUNS' })
    }
    this.$loop.$border?.cross('task.throwNow()')
    this.$loop.$inside(() => { this.$throwNow(instantiate(error)) })
    return true
  }

  /** `throwNow()` inside of the loop. The task must not be on JavaScript's stack. @internal */
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
    runNow(this, () => { resumeWaiter(this, RAISE, error) })
  }

  /**
   * The owner of the task is closed, and the task is in no queue. This throws the error at once, as `$throwNow()` does, but a value
   * that must arrive comes first. @internal
   */
  $tellOfEnd(error: CancelledError): void {
    const { $mode: mode, $value: value } = this
    if (!this.$isQueued) {
      this.$throwNow(error)
      return
    }
    this.$value = undefined
    const arrives = mode === SETTLED && (value as Outcome).$mustArrive
    const own = arrives ? null : this.$dropAnswer(value)
    runNow(this, () => {
      if (arrives) resumeWaiter(this, mode, value)
      else resumeWaiter(this, RAISE, own ?? error)
    })
  }

  /** Make the error for the end of the task. `by` is the owner that is being closed. @internal */
  $newEnd(reason: string | undefined, by: object): CancelledError { return newCancelledError(reason, this.$loop.getDebug(), by) }

  /** The owner is being closed, so a wait ends as it begins. What the task waits for is not cancelled. @internal */
  $endWaitNow(fiber: Fiber, wait: Wait, reason: string | undefined, by: object): void {
    if (wait.$ended === undefined) {
      inTheNameOf(by, () => this.$keepPending(reason)).byScope = true
    } else { // a wait that begins has not ended yet
      const error = this.$newEnd(reason, by)
      const undoing = errorOfUndo(fiber, wait)
      this.$isEnding = true
      this.$wake(RAISE, undoing ?? error)
    }
  }

  /** The owner has given the task time to clean up, and the time is over. The task is cancelled, and its frames never go on. @internal */
  $giveUp(error: CancelledError): void {
    const fiber = parkedFiberOf(this)
    if (!this.$isEnding && fiber?.$parkedAt?.$ended === false) fiber.$parkedAt.$unpark(fiber)
    this.$tearOff(error)
  }

  /** End the task without its frames, which never go on: its host has stopped it in its turn, or its owner has given up. @internal */
  $tearOff(error: unknown): void {
    if (this.$ended) return
    this.$fiber.$state = this.$greenlet.$state = DEAD
    this.$endWith(THROW, error)
  }
}

/** End a wait. @returns the error of the function that undoes the wait, which the task gets; `null` when there is none. */
function errorOfUndo(fiber: Fiber, wait: Wait): unknown {
  try {
    wait.$unpark(fiber)
    return null
  } catch (error) {
    return error
  }
}
