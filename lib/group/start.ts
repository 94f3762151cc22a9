import { RuntimeError } from '../base/errors.ts'
import { noteAwaited } from '../generator/made.ts'
import type { Coroutine } from '../generator/types.ts'
import { CancelScope, outOfReach } from '../scope/cancel-scope.ts'
import type { EventLoop } from '../task/event-loop.ts'
import { cancelFor } from '../task/circle.ts'
import { currentTask } from '../task/current-task.ts'
import type { Future } from '../task/future.ts'
import type { Task } from '../task/task.ts'
import type { TaskOwner, TaskScope } from '../task/task-options.ts'
import { openCircles } from './circles.ts'

/** A task of `group.start()`, until its body calls `started()`. */
export class Start<T = unknown> {
  /** What the caller of `start()` waits for. */
  private readonly handshake: Future<T>
  /** The scope around the task: first inside the scope of the task that waits, then inside the scope of the group. */
  readonly place = new CancelScope()
  private readonly scope: TaskScope | null
  /** The task that called `start()`, and waits. */
  readonly starter: Task | null
  task: Task | null = null

  constructor(loop: EventLoop, starter: Task | null) {
    this.handshake = loop.createFuture<T>()
    noteAwaited(this.place) // nobody enters it
    this.starter = starter
    this.scope = starter?.$scope ?? null
  }

  /** What takes the task into the group, before its first step. */
  ownerIn(tasks: Map<Task, Start | null>): TaskOwner {
    return {
      $adopt: (task: Task) => {
        this.task = task
        tasks.set(task, this)
      },
    }
  }

  /** Has the body neither called `started()` nor ended? */
  get isOpen(): boolean { return !this.handshake.$ended }

  /** Was the caller of `start()` cancelled, so that nobody waits any more? */
  get isGivenUp(): boolean { return this.handshake.$isCancelled }

  /** The body has called `started(value)`. @returns false when nobody waits for it any more. */
  succeed(value: T): boolean {
    if (this.isGivenUp) return false
    if (!this.isOpen) throw new RuntimeError('started() was called twice', { code: 'STARTED_TWICE' })
    this.handshake.setResult(value)
    return true
  }

  /** The task has ended, and its body has not called `started()`. */
  fail(task: Task): void {
    if (task.$isCancelled) this.handshake.cancel()
    else if (task.$hasError) this.handshake.$fail(task.$takeError())
    else this.handshake.$fail(notStarted())
  }

  /** Wait until the body calls `started()`. When the wait is cancelled, the task is cancelled, too, and this waits for its end. */
  *end(task: Task): Coroutine<T> {
    if (this.isOpen) this.place.$moveTo(this.scope)
    try {
      return yield* this.handshake
    } catch (error) {
      if (this.isGivenUp) {
        if (this.scope?.$cancels !== true) cancelFor(this.starter, () => { task.cancel() })
        yield* outOfReach(ending(task))
      }
      throw error
    }
  }
}

/** Wait for the end of a task that is cancelled. @throws the error of the task, when it ends with another one. */
function* ending(task: Task): Coroutine<void> {
  for (;;) {
    try {
      yield* task
      return
    } catch (error) {
      if (task.$hasError) {
        if (task.$isCancelled) return
        throw error
      }
      openCircles(currentTask() as Task, [task])
    }
  }
}

function notStarted(): Error {
  return new RuntimeError('the body returned without calling started(). Call started(value) when the task is ready', { code: 'NOT_STARTED' })
}
