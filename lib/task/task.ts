import { describe } from '../base/describe.ts'
import { ArgumentError, RuntimeError } from '../base/errors.ts'
import { CancelledError, isFatal } from '../base/task-errors.ts'
import { type Context, captureContext } from '../context/context.ts'
import { type Mode, RAISE, SEND, THROW } from '../generator/resume.ts'
import { Frame } from '../generator/frame.ts'
import { nameOfGenerator } from '../generator/names.ts'
import { isNativeGenerator } from '../generator/native-generator.ts'
import { CREATED } from '../generator/stack.ts'
import { ANSWER } from '../generator/registers.ts'
import { RESUME } from '../generator/request.ts'
import type { Awaitable } from '../generator/types.ts'
import type { FrameView } from '../generator/watch.ts'
import {
  type Fiber, NOTHING_MORE, type Parcel, STARTED, WAITING, type Wait, WaitRequest, parcel, whoseTurn,
} from '../greenlet/fiber.ts'
import { type Greenlet, checkedContext, getCurrent } from '../greenlet/greenlet.ts'
import { wakeFiber } from '../greenlet/wake.ts'
import { type Loop, type TaskLink, currentLoop, running } from '../loop/loop.ts'
import { rememberWhereMade, showLogicalStack } from './logical-stack.ts'
import { Future, type FutureOptions, type FutureState, underCancellation } from './future.ts'
import {
  BARE_YIELD, ITS_TURN, NO_TURN, type NextStep, type Outcome, REFUSAL, SETTLED, TURN, interruptedTurns, parkedFiberOf,
  resumeWaiter, resumeWaiterNow,
} from './waiter.ts'
import { TaskGreenlet } from './task-greenlet.ts'
import { OneTurn } from './pass-turn.ts'

export interface TaskOptions extends FutureOptions {
  /** For reports; `Task-1`, `Task-2`… by default. */
  readonly name?: string | null
  /** What its context variables live in; a copy of the current context by default. */
  readonly context?: Context | null
  /** Run it at once, until it waits for the first time, instead of in the next turn. */
  readonly eagerStart?: boolean
  /** The cancel scope that it is born into. @internal */
  readonly scope?: TaskScope | null
}

/** The options of a task, always with the same fields: V8 reads those of one shape faster. @internal */
export class Settings implements TaskOptions {
  readonly name: string | null
  readonly context: Context | null
  readonly eagerStart: boolean
  readonly scope: TaskScope | null
  readonly loop: Loop
  /** It begins in another way than most. */
  readonly special: boolean

  constructor({ name, context, eagerStart, scope, loop }: TaskOptions, where = loop ?? currentLoop()) {
    this.name = name ?? null
    this.context = checkedContext(context ?? null)
    this.eagerStart = eagerStart === true
    this.scope = scope ?? null
    this.loop = where
    this.special = this.eagerStart || this.scope !== null
  }
}

/** A region of code in which the waits of tasks can be cancelled, seen from below. */
export interface TaskScope {
  /** Are waits in it cancelled now? */
  readonly $cancels: boolean
  /** Of the errors that they end with. */
  readonly $reason: string | undefined
  /** A task is born in it. */
  $joined(task: Task): void
  /** A task in it has ended. */
  $left(task: Task): void
}

/** How many tasks have been made without a name. */
let unnamed = 0

/**
 * A future that drives a coroutine, in a greenlet of its own (Python's `asyncio.Task`). It is made by
 * `createTask(coroutine)`, and the loop holds on to it until it is done.
 */
