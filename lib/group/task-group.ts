import { describe } from '../base/describe.ts'
import { ArgumentError } from '../base/errors.ts'
import { explainEngineError } from '../base/engine-errors.ts'
import { ExceptionGroup } from '../base/exception-group.ts'
import { INSPECT } from '../base/inspect.ts'
import { CancelledError, isFatal } from '../base/task-errors.ts'
import { made, madeManager, refuseExcess } from '../generator/made.ts'
import type { Awaitable, Coroutine } from '../generator/types.ts'
import { type CancelScope, outOfReach } from '../scope/cancel-scope.ts'
import type { ContextManager } from '../scope/use.ts'
import { cancelFor } from '../task/circle.ts'
import { currentTask } from '../task/current-task.ts'
import { inTheNameOf } from '../task/blame.ts'
import type { EventLoop } from '../task/event-loop.ts'
import type { Future } from '../task/future.ts'
import { getRunningLoop } from '../task/loops.ts'
import type { Task } from '../task/task.ts'
import type { PendingRequests } from '../task/waiting-task.ts'
import type { InnerTaskOptions, TaskOwner } from '../task/task-options.ts'
import { Ending, openCircles } from './circles.ts'
import { type GroupStage, enteredTwice, notEntered, refused, whyNotOpen, withoutTask } from './group-errors.ts'
import { type GroupTaskOptions, checkTaskOfGroup } from './group-options.ts'
import { Start } from './start.ts'

/**
 * A group of tasks that end before its body does: `yield* use(new TaskGroup(), function* (group) { group.createTask(f()) })`.
 * When one fails, the others and the body are cancelled. When all have ended, an `ExceptionGroup` with the errors is
 * thrown (rule 21). It is Python's `asyncio.TaskGroup`.
 */
export class TaskGroup implements ContextManager<TaskGroup>, TaskOwner {
  private $stage: GroupStage = 'new'
  /** The group takes no more tasks. Its tasks are being cancelled, by the group or by a scope around it. */
  private $aborting = false
  /** The group itself has cancelled its tasks. */
  private $cancelledTasks = false
  private $loop: EventLoop | null = null
  private $parent: Task | null = null
  /** The scope around the group. Its tasks run in that scope, too. */
  private $scope: CancelScope | null = null
  /** How many requests to end the parent had had when it entered the group. */
  private $requestsBefore = 0
  private $parentCancelled = false
  /** `cancel()` was called, or a task has failed. So the body is cancelled, and that `CancelledError` does not leave the group. */
  private $wasCancelled = false
  /** The cancellation to throw when the group has ended: the first that is not the group's own, if there is one. */
  private $cancellation: { readonly error: CancelledError; readonly isOwn: boolean } | null = null
  /** The group's own request to end the body, until the body is told of it. */
  private $request: PendingRequests | null = null
  /** The tasks. Those of `start()` have their `Start` here until they have started. */
  private readonly $tasks = new Map<Task, Start | null>()
  /** The tasks that only serve the others. */
  private readonly $background = new Set<Task>()
  /** Background tasks that were cancelled, because all other tasks have ended. */
  private $dismissed: Set<Task> | null = null
  private $errors: unknown[] = []
  private $fatal: unknown = null
  private $completed: Future<void> | null = null

  constructor() {
    refuseExcess('new TaskGroup()', arguments.length, 'For a limit write mapConcurrently(items, worker, { limit }), or a Semaphore')
    madeManager(this, 'new TaskGroup()')
  }

  /**
   * Run a coroutine in a task of the group. @returns the task.
   * @throws RuntimeError when the group is not entered, is being cancelled, or has ended. Then the coroutine is closed, too.
   */
  createTask<T>(coroutine: Awaitable<T>, options: GroupTaskOptions = {}): Task<T> {
    return this.$begin(coroutine, options, null)
  }

  /**
   * Run `body(started)` in the group, and wait until it calls `started(value)` (trio's `nursery.start`). Until then, the task is
   * in the cancel scopes of the waiter, its errors are thrown here, and it is cancelled when the wait is cancelled. After that,
   * it is in the cancel scopes of the group.
   * @returns the value. @throws RuntimeError when the body returns without calling `started()`.
   */
  start<T>(body: (started: (value: T) => void) => Coroutine<unknown>, options: GroupTaskOptions = {}): Coroutine<T> {
    return made(this.$$start(body, options), 'group.start(…)')
  }

