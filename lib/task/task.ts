import { RuntimeError } from '../base/errors.ts'
import { CancelledError, isFatal } from '../base/task-errors.ts'
import { showWay } from '../base/way.ts'
import { type Context, captureContext } from '../context/context.ts'
import { registers } from '../generator/registers.ts'
import { type Mode, SEND, THROW } from '../generator/resume.ts'
import type { Awaitable } from '../generator/types.ts'
import { type FrameView, notify } from '../generator/watch.ts'
import { type Fiber, NOTHING_MORE, type Parcel, parcel, whoseTurn } from '../greenlet/fiber.ts'
import type { Greenlet } from '../greenlet/greenlet.ts'
import { noteWay, stackHere } from '../loop/logical-stack.ts'
import { type Loop, type TaskLink, running } from '../loop/loop.ts'
import { forgetRoute } from './cancel-chain.ts'
import { EndableTask } from './endable-task.ts'
import type { FutureState } from './future-status.ts'
import { nameOfCoroutine, taskFrame } from './task-coroutine.ts'
import { TaskGreenlet } from './task-greenlet.ts'
import { Settings, type TaskOptions, type TaskScope } from './task-options.ts'
import { type OwnerLink, ownerOfTurn } from './owner-link.ts'
import { type NextStep, TURN, parkedFiberOf, runNow } from './waiter.ts'
import type { PendingRequests } from './waiting-task.ts'

/** What the trace of a loop says of a task. */
const BEGINS = 1
const ENDS = 2
const FAILS = 3

/**
 * A future that drives a coroutine, in a greenlet of its own (Python's `asyncio.Task`). It is made by
 * `createTask(coroutine)`, and the loop holds on to it until it is done.
 */
export class Task<T = unknown> extends EndableTask<T> {
  /** @internal */
  $mode: NextStep['$mode'] = TURN
  /** @internal */
  $value: unknown = undefined
  /** @internal */
  protected $isEnding = false
  /** @internal */
  protected $pending: PendingRequests | null = null
  /** @internal */
  $scope: TaskScope | null = null
  /** @internal */
  $fiber: Fiber
  /** @internal */
  protected readonly $greenlet: TaskGreenlet
  private readonly $coroutine: Awaitable<T>
  /** Given, or the number of one without a name: most are never asked for it. */
  private $name: string | number
  /** @internal */
  $requests = 0
  /** @internal */
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
    if (loop.getDebug()) this.$madeAt = stackHere()
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

  /** @throws RuntimeError always (rule 14). */
  override setResult(): never { throw notByHand('setResult', 'result') }

  /** @throws RuntimeError always (rule 14). */
  override setException(): never { throw notByHand('setException', 'exception') }

  /** @internal */
  protected override get $described(): string { return `${super.$described} name='${this.getName()}' coro=${nameOfCoroutine(this.$coroutine)}` }

  /** Its coroutine has ended. @internal */
  $finish(mode: Mode, value: unknown): Parcel {
    this.$endWith(mode, value)
    return mode !== SEND && isFatal(value) ? parcel(THROW, value) : NOTHING_MORE
  }

  /** @internal */
  protected $endWith(mode: Mode, value: unknown): void {
    this.$loop.$tasks.remove(this)
    this.$scope?.$left(this)
    forgetRoute(this)
    this.$settleWith(mode, value)
    this.$trace(this.$hasError ? FAILS : ENDS)
    this.$owner?.$left(this)
  }

  private $settleWith(mode: Mode, value: unknown): void {
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
  }

  private $trace(what: number): void {
    const { $hash: hash } = this.$loop
    hash.add(what)
    if (typeof this.$name === 'number') hash.add(this.$name)
    else hash.addText(this.$name)
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
