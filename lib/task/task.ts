import { RuntimeError } from '../base/errors.ts'
import { CancelledError, isFatal } from '../base/task-errors.ts'
import { instantiate } from '../base/throwable.ts'
import { type Context, captureContext } from '../context/context.ts'
import { ANSWER, registers } from '../generator/registers.ts'
import { RESUME } from '../generator/request.ts'
import { noteAwaited } from '../generator/made.ts'
import { type Mode, RAISE, SEND, THROW } from '../generator/resume.ts'
import { CREATED } from '../generator/stack.ts'
import type { Awaitable } from '../generator/types.ts'
import { type FrameView, notify } from '../generator/watch.ts'
import { type Fiber, DEAD, NOTHING_MORE, type Parcel, STARTED, WAITING, type Wait, isOnStack, parcel, turnsBelow, whoseTurn } from '../greenlet/fiber.ts'
import { type Greenlet, getCurrent } from '../greenlet/greenlet.ts'
import { wakeFiber } from '../greenlet/wake.ts'
import { noteWay, stackHere } from '../loop/logical-stack.ts'
import { showWay } from '../base/way.ts'
import { type Loop, type TaskLink, running } from '../loop/loop.ts'
import { blame, inTheNameOf } from './blame.ts'
import { cancelChain, forgetRoute, requestsOf } from './cancel-chain.ts'
import { Future, type FutureState } from './future.ts'
import type { Outcome } from './listeners.ts'
import { nameOfCoroutine, taskFrame } from './task-coroutine.ts'
import { TaskGreenlet } from './task-greenlet.ts'
import { Settings, type TaskOptions, type TaskScope } from './task-options.ts'
import { type OwnerLink, ownerOfTurn } from './owner-link.ts'
import { noteGiven } from './used-up.ts'
import { LATER, type NextStep, SETTLED, TURN, parkedFiberOf, resumeWaiter, runNow } from './waiter.ts'
import { BARE_YIELD, ITS_TURN, REFUSAL } from './waits.ts'

/** What the trace of a loop says of a task. */
const BEGINS = 1
const ENDS = 2
const FAILS = 3

/** Requests to end a task that it is told of at its next wait, or when its turn comes. */
export interface PendingRequests {
  /** How many requests: of `task.cancel()`, groups and time limits. */
  count: number
  /** A cancel scope asks for it, too. */
  byScope: boolean
  /** Who asks for it, if that is known. */
  by: object | null
}

/**
 * A future that drives a coroutine, in a greenlet of its own (Python's `asyncio.Task`). It is made by
 * `createTask(coroutine)`, and the loop holds on to it until it is done.
 */
export class Task<T = unknown> extends Future<T> {
  /** How it goes on when its turn comes. @internal */
  $mode: NextStep['$mode'] = TURN
  /** @internal */
  $value: unknown = undefined
  /** Its owner has ended a wait that goes on without it: it waits for nothing but its turn. */
  private $isEnding = false
  /** Requests to end it that have not been delivered. */
  private $pending: PendingRequests | null = null
  /** The innermost cancel scope that it is in. @internal */
  $scope: TaskScope | null = null
  /** In which it waits, or waited last. @internal */
  $fiber: Fiber
  private readonly $greenlet: TaskGreenlet
  private readonly $coroutine: Awaitable<T>
  /** Given, or the number of one without a name: most are never asked for it. */
  private $name: string | number
  /** How often it was asked to end: see `requestsOf()`. @internal */
  $requests = 0
  /** Whose it is; `null` for nobody's. @internal */
  $owner: OwnerLink | null
  /** In debug mode: where it was made. @internal */
  declare $madeAt?: string
  /** In the list of the loop. @internal */
  $before: TaskLink | null = null
  /** @internal */
  $after: TaskLink | null = null

  /** @throws TypeError when it is no coroutine; RuntimeError when there is no loop, or it is closed. */
  constructor(coroutine: Awaitable<T>, options: TaskOptions = {}) {
    const settings = options instanceof Settings ? options : new Settings(options)
    super(settings)
    const loop = this.$loop
    loop.$throwIfClosed()
    this.$fiber = this.$greenlet = new TaskGreenlet(this, taskFrame(coroutine), settings.context ?? captureContext())
    this.$coroutine = coroutine
    this.$owner = loop.$hasOwners ? settings.owner ?? ownerOfTurn() : null
    this.$owner?.$adopt(this)
    this.$name = settings.name ?? ++loop.$unnamed
    loop.$tasks.add(this)
    if (registers.observed) notify('task', null, this)
    this.$trace(BEGINS)
    if (settings.special || loop.getDebug()) this.$beginSpecially(settings)
    else this.$queue()
  }

  private $beginSpecially({ scope, group, eagerStart }: Settings): void {
    const loop = this.$loop
    if (loop.getDebug()) {
      this.$madeAt = stackHere()
      this.$lookCloser()
    }
    if (scope !== null) {
      this.$scope = scope
      scope.$joined(this)
    }
    group?.$adopt(this)
    if (eagerStart && running.loop === loop && this.$owner?.$isGated !== true) {
      loop.$readyTasks++
      runNow(loop.$ready, this)
    } else {
      this.$queue()
    }
  }

