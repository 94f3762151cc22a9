import { registers } from '../generator/registers.ts'
import { RAISE } from '../generator/resume.ts'
import { CREATED } from '../generator/stack.ts'
import { notify } from '../generator/watch.ts'
import { type Fiber, WAITING, type Wait, whoseTurn } from '../greenlet/fiber.ts'
import { blame, inTheNameOf } from './blame.ts'
import { type ChainedTask, cancelChain, requestsOf } from './cancel-chain.ts'
import { Future } from './future.ts'
import type { TaskScope } from './task-options.ts'
import { parkedFiberOf } from './waiter.ts'
import { type PendingRequests, WaitingTask } from './waiting-task.ts'
import { REFUSAL } from './waits.ts'

/** What of a task is asked to end: by `cancel()`, by groups and time limits, and by cancel scopes. */
export abstract class CancellableTask<T> extends WaitingTask<T> implements ChainedTask {
  /** How often it was asked to end: see `requestsOf()`. @internal */
  abstract $requests: number

  /**
   * Ask it to end: a `CancelledError` is thrown where it waits, in the next turn. What it waits for is cancelled too
   * (rule 12). Its code may catch the error and go on; then `uncancel()` says that this was meant.
   * @returns false when it is done already.
   */
  override cancel(message?: string): boolean {
    if (this.$ended) return super.cancel(message)
    if (registers.observed) notify('cancel', null, this)
    if (blame.by === null && this.$loop.getDebug()) inTheNameOf(whoseTurn(), () => { cancelChain(this, message) })
    else cancelChain(this, message)
    return true
  }

  /** How often it was asked to end, less the calls of `uncancel()`. */
  cancelling(): number { return requestsOf(this) }

  /** Take one request to end back. @returns how many are left. A pending one is dropped with the last (Python 3.13). */
  uncancel(): number {
    if (requestsOf(this) > 0 && --this.$requests === 0) this.$dropPending()
    return this.$requests
  }

  /**
   * As `cancel()`, for who may take the request back.
   * @returns the request, if it is pending now; to be given to `$withdraw()`. @internal
   */
  $request(): PendingRequests | null {
    const before = this.$pending?.count ?? 0
    this.cancel()
    const pending = this.$pending
    return pending !== null && pending.count > before ? pending : null
  }

  /** Take a request back. One that was not delivered yet never will be. @internal */
  $withdraw(request: PendingRequests | null): void {
    if (request !== null && request === this.$pending && --request.count === 0) this.$dropPending()
    this.uncancel()
  }

  /** How many requests it was told of, or is on its way to be. @internal */
  get $requestsDelivered(): number { return requestsOf(this) - (this.$pending?.count ?? 0) }

  /** What pends is taken back, but for what a scope asks for. */
  private $dropPending(): void {
    if (this.$pending?.byScope === true) {
      this.$pending.count = 0
      if (this.$scope !== null) this.$cancelMessage = this.$scope.$reason
    } else {
      this.$pending = null
    }
  }

  /** A cancel scope that it is in is cancelled: its wait ends, if it waits and nothing has ended the wait yet. @internal */
  $interrupt(scope: TaskScope): void {
    const fiber = parkedFiberOf(this)
    if (fiber === null) {
      if (this.$isAdrift) this.$keepPending(scope.$reason).byScope = true // else it runs, and will come to a wait
    } else if (fiber.$top?.state !== CREATED) {
      this.$endWaitInScope(fiber, fiber.$parkedAt as Wait, scope)
    }
  }

  // It is a link of a chain of tasks that wait for each other.

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

  /** @internal */
  $cancelWait(message: string | undefined): void {
    const fiber = parkedFiberOf(this) ?? this.$greenlet
    const wait = fiber.$state === WAITING ? fiber.$parkedAt as Wait : null
    if (wait instanceof Future && wait.$isCancelling) this.$cutCircle(fiber, wait, message)
    else if (wait === null || !this.$endWait(fiber, wait, message)) this.$keepPending(message).count++
  }

  /** They wait for each other in a circle, which ends here. */
  private $cutCircle(fiber: Fiber, wait: Future, message: string | undefined): void {
    wait.$unpark(fiber)
    fiber.$parkedAt = REFUSAL
    this.$wake(RAISE, this.$cancelledError(message))
  }
}
