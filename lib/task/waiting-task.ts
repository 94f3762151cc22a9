import { CancelledError } from '../base/task-errors.ts'
import { ANSWER } from '../generator/registers.ts'
import { RESUME } from '../generator/request.ts'
import { type Mode, RAISE, SEND } from '../generator/resume.ts'
import { type Fiber, STARTED, WAITING, type Wait, turnsBelow, whoseTurn } from '../greenlet/fiber.ts'
import { getCurrent } from '../greenlet/greenlet.ts'
import { wakeFiber } from '../greenlet/wake.ts'
import { blame, inTheNameOf } from './blame.ts'
import { Future } from './future.ts'
import type { Outcome } from './listeners.ts'
import type { OwnerLink } from './owner-link.ts'
import type { TaskScope } from './task-options.ts'
import { LATER, type LoopWaiter, type NextStep, SETTLED, TURN, parkedFiberOf, resumeWaiter } from './waiter.ts'
import { BARE_YIELD, ITS_TURN, REFUSAL } from './waits.ts'

/** Requests to end a task that it is told of at its next wait, or when its turn comes. */
export interface PendingRequests {
  /** How many requests: of `task.cancel()`, groups and time limits. */
  count: number
  /** A cancel scope asks for it, too. */
  byScope: boolean
  /** Who asks for it, if that is known. */
  by: object | null
}

/** What of a task waits: where, how its wait is ended, and how it goes on when its turn comes. */
export abstract class WaitingTask<T> extends Future<T> implements LoopWaiter, NextStep {
  /** How it goes on when its turn comes. @internal */
  abstract $mode: NextStep['$mode']
  /** @internal */
  abstract $value: unknown
  /** In which it waits, or waited last. @internal */
  abstract $fiber: Fiber
  /** Its own. @internal */
  protected abstract readonly $greenlet: Fiber
  /** The innermost cancel scope that it is in. @internal */
  abstract $scope: TaskScope | null
  /** Whose it is; `null` for nobody's. @internal */
  abstract $owner: OwnerLink | null
  /** Requests to end it that have not been delivered. @internal */
  protected abstract $pending: PendingRequests | null
  /** Its owner has ended a wait that goes on without it: it waits for nothing but its turn. @internal */
  protected abstract $isEnding: boolean

  /** What it waits for; `null` while it runs, or when it is ready or done. @internal */
  get $wait(): Wait | null {
    const wait = parkedFiberOf(this)?.$parkedAt ?? null
    return wait === null || wait.$ended === true ? null : wait
  }

  /** It waits for nothing but its turn. @internal */
  get $isQueued(): boolean {
    const wait = parkedFiberOf(this)?.$parkedAt
    return this.$isEnding || (wait !== undefined && wait !== null && wait.$ended !== false)
  }

  /** @internal */
  get $awaiter(): this { return this }

  /** @internal */
  get $home(): Fiber { return this.$greenlet }

  // It begins to wait.

  /** @internal */
  $park(fiber: Fiber, wait: Wait): void {
    if (this.$fiber !== fiber) this.$fiber = fiber
    if (fiber.$waiter !== this) fiber.$waiter = this
    const pending = this.$pending
    if (pending !== null && inTheNameOf(pending.by, () => this.$endWait(fiber, wait, this.$cancelMessage))) this.$pending = null
    else if (this.$scope !== null && this.$scope.$cancels) this.$endWaitInScope(fiber, wait, this.$scope)
    else if (this.$owner !== null && this.$owner.$endsWaits) this.$owner.$parked(this, fiber, wait)
  }

  /** @internal */
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

  // Its wait is over, or is ended.

  /** @internal */
  $wake(mode: Mode, value: unknown): void {
    this.$mode = mode
    this.$value = value
    this.$queue()
  }

  /** @internal */
  $settled(outcome: Outcome): void {
    this.$mode = SETTLED
    this.$value = outcome
    this.$queue()
  }

  /**
   * End a wait with a `CancelledError`: a future is cancelled itself, and from anything else the registration is taken back.
   * @returns false when it has ended already, or when only a turn is waited for. @internal
   */
  protected $endWait(fiber: Fiber, wait: Wait, message: string | undefined): boolean {
    if (this.$isEnding) return false
    if (wait instanceof Future) return this.$cancelFuture(wait, message)
    if (wait.$ended !== false) return false
    try {
      wait.$unpark(fiber)
      this.$wake(RAISE, this.$cancelledError(message))
    } catch (error) {
      this.$wake(RAISE, error) // the undo has failed, and the task is told
    }
    return true
  }

  /** The future may have this task among what it cancels, which is a circle. */
  private $cancelFuture(future: Future, message: string | undefined): boolean {
    if (this.$isCancelling) return future.cancel(message)
    this.$markCancelling(true)
    try {
      return future.cancel(message)
    } finally {
      this.$markCancelling(false)
    }
  }

  /** @internal */
  protected $endWaitInScope(fiber: Fiber, wait: Wait, scope: TaskScope): void {
    if (!inTheNameOf(scope.$cause, () => this.$endWait(fiber, wait, scope.$reason))) {
      if (wait !== BARE_YIELD && wait !== ITS_TURN) return
      this.$keepPending(scope.$reason).byScope = true
    }
    scope.$reach(this)
  }

  /** It is told at its next wait, or when its turn comes. @internal */
  protected $keepPending(message: string | undefined): PendingRequests {
    this.$pending ??= { count: 0, byScope: false, by: null }
    this.$pending.by ??= blame.by
    this.$cancelMessage = message
    if (this.$isAdrift) this.$comeBack()
    return this.$pending
  }

  /** It waits in a `switch()`, and nobody need ever switch back. @internal */
  protected get $isAdrift(): boolean {
    return parkedFiberOf(this) === null && whoseTurn() !== this && !turnsBelow.includes(this) &&
      this.$greenlet.$state === STARTED && this.$greenlet !== getCurrent()
  }

  /** From a `switch()` that nobody need end: it takes its turn, to be cancelled. */
  private $comeBack(): void {
    this.$park(this.$greenlet, REFUSAL)
    this.$dock()
    this.$wake(SEND, undefined)
  }

  /** From a `switch()` that nobody need end: it waits in its own greenlet. @internal */
  protected $dock(): void {
    this.$fiber = this.$greenlet
    this.$greenlet.$waiter = this
    this.$greenlet.$state = WAITING
    this.$greenlet.$parkedAt = REFUSAL
  }

  // It stands in a queue, and goes on.

  /** @internal */
  $queue(): void {
    const { $owner: owner } = this
    if (owner !== null && owner.$isGated) {
      owner.$detain(this)
      return
    }
    this.$loop.$readyTasks++
    this.$loop.$enqueue(this)
  }

  /** @internal */
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

  /** It was asked to end since it began to wait: unless the wait was cancelled, it is told now. */
  private $runCancelled(value: unknown): void {
    const { $mode: mode } = this
    if (mode === SETTLED && (value as Outcome).$mustArrive) {
      resumeWaiter(this, mode, value)
      return
    }
    const error = this.$dropAnswer(value)
    const by = this.$pending?.byScope === true ? this.$scope?.$cause ?? null : this.$pending?.by ?? null
    this.$pending = null
    resumeWaiter(this, RAISE, error ?? inTheNameOf(by, () => this.$newCancelledError()))
  }

  /** It does not get what its wait brought. @returns the cancellation that this was, or `null`. @internal */
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
    return mode === RAISE && value instanceof CancelledError ? value : null
  }
}