  /** In debug mode. */
  private $lookCloser(): void {
    noteAwaited(this.$coroutine)
    const reused = noteGiven(this.$coroutine, this)
    if (reused === null) return
    this.$mode = RAISE
    this.$value = reused
  }

  override get state(): FutureState { return whoseTurn() === this && !this.$ended ? 'running' : super.state }

  getName(): string { return typeof this.$name === 'string' ? this.$name : `Task-${this.$name}` }

  setName(name: string): void { this.$name = name }

  /** What it runs. */
  getCoro(): Awaitable<T> { return this.$coroutine }

  /** What its context variables live in; `null` as long as that is empty. */
  getContext(): Context | null { return this.$greenlet.context }

  /** The greenlet that it runs in. */
  getGreenlet(): Greenlet { return this.$greenlet }

  /** The frames in which it waits, outermost first, through the greenlets that it switched to. None when it is done. */
  getStack(): FrameView[] {
    if (this.$ended) return []
    const frames: FrameView[] = [...framesOf(this.$greenlet)]
    const fiber = parkedFiberOf(this)
    if (fiber !== null && fiber !== this.$greenlet) frames.push(...framesOf(fiber))
    return frames
  }

  /** Write the stack, as Python does: to `write`, by default through the loop's logger. */
  printStack(write: (text: string) => void = text => { this.$loop.$log(text) }): void {
    const frames = this.getStack()
    if (frames.length === 0) write(`No stack for ${this.toString()}`)
    else write([`Stack for ${this.toString()} (most recent call last):`, ...frames.map(frame => `  in ${frame.name}`)].join('\n'))
  }

  /** What it waits for; `null` while it runs, or when it is ready or done. @internal */
  get $wait(): Wait | null {
    const wait = parkedFiberOf(this)?.$parkedAt ?? null
    return wait === null || wait.$ended === true ? null : wait
  }

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

  /** @internal */
  get $taskAhead(): Task | null {
    const wait = parkedFiberOf(this)?.$parkedAt
    return wait instanceof Task && !wait.$ended && wait.cancel === Task.prototype.cancel ? wait as Task : null
  }

  /** @internal */
  $cancelWait(message: string | undefined): void {
    const fiber = parkedFiberOf(this) ?? this.$greenlet
    const wait = fiber.$state === WAITING ? fiber.$parkedAt as Wait : null
    if (wait instanceof Future && wait.$isCancelling) this.$cutCircle(fiber, wait, message)
    else if (wait === null || !this.$endWait(fiber, wait, message)) this.$keepPending(message).count++
  }

  /** It is told at its next wait, or when its turn comes. */
  private $keepPending(message: string | undefined): PendingRequests {
    this.$pending ??= { count: 0, byScope: false, by: null }
    this.$pending.by ??= blame.by
    this.$cancelMessage = message
    if (this.$isAdrift) this.$comeBack()
    return this.$pending
  }

  /** They wait for each other in a circle, which ends here. */
  private $cutCircle(fiber: Fiber, wait: Future, message: string | undefined): void {
    wait.$unpark(fiber)
    fiber.$parkedAt = REFUSAL
    this.$wake(RAISE, this.$cancelledError(message))
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

  private $endWaitInScope(fiber: Fiber, wait: Wait, scope: TaskScope): void {
    if (!inTheNameOf(scope.$cause, () => this.$endWait(fiber, wait, scope.$reason))) {
      if (wait !== BARE_YIELD && wait !== ITS_TURN) return
      this.$keepPending(scope.$reason).byScope = true
    }
    scope.$reach(this)
  }

  /**
   * End a wait with a `CancelledError`: a future is cancelled itself, and from anything else the registration is taken back.
   * @returns false when it has ended already, or when only a turn is waited for.
   */
  private $endWait(fiber: Fiber, wait: Wait, message: string | undefined): boolean {
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

  /** From a `switch()` that nobody need end: it takes its turn, to be cancelled. */
  private $comeBack(): void {
    this.$park(this.$greenlet, REFUSAL)
    this.$dock()
    this.$wake(SEND, undefined)
  }

  /** From a `switch()` that nobody need end: it waits in its own greenlet. @internal */
  $dock(): void {
    this.$fiber = this.$greenlet
    this.$greenlet.$waiter = this
    this.$greenlet.$state = WAITING
    this.$greenlet.$parkedAt = REFUSAL
  }

  /** It waits in a `switch()`, and nobody need ever switch back. */
  private get $isAdrift(): boolean {
    return parkedFiberOf(this) === null && whoseTurn() !== this && !turnsBelow.includes(this) &&
      this.$greenlet.$state === STARTED && this.$greenlet !== getCurrent()
  }

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
      try {
        wait.$unpark(fiber)
      } catch (undoing) {
        error = undoing // the undo has failed, and the task is told
      }
    }
    this.$value = undefined
    runNow(this.$loop.$ready, this, () => { resumeWaiter(this, RAISE, error) })
  }