export class Task<T = unknown> extends Future<T> {
  /** How it goes on when its turn comes. @internal */
  $mode: NextStep['$mode'] = TURN
  /** @internal */
  $value: unknown = undefined
  private $mustCancel = false
  /** The innermost cancel scope that it is in. @internal */
  $scope: TaskScope | null = null
  /** In which it waits, or waited last. @internal */
  $fiber: Fiber
  private readonly $greenlet: TaskGreenlet
  private readonly $coroutine: Awaitable<T>
  /** Given, or the number of one without a name: most are never asked for it. */
  private $name: string | number
  /** How often it was asked to end. */
  private $requests = 0
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
    this.$fiber = this.$greenlet = new TaskGreenlet(this, frameOf(coroutine), settings.context ?? captureContext())
    this.$coroutine = coroutine
    this.$name = settings.name ?? ++unnamed
    loop.$tasks.add(this)
    if (settings.special || loop.getDebug()) this.$beginSpecially(settings)
    else this.$queue()
  }

  private $beginSpecially({ scope, eagerStart }: Settings): void {
    const loop = this.$loop
    if (loop.getDebug()) rememberWhereMade(this)
    if (scope !== null) {
      this.$scope = scope
      scope.$joined(this)
    }
    if (eagerStart && running.loop === loop) resumeWaiterNow(this)
    else this.$queue()
  }

  override get state(): FutureState { return whoseTurn() === this && !this.done() ? 'running' : super.state }

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
    if (this.done()) return []
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

  /** What it waits for; `null` while it runs, or when it is ready or done. */
  waitingFor(): Wait | null {
    const wait = parkedFiberOf(this)?.$parkedAt ?? null
    return wait === null || wait.$ended === true ? null : wait
  }

  /**
   * Ask it to end: a `CancelledError` is thrown where it waits, in the next turn. What it waits for is cancelled too
   * (rule 12). Its code may catch the error and go on; then `uncancel()` says that this was meant.
   * @returns false when it is done already.
   */
  override cancel(message?: string): boolean {
    if (this.done()) return super.cancel(message)
    const chain: Task[] = []
    try {
      // Tasks that wait for each other are gone through one by one: there may be many, and even a circle of them.
      for (let task = this as unknown as Task | null; task !== null; task = task.$cancelHere(message)) {
        chain.push(task)
        underCancellation.add(task)
      }
    } finally {
      for (const task of chain) underCancellation.delete(task)
    }
    return true
  }

  /** @returns the task that it waits for, which is to be cancelled instead. */
  private $cancelHere(message: string | undefined): Task | null {
    this.$requests++
    const fiber = parkedFiberOf(this) ?? this.$greenlet
    const wait = fiber.$state === WAITING ? fiber.$parkedAt : null
    if (wait instanceof Future && underCancellation.has(wait)) {
      wait.$unpark(fiber) // a circle: it is cut here
      fiber.$parkedAt = REFUSAL
      this.$wake(RAISE, new CancelledError(message))
      return null
    }
    if (wait instanceof Task && !wait.done() && wait.cancel === Task.prototype.cancel) return wait as Task
    if (wait?.cancel?.(message) === true) return null
    this.$mustCancel = true
    this.$cancelMessage = message
    if (this.$isAdrift) this.$comeBack()
    return null
  }

  /** A cancel scope that it is in is cancelled: its wait ends, if it waits and nothing has ended the wait yet. @internal */
  $interrupt(reason: string | undefined): void {
    const fiber = parkedFiberOf(this)
    if (fiber === null) {
      if (!this.$isAdrift) return // it runs, and will come to a wait
      this.$mustCancel = true
      this.$cancelMessage = reason
      this.$comeBack()
    } else if (fiber.$top?.state !== CREATED) {
      this.$endWait(fiber.$parkedAt as Wait, reason)
    }
  }

  private $endWait(wait: Wait, reason: string | undefined): void {
    if (wait !== BARE_YIELD && wait !== ITS_TURN) {
      wait.cancel?.(reason)
    } else {
      this.$mustCancel = true
      this.$cancelMessage = reason
    }
  }

  /** From a `switch()` that nobody need end: it takes its turn, to be cancelled. */
  private $comeBack(): void {
    this.$park(this.$greenlet, REFUSAL)
    this.$greenlet.$state = WAITING
    this.$greenlet.$parkedAt = REFUSAL
    this.$wake(SEND, undefined)
  }

  /** It waits in a `switch()`, and nobody need ever switch back. */
  private get $isAdrift(): boolean {
    return parkedFiberOf(this) === null && whoseTurn() !== this && !interruptedTurns.includes(this) &&
      this.$greenlet.$state === STARTED && this.$greenlet !== getCurrent()
  }

  /** How often it was asked to end, less the calls of `uncancel()`. */
  cancelling(): number { return this.$requests }

  /** Take one request to end back. @returns how many are left. A pending one is dropped with the last (Python 3.13). */
  uncancel(): number {
    if (this.$requests > 0 && --this.$requests === 0) this.$mustCancel = false
    return this.$requests
  }

  /** @throws RuntimeError always (rule 14). */
  override setResult(): never { throw notByHand('setResult', 'result') }

  /** @throws RuntimeError always (rule 14). */
  override setException(): never { throw notByHand('setException', 'exception') }

  /** @internal */
  protected override get $described(): string { return `${super.$described} name='${this.getName()}' coro=${nameOf(this.$coroutine)}` }

  // It is a Strand: where it waits, and how it goes on.

  /** @internal */
  get $awaiter(): this { return this }

  /** @internal */
  $park(fiber: Fiber, wait: Wait): void {
    if (this.$fiber !== fiber) this.$fiber = fiber
    if (fiber.$waiter !== this) fiber.$waiter = this
    if (this.$mustCancel && wait.cancel?.(this.$cancelMessage) === true) this.$mustCancel = false
    else if (this.$scope !== null && this.$scope.$cancels) this.$endWait(wait, this.$scope.$reason)
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
    this.$queue()
  }

  /** @internal */
  $settled(outcome: Outcome): void {
    this.$mode = SETTLED
    this.$value = outcome
    this.$queue()
  }

  /** @internal */
  $interrupted(): void {
    this.$loop.$ready.replace(this, NO_TURN)
  }

  private $queue(): void { this.$loop.$ready.push(this) }

  /** Take a turn. @internal */
  $run(): void {
    if (this.$mode === TURN && !this.$mustCancel) {
      wakeFiber(this, this.$fiber, SEND, this.$value)
      return
    }
    const value = this.$value
    if (value !== undefined) this.$value = undefined
    if (this.$mustCancel) this.$runCancelled(value)
    else resumeWaiter(this, this.$mode, value)
  }

  /** It was asked to end since it began to wait: unless the wait was cancelled, it is told now. */
  private $runCancelled(value: unknown): void {
    this.$mustCancel = false
    let mode = this.$mode
    if (mode === SETTLED) {
      mode = (value as Outcome).$answer()
      value = ANSWER.value
    }
    resumeWaiter(this, RAISE, mode === RAISE && value instanceof CancelledError ? value : this.$newCancelledError())
  }

  /** Its coroutine has ended. @internal */
  $finish(mode: Mode, value: unknown): Parcel {
    this.$loop.$tasks.remove(this)
    this.$scope?.$left(this)
    if (mode === SEND) {
      if (this.$mustCancel) super.cancel(this.$cancelMessage)
      else super.setResult(value as T)
      if (this.$requests > 0 && !this.cancelled() && this.$loop.getDebug()) this.$reportSwallowed()
    } else if (value instanceof CancelledError) {
      this.$endCancelled(value)
    } else {
      showLogicalStack(value, this)
      this.$fail(value)
      if (isFatal(value)) return parcel(THROW, value)
    }
    return NOTHING_MORE
  }

  private $reportSwallowed(): void {
    this.$loop.callExceptionHandler({
      message: 'Task swallowed a cancellation: it caught the CancelledError and returned. Throw it on, or call uncancel()',
      task: this,
    })
  }
}

