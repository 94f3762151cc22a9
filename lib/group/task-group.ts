import { describe } from '../base/describe.ts'
import { ArgumentError, RuntimeError } from '../base/errors.ts'
import { ExceptionGroup } from '../base/exception-group.ts'
import { CancelledError, isFatal } from '../base/task-errors.ts'
import { discard } from '../generator/coroutine.ts'
import type { Awaitable, Coroutine } from '../generator/types.ts'
import { CancelScope, outOfReach } from '../scope/cancel-scope.ts'
import type { ContextManager } from '../scope/use.ts'
import { currentTask } from '../task/create-task.ts'
import type { EventLoop } from '../task/event-loop.ts'
import type { Future } from '../task/future.ts'
import { getRunningLoop } from '../task/loops.ts'
import type { Task } from '../task/task.ts'
import type { InnerTaskOptions, TaskOptions, TaskScope } from '../task/task-options.ts'

/**
 * Tasks that end before the body does: `yield* use(new TaskGroup(), function* (group) { group.createTask(f()) })`
 * (Python's `asyncio.TaskGroup`, rule 21). When one fails, the others and the body are cancelled, and all that went
 * wrong is thrown as an `ExceptionGroup` once everything has ended.
 */
export class TaskGroup implements ContextManager<TaskGroup> {
  private $stage: 'new' | 'entered' | 'exiting' = 'new'
  private $aborting = false
  private $loop: EventLoop | null = null
  private $parent: Task | null = null
  /** The scope around it, to which its tasks belong. */
  private $scope: TaskScope | null = null
  private $parentCancelled = false
  /** For those of `start()`, what they are waited for by. */
  private readonly $tasks = new Map<Task, Future | null>()
  private $errors: unknown[] = []
  private $fatal: unknown = null
  private $completed: Future | null = null

  /**
   * Run a coroutine in the group.
   * @throws RuntimeError when the group is not entered, is being cancelled, or is over; the coroutine is closed then.
   */
  createTask<T>(coroutine: Awaitable<T>, options: Pick<TaskOptions, 'name' | 'context'> = {}): Task<T> {
    return this.$begin(coroutine, options, null)
  }

  /**
   * Run `body(started)` in the group, and wait until it calls `started(value)` (trio's `nursery.start`). What it fails
   * with before that is thrown here, and is no failure of the group. Until then it is in the cancel scopes of who waits, and
   * to cancel the wait is to cancel the task; from then on it is in those of the group.
   * @returns the value.
   * @throws RuntimeError when the body returns without calling `started()`.
   */
  *start<T>(body: (started: (value: T) => void) => Coroutine<unknown>, options: Pick<TaskOptions, 'name' | 'context'> = {}): Coroutine<T> {
    if (typeof body !== 'function') {
      throw new ArgumentError(`start() takes a function, not ${describe(body)}. Write yield* group.start(function* (started) {...})`,
        'BODY_NOT_CALLABLE')
    }
    const handshake = getRunningLoop().createFuture<T>()
    const scope = currentTask()?.$scope ?? null
    const place = new CancelScope()
    let task: Task | null = null
    task = this.$begin(body(value => {
      if (handshake.$isCancelled) return // nobody waits for it any more
      if (handshake.$ended) throw new RuntimeError('started() was called twice', { code: 'STARTED_TWICE' })
      handshake.setResult(value)
      place.$moveTo(this.$scope)
      if (this.$aborting && this.$scope?.$cancels !== true) task?.cancel()
    }), options, { handshake, place })
    if (!handshake.$ended) place.$moveTo(scope)
    try {
      return yield* handshake
    } catch (error) {
      if (handshake.$isCancelled) {
        if (scope?.$cancels !== true) task.cancel()
        yield* outOfReach(ending(task))
      }
      throw error
    }
  }

  /** Cancel the tasks and the body. The body is left without an error, unless something else goes wrong (Python 3.15). */
  cancel(): void {
    if (this.$stage === 'exiting' && this.$tasks.size === 0) return
    if (!this.$aborting) this.$abort()
    if (this.$parent !== null) this.$cancelParent()
  }

  /** @throws RuntimeError when it is entered a second time, or outside of a task. */
  *enter(): Coroutine<TaskGroup> {
    if (this.$stage !== 'new') throw new RuntimeError(`${this.toString()} has already been entered`, { code: 'GROUP_ENTERED_TWICE' })
    this.$parent = currentTask()
    if (this.$parent === null) {
      throw new RuntimeError(`${this.toString()} cannot determine the parent task. Enter it in a coroutine that a task runs`, { code: 'NO_TASK' })
    }
    this.$loop = getRunningLoop()
    this.$scope = this.$parent.$scope
    this.$stage = 'entered'
    if (this.$aborting) this.$cancelParent()
    return this
  }

  /**
   * Wait until all tasks have ended.
   * @returns true: the error of `cancel()` ends here.
   * @throws ExceptionGroup of what went wrong; CancelledError when it is cancelled.
   */
  *exit(...failure: [error?: unknown]): Coroutine<true> {
    if (this.$stage !== 'entered') {
      throw new RuntimeError(`${this.toString()} is not entered. Write yield* use(new TaskGroup(), function* (group) {...})`,
        { code: 'GROUP_NOT_OPEN' })
    }
    this.$stage = 'exiting'
    const [error] = failure
    if (isFatal(error)) this.$fatal ??= error
    let cancelled = error instanceof CancelledError ? error : null
    if (failure.length > 0 && !this.$aborting) this.$abort()
    while (this.$tasks.size > 0) {
      try {
        yield* this.$aborting ? outOfReach(this.$allDone()) : this.$allDone()
      } catch (interruption) {
        if (!(interruption instanceof CancelledError)) throw interruption
        if (this.$aborting) continue
        cancelled = interruption
        this.$abort()
      }
    }
    this.$end(failure, cancelled)
    return true
  }

