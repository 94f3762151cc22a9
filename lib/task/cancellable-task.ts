import { registers } from '../generator/registers.ts'
import { CREATED } from '../generator/stack.ts'
import { notify } from '../generator/watch.ts'
import { WAITING, type Wait, whoseTurn } from '../greenlet/fiber.ts'
import { blame, inTheNameOf } from './blame.ts'
import { cancelChain, requestsOf } from './cancel-chain.ts'
import { Future } from './future.ts'
import type { TaskScope } from './task-options.ts'
import { parkedFiberOf } from './waiter.ts'
import { type PendingRequests, WaitingTask } from './waiting-task.ts'

/** The part of a task that is asked to end: by `cancel()`, by groups and time limits, and by cancel scopes. */
export abstract class CancellableTask<T> extends WaitingTask<T> {
  /** How many requests to end this task has counted. `requestsOf()` gives the full number. @internal */
  abstract $requests: number

  /**
   * Ask the task to end. In its next turn a `CancelledError` is thrown where the task waits; a task that runs gets it at its next
   * wait. What the task waits for is cancelled, too (rule 12). The code of the task may catch the error and continue. Then it calls
   * `uncancel()`, to say that this is on purpose. It is Python's `Task.cancel()`.
   * @param message the message of the `CancelledError`.
   * @returns false when the task is done already. Then its error counts as read, and nothing else changes.
   */
  override cancel(message?: string): boolean {
    if (this.$ended) return super.cancel(message)
    this.$loop.$border?.cross('task.cancel()')
    if (registers.observed) notify('cancel', null, this)
    if (blame.by === null && this.$loop.getDebug()) inTheNameOf(whoseTurn(), () => { cancelChain(this, message) })
    else cancelChain(this, message)
    return true
  }

  /** How many requests to end the task has had, less the calls of `uncancel()`. It is Python's `Task.cancelling()`. */
  cancelling(): number { return requestsOf(this) }

  /**
   * Take back one request to end. When the last one is taken back, a request that the task was not told of is dropped (Python
   * 3.13).
   * @returns how many requests are left.
   */
  uncancel(): number {
    if (requestsOf(this) > 0 && --this.$requests === 0) this.$dropPending()
    return this.$requests
  }

  /**
   * `cancel()`, for a caller that may take its request back with `$withdraw()`.
   * @returns the request, if the task has not been told of it yet; otherwise `null`. @internal
   */
  $request(): PendingRequests | null {
    const before = this.$pending?.count ?? 0
    this.cancel()
    const pending = this.$pending
    return pending !== null && pending.count > before ? pending : null
  }

  /** Take back a request of `$request()`. If the task has not been told of it yet, it never will be. @internal */
  $withdraw(request: PendingRequests | null): void {
    if (request !== null && request === this.$pending && --request.count === 0) this.$dropPending()
    this.uncancel()
  }

  /** How many requests to end the task was told of, or will be told of in its next turn. @internal */
  get $requestsDelivered(): number { return requestsOf(this) - (this.$pending?.count ?? 0) }

  /** Drop the pending requests. Only the request of a cancel scope stays. */
  private $dropPending(): void {
    if (this.$pending?.byScope === true) {
      this.$pending.count = 0
      if (this.$scope !== null) this.$cancelMessage = this.$scope.$reason
    } else {
      this.$pending = null
    }
  }

  /** A cancel scope around the task is cancelled. If the task waits, and nothing has ended the wait yet, the wait ends. @internal */
  $interrupt(scope: TaskScope): void {
    const fiber = parkedFiberOf(this)
    if (fiber === null) {
      if (this.$isAdrift) this.$keepPending(scope.$reason).byScope = true // otherwise the task runs, and will come to a wait
    } else if (fiber.$top?.state !== CREATED) {
      this.$endWaitInScope(fiber, fiber.$parkedAt as Wait, scope)
    }
  }

  // As a link of a chain of tasks that wait for each other.

  /** @internal */
  get $taskAhead(): CancellableTask<unknown> | null {
    const wait = parkedFiberOf(this)?.$parkedAt
    return wait instanceof CancellableTask && !wait.$ended && wait.cancel === CancellableTask.prototype.cancel ? wait : null
  }

  /** @internal */
  get $tasksBehind(): CancellableTask<unknown>[] {
    return this.$awaitedBy.filter((future): future is CancellableTask<unknown> =>
      future instanceof CancellableTask && future.$fiber.$parkedAt === (this as unknown))
  }

  /** Cancel what the task waits for. If it waits for nothing, the request is kept for its next wait. @internal */
  $cancelWait(message: string | undefined): void {
    const fiber = parkedFiberOf(this) ?? this.$greenlet
    const wait = fiber.$state === WAITING ? fiber.$parkedAt as Wait : null
    if (wait instanceof Future && wait.$isCancelling) this.$cutCircle(fiber, wait, message)
    else if (wait === null || !this.$endWait(fiber, wait, message)) this.$keepPending(message).count++
  }

  /** @internal */
  override get $canLeaveCircle(): boolean {
    const wait = parkedFiberOf(this)?.$parkedAt
    return wait instanceof Future && wait.$isCancelling
  }

  /** The task waits for a future that waits for it, through others. Its wait ends, so that the circle is open. @internal */
  $leaveCircle(): void { this.$cutCircle(this.$fiber, this.$wait as Future, undefined) }
}