  private *$$start<T>(body: (started: (value: T) => void) => Coroutine<unknown>, options: GroupTaskOptions): Coroutine<T> {
    if (typeof body !== 'function') {
      throw new ArgumentError(`start() takes a function, not ${describe(body)}. Write yield* group.start(function* (started) {...})`,
        'BODY_NOT_CALLABLE')
    }
    const start = new Start<T>(getRunningLoop(), currentTask())
    return yield* start.end(this.$begin(body(value => { this.$started(start, value) }), options, start))
  }

  /** Cancel the tasks and the body. The group itself throws nothing, unless something else goes wrong (Python 3.15). */
  cancel(): void {
    if (this.$stage === 'exiting' && this.$tasks.size === 0) return
    this.$abort()
    if (this.$parent !== null) this.$cancelParent()
  }

  /** Begin the group. `use()` calls it. @throws RuntimeError at a second call, and outside of a task. */
  *enter(): Coroutine<TaskGroup> {
    if (this.$stage !== 'new') throw enteredTwice(this)
    this.$parent = currentTask()
    if (this.$parent === null) throw withoutTask(this)
    this.$loop = getRunningLoop()
    this.$scope = this.$parent.$scope as CancelScope | null
    this.$requestsBefore = this.$parent.$requestsDelivered
    this.$stage = 'entered'
    if (this.$aborting) this.$cancelParent()
    return this
  }

  /**
   * Wait until all tasks have ended. `use()` calls it.
   * @returns true: the error of `cancel()` does not leave the group.
   * @throws ExceptionGroup of what went wrong; CancelledError when the parent is cancelled.
   */
  *exit(...failure: [error?: unknown]): Coroutine<true> {
    if (this.$stage !== 'entered') throw notEntered(this)
    this.$stage = 'exiting'
    const [error] = failure
    if (isFatal(error)) this.$fatal ??= error
    if (failure.length > 0) {
      explainEngineError(error)
      this.$interrupted(error)
    }
    const waits = this.$tasks.size > 0
    while (this.$tasks.size > 0) {
      if (this.$onlyBackground) this.$dismiss()
      try {
        yield* this.$aborting ? outOfReach(this.$allDone()) : this.$allDone()
      } catch (interruption) {
        if (!(interruption instanceof CancelledError)) throw interruption
        if (this.$aborting && this.$isRequestedOutside) openCircles(this.$parent as Task, this.$tasks.keys())
        this.$interrupted(interruption)
      }
    }
    this.$end(failure, waits)
    return true
  }

  /** @internal */
  [INSPECT](): string { return this.toString() }

  toString(): string {
    const parts = ['<TaskGroup']
    if (this.$tasks.size > 0) parts.push(`tasks=${this.$tasks.size}`)
    if (this.$errors.length > 0) parts.push(`errors=${this.$errors.length}`)
    if (this.$aborting) parts.push('cancelling')
    else if (this.$stage !== 'new') parts.push('entered')
    return `${parts.join(' ')}>`
  }

  /** A task of the group is about to begin, perhaps at once. @internal */
  $adopt(task: Task): void { this.$tasks.set(task, null) }

  private $begin<T>(coroutine: Awaitable<T>, settings: GroupTaskOptions, start: Start | null): Task<T> {
    checkTaskOfGroup(coroutine, settings, start)
    const { background, ...options } = settings
    const refusal = whyNotOpen(this.$stage, this.$tasks.size === 0, this.$aborting)
    if (refusal !== null) throw refused(this, refusal, coroutine)
    const inner: InnerTaskOptions = { ...options, scope: start?.place ?? this.$scope, group: start?.ownerIn(this.$tasks) ?? this }
    const task = (this.$loop as EventLoop).createTask(coroutine, inner)
    if (task.$ended) {
      this.$taskDone(task, start)
    } else {
      this.$tasks.set(task, start?.isOpen === true ? start : null)
      if (background === true) this.$background.add(task)
      task.$whenDone(done => { this.$taskDone(done, start) }, () => this.$parent)
    }
    return task
  }

  /** The body of `start()` has called `started()`. */
  private $started<T>(start: Start<T>, value: T): void {
    if (!start.succeed(value)) return
    start.place.$moveTo(this.$scope)
    const { task } = start
    if (task === null) return // the body called `started()` before it waited the first time
    this.$tasks.set(task, null)
    if (this.$cancelledTasks) this.$cancelTask(task)
  }

  /** Are only tasks left that serve others, which have ended? */
  private get $onlyBackground(): boolean { return this.$background.size > 0 && this.$background.size === this.$tasks.size }

  private $dismiss(): void {
    const leaving = Array.from(this.$background)
    this.$background.clear()
    this.$dismissed ??= new Set()
    for (const task of leaving) {
      this.$dismissed.add(task)
      if (!this.$cancelledTasks) this.$cancelTask(task)
    }
  }