  toString(): string {
    const parts = ['<TaskGroup']
    if (this.$tasks.size > 0) parts.push(`tasks=${this.$tasks.size}`)
    if (this.$errors.length > 0) parts.push(`errors=${this.$errors.length}`)
    if (this.$aborting) parts.push('cancelling')
    else if (this.$stage !== 'new') parts.push('entered')
    return `${parts.join(' ')}>`
  }

  private $begin<T>(coroutine: Awaitable<T>, options: Pick<TaskOptions, 'name' | 'context'>, start: Start | null): Task<T> {
    const refusal = this.$refusal()
    if (refusal !== null) {
      discard(coroutine)
      throw new RuntimeError(`${this.toString()} ${refusal}`, { code: 'GROUP_NOT_OPEN' })
    }
    const inScope: InnerTaskOptions = { ...options, scope: start?.place ?? this.$scope }
    const task = (this.$loop as EventLoop).createTask(coroutine, inScope)
    if (task.$ended) {
      this.$taskDone(task, start)
    } else {
      this.$tasks.set(task, start?.handshake ?? null)
      task.$whenDone(done => { this.$taskDone(done, start) }, () => this.$parent)
    }
    return task
  }

  private $refusal(): string | null {
    if (this.$stage === 'new') return 'has not been entered. Write yield* use(new TaskGroup(), function* (group) {...})'
    if (this.$stage === 'exiting' && this.$tasks.size === 0) return 'is finished'
    return this.$aborting ? 'is shutting down' : null
  }

  private *$allDone(): Coroutine<void> {
    this.$completed = (this.$loop as EventLoop).createFuture()
    try {
      yield* this.$completed
    } finally {
      this.$completed = null
    }
  }

  /** All have ended: which of the errors is it to be? */
  private $end(failure: [error?: unknown], cancelled: CancelledError | null): void {
    const parent = this.$parent as Task
    if (this.$fatal !== null) throw this.$fatal
    if (this.$parentCancelled && parent.uncancel() === 0) cancelled = null
    if (cancelled !== null && this.$errors.length === 0) throw cancelled
    for (const error of failure) if (!(error instanceof CancelledError)) this.$errors.push(error)
    if (this.$errors.length === 0) return
    if (parent.cancelling() > 0) { // from outside: it is to be delivered again, and counted once
      parent.uncancel()
      parent.cancel()
    }
    const errors = this.$errors
    this.$errors = []
    throw new ExceptionGroup('unhandled errors in a TaskGroup', errors)
  }

  /**
   * In a cancelled scope, that cancels the tasks, and knows which of them are shielded. Those that have not started are
   * cancelled with who waits for them.
   */
  private $abort(): void {
    this.$aborting = true
    if (this.$scope?.$cancels === true) return
    for (const [task, handshake] of this.$tasks) if (!task.$ended && handshake?.$ended !== false) task.cancel()
  }

  private $cancelParent(): void {
    if (this.$parentCancelled) return
    this.$parentCancelled = true
    ;(this.$parent as Task).cancel()
  }

  private $taskDone(task: Task, start: Start | null): void {
    this.$tasks.delete(task)
    start?.place.$moveTo(null)
    if (this.$tasks.size === 0 && this.$completed?.done() === false) this.$completed.setResult(true)
    if (start?.handshake.$ended === false) endHandshake(start.handshake, task)
    else if (start?.handshake.$isCancelled !== true && task.$hasError && !task.$isCancelled) this.$fail(task) // or start() throws it
  }

  private $fail(task: Task): void {
    const error = task.exception()
    this.$errors.push(error)
    if (isFatal(error)) this.$fatal ??= error
    const { $loop: loop, $parent: parent, $aborting: aborting } = this
    if (parent?.$ended === true) {
      (loop as EventLoop).callExceptionHandler({
        message: `Task ${task.toString()} has errored out but its parent task ${parent.toString()} is already completed`,
        exception: error,
        task,
      })
    } else if (!aborting && !this.$parentCancelled) {
      this.$abort()
      this.$cancelParent()
    }
  }
}

/** What `start()` knows of its task. */
interface Start {
  /** What it waits for. */
  readonly handshake: Future
  /** Where the task is, which moves from the scope of who waits to that of the group. */
  readonly place: CancelScope
}

/** A task has ended without calling `started()`. */
function endHandshake(handshake: Future, task: Task): void {
  if (task.$isCancelled) handshake.cancel()
  else if (task.$hasError) handshake.$fail(task.$takeError())
  else handshake.$fail(new RuntimeError('the body returned without calling started()', { code: 'NOT_STARTED' }))
}

/** Wait for the end of a task that is cancelled. @throws the error, when it ends with another one. */
function* ending(task: Task): Coroutine<void> {
  try {
    yield* task
  } catch (error) {
    if (!task.$isCancelled) throw error
  }
}
