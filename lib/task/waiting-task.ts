import { isCancelled, type CancelledError } from '../base/task-errors.ts'
import { ANSWER } from '../generator/registers.ts'
import { RESUME } from '../generator/request.ts'
import { type Mode, RAISE, SEND } from '../generator/resume.ts'
import { type Fiber, STARTED, WAITING, type Wait, turnsBelow, whoseTurn } from '../greenlet/fiber.ts'
import { getCurrent } from '../greenlet/greenlet.ts'
import { wakeFiber } from '../greenlet/wake.ts'
import { blame, inTheNameOf } from './blame.ts'
import { cancelFor, takeClosedCircle } from './circle.ts'
import { Future } from './future.ts'
import { type Outcome, nobody } from './listeners.ts'
import type { OwnerLink } from './owner-link.ts'
import type { TaskScope } from './task-options.ts'
import { LATER, type NextStep, SETTLED, TURN, parkedFiberOf, resumeWaiter } from './waiter.ts'
import { BARE_YIELD, ITS_TURN, REFUSAL } from './waits.ts'

/** Requests to end a task that the task has not been told of. It is told at its next wait, or when its turn comes. */
export interface PendingRequests {
  /** How many requests came from `task.cancel()`, groups and time limits. */
  count: number
  /** Does a cancel scope ask for it, too? */
  byScope: boolean
  /** Who asks for it, if that is known. */
  by: object | null
}

/** The part of a task that waits: where it waits, how its wait is ended, and how it goes on when its turn comes. */
export abstract class WaitingTask<T> extends Future<T> { // it is a LoopWaiter; the types of the package do not say so
  /** How the task goes on when its turn comes. @internal */
  abstract $mode: NextStep['$mode']
  /** The value that it goes on with. @internal */
  abstract $value: unknown
  /** The fiber in which the task waits, or waited last. @internal */
  abstract $fiber: Fiber
  /** The task's own greenlet. @internal */
  protected abstract readonly $greenlet: Fiber
  /** The innermost cancel scope around the task. @internal */
  abstract $scope: TaskScope | null
  /** The owner of the task, or `null`. @internal */
  abstract $owner: OwnerLink | null
  /** Requests to end the task that it has not been told of. @internal */
  abstract $pending: PendingRequests | null
  /** The owner has ended the wait of the task, but what it waited for goes on. The task now waits for its turn only. @internal */
  protected abstract $isEnding: boolean

  /** What the task waits for. It is `null` while the task runs, and when it is ready or done. @internal */
  get $wait(): Wait | null {
    const wait = parkedFiberOf(this)?.$parkedAt ?? null
    return wait === null || wait.$ended === true ? null : wait
  }

  /** Does the task wait for its turn only? @internal */
  get $isQueued(): boolean {
    const wait = parkedFiberOf(this)?.$parkedAt
    return this.$isEnding || (wait !== undefined && wait !== null && wait.$ended !== false)
  }

  /** @internal */
  get $priority(): number { return this.$owner?.priority ?? 0 }

  /** @internal */
  get $awaiter(): this { return this }

  /** @internal */
  get $home(): Fiber { return this.$greenlet }

  // The task begins to wait.

  /** The task begins to wait. A pending request, a cancelled scope or a closing owner ends the wait at once. @internal */
  $park(fiber: Fiber, wait: Wait): void {
    if (this.$fiber !== fiber) this.$fiber = fiber
    if (fiber.$waiter !== this) fiber.$waiter = this
    if (this.$pending !== null && this.$endPendingly(this.$pending, fiber, wait)) this.$pending = null
    else if (this.$scope !== null && this.$scope.$cancels) this.$endWaitInScope(fiber, wait, this.$scope)
    else if (this.$owner !== null && this.$owner.$endsWaits) this.$owner.$parked(this, fiber, wait)
  }

  /** It is a function of its own, because a function in `$park()` would make V8 allocate for each wait. */
  private $endPendingly({ by }: PendingRequests, fiber: Fiber, wait: Wait): boolean {
    return inTheNameOf(by, () => this.$endWait(fiber, wait, this.$cancelMessage))
  }

  /** The task lets others go first. In a frame, it goes on in the next frame. @internal */
  $passTurn(fiber: Fiber, atRequest: boolean): void {
    const wait = atRequest ? ITS_TURN : BARE_YIELD
    if (fiber.$parkedAt !== wait) fiber.$parkedAt = wait
    this.$park(fiber, wait)
    this.$mode = TURN
    this.$value = atRequest ? RESUME : undefined
    const { $owner: owner, $loop: loop } = this
    if (owner !== null) {
      owner.$passTurn(this)
    } else if (loop.$later === null) {
      this.$queue()
    } else {
      this.$mode = LATER
      loop.$readyTasks++
      loop.$later.push(this)
    }
  }

  /** The next frame has come. @internal */
  $itsTurn(): void { this.$mode = TURN }

  // The wait of the task is over, or is ended.

  /** The wait is over. The task goes on with this when its turn comes. @internal */
  $wake(mode: Mode, value: unknown): void {
    this.$mode = mode
    this.$value = value
    this.$queue()
  }

  /** The future that the task waited for is done. The task goes on with its outcome when its turn comes. @internal */
  $settled(outcome: Outcome): void {
    this.$mode = SETTLED
    this.$value = outcome
    this.$queue()
  }

