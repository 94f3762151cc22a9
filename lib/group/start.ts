import { RuntimeError } from '../base/errors.ts'
import type { Coroutine } from '../generator/types.ts'
import { CancelScope, outOfReach } from '../scope/cancel-scope.ts'
import type { EventLoop } from '../task/event-loop.ts'
import type { Future } from '../task/future.ts'
import type { Task } from '../task/task.ts'
import type { TaskOwner, TaskScope } from '../task/task-options.ts'

/** A task of `group.start()`, from its beginning until it has started. */
export class Start<T = unknown> {
  /** What is waited for. */
  private readonly handshake: Future<T>
  /** Where the task is: at first in the scope of who waits, and then in that of the group. */
  readonly place = new CancelScope()
  private readonly scope: TaskScope | null
  /** The task that waits. */
  readonly starter: Task | null
  task: Task | null = null

  constructor(loop: EventLoop, starter: Task | null) {
    this.handshake = loop.createFuture<T>()
    this.starter = starter
    this.scope = starter?.$scope ?? null
  }

  /** Who takes the task into a group before its first step. */
  ownerIn(tasks: Map<Task, Start | null>): TaskOwner {
    return {
      $adopt: (task: Task) => {
        this.task = task
        tasks.set(task, this)
      },
    }
  }

  /** It has neither started nor ended. */
  get isOpen(): boolean { return !this.handshake.$ended }

  /** Nobody waits for it any more. */
  get isGivenUp(): boolean { return this.handshake.$isCancelled }

  /** `started(value)` is called. @returns false when nobody waits for it any more. */
  succeed(value: T): boolean {
    if (this.isGivenUp) return false
    if (!this.isOpen) throw new RuntimeError('started() was called twice', { code: 'STARTED_TWICE' })
    this.handshake.setResult(value)
    return true
  }

  /** The task has ended without calling `started()`. */
  fail(task: Task): void {
    if (task.$isCancelled) this.handshake.cancel()
    else if (task.$hasError) this.handshake.$fail(task.$takeError())
    else this.handshake.$fail(new RuntimeError('the body returned without calling started()', { code: 'NOT_STARTED' }))
  }

  /** Wait until it has started. To cancel the wait is to cancel the task, and to wait for its end. */
  *end(task: Task): Coroutine<T> {
    if (this.isOpen) this.place.$moveTo(this.scope)
    try {
      return yield* this.handshake
    } catch (error) {
      if (this.isGivenUp) {
        if (this.scope?.$cancels !== true) task.cancel()
        yield* outOfReach(ending(task))
      }
      throw error
    }
  }
}

/** Wait for the end of a task that is cancelled. @throws the error, when it ends with another one. */
function* ending(task: Task): Coroutine<void> {
  try {
    yield* task
  } catch (error) {
    if (!task.$isCancelled) throw error
  }
}