  private *$allDone(): Coroutine<void> {
    this.$completed = new Ending({ loop: this.$loop as EventLoop }, this)
    try {
      yield* this.$completed
    } finally {
      this.$completed = null
    }
  }

  /**
   * The body, or the wait for the tasks, has ended with an error. If the error comes from a cancelled scope, that scope cancels
   * the tasks, too, and knows which of them are shielded. Otherwise the group cancels them.
   */
  private $interrupted(error: unknown): void {
    const isRequested = this.$isRequestedOutside
    const byScope = error instanceof CancelledError && this.$scope?.$cancels === true && !isRequested && !this.$parentCancelled
    if (byScope) this.$aborting = true
    else this.$abort()
    if (!(error instanceof CancelledError) || this.$cancellation?.isOwn === false) return
    this.$cancellation = { error, isOwn: this.$parentCancelled && !isRequested }
  }

  /** Has somebody else than the group asked the parent to end, since the group was entered? */
  private get $isRequestedOutside(): boolean {
    const own = this.$parentCancelled ? 1 : 0
    return (this.$parent as Task).cancelling() - own > this.$requestsBefore
  }

  /** All tasks have ended. Decide which error the group throws, if any. */
  private $end(failure: [error?: unknown], hasWaited: boolean): void {
    const parent = this.$parent as Task
    if (this.$fatal !== null) throw this.$fatal
    if (this.$parentCancelled) parent.$withdraw(this.$request)
    this.$parentCancelled = false
    for (const error of failure) if (!(error instanceof CancelledError)) this.$errors.push(error)
    if (this.$errors.length > 0) {
      if (parent.cancelling() > 0) { // the parent is told again at its next wait, and the request counts once
        parent.uncancel()
        parent.cancel()
      }
      const errors = this.$errors
      this.$errors = []
      throw new ExceptionGroup('unhandled errors in a TaskGroup', errors)
    }
    const isInCancelledScope = this.$scope?.$cancels === true
    const isRequested = parent.$requestsDelivered > this.$requestsBefore
    if (this.$cancellation !== null && (isRequested || isInCancelledScope || !this.$wasCancelled)) throw this.$cancellation.error
    if (hasWaited && isInCancelledScope) throw new CancelledError(this.$scope?.$reason)
  }

  /**
   * Cancel the tasks, each once. A task in which a cancelled scope has ended a wait is ending already. A task that has not called
   * `started()` ends with its starter, if that is the body or another task of the group.
   */
  private $abort(): void {
    this.$aborting = true
    if (this.$cancelledTasks) return
    this.$cancelledTasks = true
    for (const [task, start] of this.$tasks) {
      if (task.$ended || this.$scope?.$hasReached(task) === true || this.$dismissed?.has(task) === true) continue
      if (start === null || !this.$endsWithItsStarter(start)) this.$cancelTask(task)
    }
  }

  /** The parent waits for the tasks. So a task that waits for the parent does not pass the request on to it. */
  private $cancelTask(task: Task): void { inTheNameOf(this, () => { cancelFor(this.$parent, () => { task.cancel() }) }) }

  private $endsWithItsStarter({ starter }: Start): boolean {
    return starter !== null && (starter === this.$parent || this.$tasks.has(starter))
  }

  private $cancelParent(): void {
    if (this.$parentCancelled) return
    this.$parentCancelled = this.$wasCancelled = true
    this.$request = inTheNameOf(this, () => (this.$parent as Task).$request())
  }

  private $taskDone(task: Task, start: Start | null): void {
    this.$tasks.delete(task)
    this.$background.delete(task)
    this.$dismissed?.delete(task)
    start?.place.$moveTo(null)
    if ((this.$tasks.size === 0 || this.$onlyBackground) && this.$completed?.$ended === false) this.$completed.setResult()
    if (start?.isOpen === true) start.fail(task)
    else if (start?.isGivenUp !== true && task.$hasError && !task.$isCancelled) this.$fail(task) // start() throws other errors
  }

  private $fail(task: Task): void {
    const error = task.$takeError()
    this.$errors.push(error)
    if (isFatal(error)) this.$fatal ??= error
    const parent = this.$parent as Task
    if (parent.$ended) {
      this.$loop?.callExceptionHandler({
        message: `Task ${task.toString()} has errored out but its parent task ${parent.toString()} is already completed`,
        exception: error,
        task,
      })
    } else if (!this.$aborting && !this.$parentCancelled) {
      this.$abort()
      this.$cancelParent()
    }
  }
}