  /** It waits for nothing but its turn. @internal */
  get $isQueued(): boolean {
    const wait = parkedFiberOf(this)?.$parkedAt
    return this.$isEnding || (wait !== undefined && wait !== null && wait.$ended !== false)
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

  /** @internal */
  $newEnd(reason: string | undefined): CancelledError { return this.$cancelledError(reason) }

  /** Its owner is being closed: a wait ends as it begins, but what it waits for is left alone. @internal */
  $endWaitNow(fiber: Fiber, wait: Wait, reason: string | undefined): void {
    if (wait.$ended === undefined) {
      this.$keepPending(reason).byScope = true
    } else if (!wait.$ended) {
      let error: unknown = this.$cancelledError(reason)
      try {
        wait.$unpark(fiber)
      } catch (undoing) {
        error = undoing
      }
      this.$isEnding = true
      this.$wake(RAISE, error)
    }
  }

  /** Its owner has waited for its end for long enough: it is cancelled, and its frames never go on. @internal */
  $giveUp(error: CancelledError): void {
    const fiber = parkedFiberOf(this)
    if (!this.$isEnding && fiber?.$parkedAt?.$ended === false) fiber.$parkedAt.$unpark(fiber)
    this.$tearOff(error)
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

  /** @internal */
  get $tasksBehind(): Task[] {
    return this.$awaitedBy.filter((future): future is Task => future instanceof Task && future.$fiber.$parkedAt === (this as unknown))
  }

  /** @throws RuntimeError always (rule 14). */
  override setResult(): never { throw notByHand('setResult', 'result') }

  /** @throws RuntimeError always (rule 14). */
  override setException(): never { throw notByHand('setException', 'exception') }

  /** @internal */
  protected override get $described(): string { return `${super.$described} name='${this.getName()}' coro=${nameOfCoroutine(this.$coroutine)}` }

  // It is a LoopWaiter: where it waits, and how it goes on.

  /** @internal */
  get $awaiter(): this { return this }

  /** @internal */
  get $home(): Fiber { return this.$greenlet }

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
  $wake(mode: Mode, value: unknown): void {
    this.$mode = mode
    this.$value = value
    this.$queue()
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

  /** @internal */
  $settled(outcome: Outcome): void {
    this.$mode = SETTLED
    this.$value = outcome
    this.$queue()
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
  $dropAnswer(value: unknown): CancelledError | null {
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

  /** Its coroutine has ended. @internal */
  $finish(mode: Mode, value: unknown): Parcel {
    this.$end()
    this.$finishWith(mode, value)
    this.$owner?.$left(this)
    return mode !== SEND && isFatal(value) ? parcel(THROW, value) : NOTHING_MORE
  }

  /** It is not among those who live any more. */
  private $end(): void {
    this.$loop.$tasks.remove(this)
    this.$scope?.$left(this)
    forgetRoute(this)
  }

  private $finishWith(mode: Mode, value: unknown): void {
    if (mode === SEND) {
      if (this.$pending !== null) this.$settleCancelled(this.$cancelMessage)
      else this.$settleResult(value as T)
      if (this.$requests > 0 && !this.$isCancelled && this.$loop.getDebug()) this.$reportSwallowed()
    } else if (value instanceof CancelledError) {
      this.$endCancelled(value)
    } else {
      const isAwaited = this.$isAwaited
      noteWay(value, this)
      this.$fail(value)
      const leaves = isFatal(value)
      if (leaves || this.$loop.getDebug()) showWay(value)
      if (!leaves) this.$loop.$noteFailure(this, isAwaited)
    }
    this.$trace(this.$hasError ? FAILS : ENDS)
  }

  private $trace(what: number): void {
    const { $hash: hash } = this.$loop
    hash.add(what)
    if (typeof this.$name === 'number') hash.add(this.$name)
    else hash.addText(this.$name)
  }

  /** It is over, and its frames go on no more: its host has torn it off, or its owner has given it up. @internal */
  $tearOff(error: unknown): void {
    if (this.$ended) return
    this.$end()
    this.$fiber.$state = this.$greenlet.$state = DEAD
    this.$finishWith(THROW, error)
    this.$owner?.$left(this)
  }

  private $reportSwallowed(): void {
    this.$loop.callExceptionHandler({
      message: 'Task swallowed a cancellation: it caught the CancelledError and returned. Throw it on, or call uncancel()',
      task: this,
    })
  }
}

function framesOf(fiber: Fiber): FrameView[] {
  const frames: FrameView[] = []
  for (let frame = fiber.$top; frame !== null; frame = frame.below) frames.push(frame)
  return frames.reverse()
}

function notByHand(method: string, what: string): Error {
  return new RuntimeError(`Task does not support ${method}(): its coroutine decides its ${what}. Write loop.createFuture()`,
    { code: 'TASK_IS_NOT_SET_BY_HAND' })
}

/** The tasks of a loop that are not done, in the order they were made. */
export function tasksOf(loop: Loop): Task[] { return Array.from(loop.$tasks as Iterable<TaskLink> as Iterable<Task>) }