  /**
   * End a wait with a `CancelledError`. A future is cancelled. Any other wait is undone.
   * @returns false when the wait has ended already, and when the task waits for its turn only. @internal
   */
  protected $endWait(fiber: Fiber, wait: Wait, message: string | undefined): boolean {
    if (this.$isEnding) return false
    if (wait instanceof Future) return this.$cancelFuture(fiber, wait, message)
    if (wait.$ended !== false) return false
    try {
      wait.$unpark(fiber)
      this.$wake(RAISE, this.$cancelledError(message))
    } catch (error) {
      this.$wake(RAISE, error) // the task gets the error of the function that undoes the wait
    }
    return true
  }

  /** Cancel the future that the task waits for. If the request comes back, because the future waits for this task, the wait ends here. */
  private $cancelFuture(fiber: Fiber, future: Future, message: string | undefined): boolean {
    takeClosedCircle()
    const wasCancelled = cancelFor(this, () => future.cancel(message))
    if (!takeClosedCircle()) return wasCancelled
    this.$cutCircle(fiber, future, message)
    return true
  }

  /** Tasks wait for each other in a circle. The wait of this task ends, so that the circle is open. @internal */
  protected $cutCircle(fiber: Fiber, wait: Future, message: string | undefined): void {
    wait.$unpark(fiber)
    wait.$whenDone(readCancellation, nobody)
    fiber.$parkedAt = REFUSAL
    this.$wake(RAISE, this.$cancelledError(message))
  }

  /** End a wait for a cancelled scope. A task that only lets others go first gets the error at its turn. @internal */
  protected $endWaitInScope(fiber: Fiber, wait: Wait, scope: TaskScope): void {
    if (!inTheNameOf(scope.$cause, () => this.$endWait(fiber, wait, scope.$reason))) {
      if (wait !== BARE_YIELD && wait !== ITS_TURN) return
      this.$keepPending(scope.$reason).byScope = true
    }
    scope.$reach(this)
  }

  /** Keep a request to end the task. The task is told at its next wait, or when its turn comes. @internal */
  protected $keepPending(message: string | undefined): PendingRequests {
    this.$pending ??= { count: 0, byScope: false, by: null }
    this.$pending.by ??= blame.by
    this.$cancelMessage = message
    if (this.$isAdrift) this.$comeBack()
    return this.$pending
  }

  /** Is the task in a `switch()`? Then it goes on only if somebody switches back, which may never happen. @internal */
  protected get $isAdrift(): boolean {
    return parkedFiberOf(this) === null && whoseTurn() !== this && !turnsBelow.includes(this) &&
      this.$greenlet.$state === STARTED && this.$greenlet !== getCurrent()
  }

  /** Give the task a turn in the middle of a `switch()`, so that it can be told of a request to end. */
  private $comeBack(): void {
    this.$park(this.$greenlet, REFUSAL)
    this.$dock()
    this.$wake(SEND, undefined)
  }

  /** End the `switch()` of the task: from now on it waits in its own greenlet. @internal */
  protected $dock(): void {
    this.$fiber = this.$greenlet
    this.$greenlet.$waiter = this
    this.$greenlet.$state = WAITING
    this.$greenlet.$parkedAt = REFUSAL
  }

  // The task stands in a queue, and goes on.

  /** Put the task into the queue of the loop, or of its owner while that is paused or closing. @internal */
  $queue(): void {
    const { $owner: owner } = this
    if (owner !== null && owner.$isGated) {
      owner.$detain(this)
      return
    }
    this.$loop.$readyTasks++
    this.$loop.$enqueue(this)
  }

  /** Take the task out of the queue that it is in. @internal */
  $losesTurn(): void {
    this.$isEnding = false
    const { $owner: owner, $loop: loop } = this
    if (owner?.$losesTurn(this) === true) return
    loop.$readyTasks--
    const queue = this.$mode === LATER ? owner?.$frames ?? loop.$nextTurns : loop.$ready
    queue.forget(this)
  }

  /** Take a turn. @internal */
  $run(): void {
    this.$loop.$readyTasks--
    if (this.$owner !== null && this.$owner.$isGated && this.$owner.$turnsAside(this)) return
    if (this.$mode === TURN && this.$pending === null) {
      wakeFiber(this, this.$fiber, SEND, this.$value)
      return
    }
    const value = this.$value
    this.$isEnding = false
    if (value !== undefined) this.$value = undefined
    if (this.$pending !== null) this.$runCancelled(value)
    else resumeWaiter(this, this.$mode, value)
  }

  /** The task was asked to end after it began to wait, and the wait itself was not cancelled. It is told now. */
  private $runCancelled(value: unknown): void {
    const { $mode: mode } = this
    if (mode === SETTLED && (value as Outcome).$mustArrive) {
      resumeWaiter(this, mode, value)
      return
    }
    const error = this.$dropAnswer(value)
    const by = (this.$pending?.byScope === true ? this.$scope?.$cause : null) ?? this.$pending?.by ?? null
    this.$pending = null
    resumeWaiter(this, RAISE, error ?? inTheNameOf(by, () => this.$newCancelledError()))
  }

  /** Drop what the wait has brought. @returns the error of a cancellation, if the wait has brought that; otherwise `null`. @internal */
  protected $dropAnswer(value: unknown): CancelledError | null {
    let mode = this.$mode
    if (mode === SETTLED) {
      const outcome = value as Outcome
      mode = outcome.$answer()
      value = ANSWER.value
      if (mode === SEND) outcome.$wasted()
    } else if (mode === SEND) {
      this.$fiber.$parkedAt?.$wasted?.()
    }
    return mode === RAISE && isCancelled(value) ? value : null
  }
}

/** Nobody is left to read that a future was cancelled. */
function readCancellation(future: Future): void { if (isCancelled(future.$error)) future.$markRead() }