/** The frame of what a task runs. */
function frameOf(coroutine: unknown): Frame {
  return isNativeGenerator(coroutine) ? new Frame(coroutine) : frameOfOther(coroutine)
}

function frameOfOther(coroutine: unknown): Frame {
  if (coroutine instanceof Frame) return isUsed(coroutine) ? new Frame(waiting(coroutine)) : coroutine
  if (coroutine instanceof WaitRequest || coroutine instanceof OneTurn) return new Frame(waiting(coroutine))
  throw new ArgumentError(typeof coroutine === 'function'
    ? `a coroutine was expected, got the function ${coroutine.name}. Call it: createTask(${coroutine.name}(...))`
    : `a coroutine was expected, got ${describe(coroutine)}`, 'NOT_A_COROUTINE')
}

/** Has it been awaited before? Then it cannot run again, and the task is to fail with that. */
function isUsed(coroutine: Frame): boolean {
  try {
    coroutine[Symbol.iterator]()
    return false
  } catch {
    return true
  }
}

/** The coroutine of a request that is not asked at once, a `sleep()` for one. */
function* waiting(request: WaitRequest | OneTurn | Frame): Generator<unknown, unknown, unknown> { return yield* request }

function framesOf(fiber: Fiber): FrameView[] {
  const frames: FrameView[] = []
  for (let frame = fiber.$top; frame !== null; frame = frame.below) frames.push(frame)
  return frames.reverse()
}

function nameOf(coroutine: object): string {
  if (isNativeGenerator(coroutine)) return nameOfGenerator(coroutine)
  return coroutine instanceof Frame ? coroutine.name : (coroutine as WaitRequest | OneTurn).toString()
}

function notByHand(method: string, what: string): Error {
  return new RuntimeError(`Task does not support ${method}(): its coroutine decides its ${what}. Write loop.createFuture()`,
    { code: 'TASK_IS_NOT_SET_BY_HAND' })
}

/** The tasks of a loop that are not done, in the order they were made. */
export function tasksOf(loop: Loop): Task[] { return Array.from(loop.$tasks as Iterable<TaskLink> as Iterable<Task>) }
