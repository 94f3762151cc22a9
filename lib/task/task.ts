import { RuntimeError } from '../base/errors.ts'
import { words } from '../base/describe.ts'
import { explainEngineError } from '../base/engine-errors.ts'
import { isCancelled, isFatal } from '../base/task-errors.ts'
import { showWay } from '../base/way.ts'
import { type Context, captureContext } from '../context/context.ts'
import { checkedPlain } from '../generator/plain-function.ts'
import { registers } from '../generator/registers.ts'
import { noteAwaited } from '../generator/made.ts'
import { type Mode, SEND, THROW } from '../generator/resume.ts'
import { CREATED } from '../generator/stack.ts'
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

// What the trace of a loop notes about a task.
const BEGINS = 1
const ENDS = 2
const FAILS = 3

/**
 * A future that runs a coroutine, in a greenlet of its own. `createTask(coroutine)` makes it. The loop keeps it until it is done.
 * It is Python's `asyncio.Task`.
 */
export class Task<T = unknown> extends EndableTask<T> {
  /** @internal */
  $mode: NextStep['$mode'] = TURN
  /** @internal */
  $value: unknown = undefined
  /** @internal */
  protected $isEnding = false
  /** @internal */
  $pending: PendingRequests | null = null
  /** @internal */
  $scope: TaskScope | null = null
  /** @internal */
  $fiber: Fiber
  /** @internal */
  protected readonly $greenlet: TaskGreenlet
  private readonly $coroutine: Awaitable<T>
  /** The name that was given, or the number in `Task-1`. The text is made when somebody asks for it, because most tasks are never asked. */
  private $name: string | number
  /** @internal */
  $requests = 0
  /** @internal */
  $owner: OwnerLink | null
  /** In debug mode: the stack where the task was made. @internal */
  declare $madeAt?: string
  /** The task was begun in a shielded scope while its owner was being closed. So it may wait. @internal */
  declare $isSheltered?: boolean
  /** The neighbours in the loop's list of tasks. @internal */
  $before: TaskLink | null = null
  /** @internal */
  $after: TaskLink | null = null

  /**
   * Make a task, which begins in the next turn.
   * @throws TypeError when `coroutine` is not a coroutine; RuntimeError when no loop is given and none runs, or when the loop is
   * closed.
   */
  constructor(coroutine: Awaitable<T>, options: TaskOptions = {}) {
    const settings = options instanceof Settings ? options : new Settings(options, coroutine)
    super(settings)
    const loop = this.$loop
    loop.$throwIfClosed()
    loop.$border?.cross('createTask()')
    this.$fiber = this.$greenlet = new TaskGreenlet(this, taskFrame(coroutine, this), settings.context ?? captureContext())
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
      noteAwaited(this.$coroutine)
    }
    if (scope !== null) {
      this.$scope = scope
      scope.$joined(this)
    }
    group?.$adopt(this)
    if (eagerStart && running.loop === loop && this.$owner?.$isGated !== true) {
      loop.$readyTasks++
      runNow(this)
    } else {
      this.$queue()
    }
  }

  /** Has the code of the task begun? @internal */
  get $hasBegun(): boolean { return this.$greenlet.$top?.state !== CREATED }

  /** The state of the task, in one word. Only a task can be `'running'`. */
  override get state(): FutureState { return whoseTurn() === this && !this.$ended ? 'running' : super.state }

  /** The name of the task in reports. It is Python's `Task.get_name()`. */
  getName(): string { return typeof this.$name === 'string' ? this.$name : `Task-${this.$name}` }

  /** Give the task another name. It is Python's `Task.set_name()`. */
  setName(name: string): void { this.$name = words(name) }

  /** The coroutine that the task runs. It is Python's `Task.get_coro()`. */
  getCoro(): Awaitable<T> { return this.$coroutine }

  /**
   * The context of the task, which holds its context variables. It is `null` as long as no variable was set. It is Python's
   * `Task.get_context()`.
   */
  getContext(): Context | null { return this.$greenlet.context }

  /** The greenlet in which the task runs. */
  getGreenlet(): Greenlet { return this.$greenlet }

  /**
   * The frames in which the task waits, outermost first. If it has switched to another greenlet, the frames of that one follow. A
   * task that is done has none. It is Python's `Task.get_stack()`.
   */
  getStack(): FrameView[] {
    if (this.$ended) return []
    const frames: FrameView[] = [...framesOf(this.$greenlet)]
    const fiber = parkedFiberOf(this)
    if (fiber !== null && fiber !== this.$greenlet) frames.push(...framesOf(fiber))
    return frames
  }

  /**
   * Write the stack of the task, as Python's `Task.print_stack()` does.
   * @param write takes the text. The default is the logger of the loop.
   */
  printStack(write: (text: string) => void = text => { this.$loop.$log(text) }): void {
    checkedPlain('printStack()', write)
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

  /** The coroutine of the task has ended. @internal */
  $finish(mode: Mode, value: unknown): Parcel {
    this.$endWith(mode, value)
    return mode !== SEND && isFatal(value) ? parcel(THROW, value) : NOTHING_MORE
  }

  /** Settle the task, and take it out of everything that knows it. @internal */
  protected $endWith(mode: Mode, value: unknown): void {
    this.$loop.$tasks.remove(this)
    this.$greenlet.$parkedAt = null // what it waited for last may hold a value
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
    } else if (isCancelled(value)) {
      if (this.$loop.$main === this) noteWay(value, this) // others only pass it on
      this.$endCancelled(value)
    } else {
      const isAwaited = this.$isAwaited
      explainEngineError(value)
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
