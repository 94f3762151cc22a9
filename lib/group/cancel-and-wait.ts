import { describe } from '../base/describe.ts'
import { ArgumentError, RuntimeError } from '../base/errors.ts'
import { made } from '../generator/made.ts'
import type { Coroutine } from '../generator/types.ts'
import { currentTask } from '../task/current-task.ts'
import { Future } from '../task/future.ts'
import { untilEnded } from './endings.ts'

/**
 * Cancel a task, and wait until it has ended: `yield* cancelAndWait(task)`. The `CancelledError` of the task is not thrown here. A
 * `CancelledError` that is thrown here means that the waiter is cancelled. The task then ends by itself.
 * @param message the message of the `CancelledError` in the task.
 * @returns `undefined` when the task has ended as cancelled. A task may catch the error and return a value: then that value.
 * @throws the error of the task, if it ends with another one; CancelledError when the waiter is cancelled; RuntimeError when a task
 * would wait for itself.
 */
export function cancelAndWait<T>(task: Future<T>, message?: string): Coroutine<T | undefined> {
  return made($$cancelAndWait(task, message), 'cancelAndWait(…)', arguments.length - 2)
}

function* $$cancelAndWait<T>(task: Future<T>, message?: string): Coroutine<T | undefined> {
  if (!((task as unknown) instanceof Future)) {
    throw new ArgumentError(`cancelAndWait() takes a task, not ${describe(task)}. Write const task = createTask(f())`, 'NOT_A_FUTURE')
  }
  if ((task as unknown) === currentTask()) {
    throw new RuntimeError('a task cannot wait for its own end. Write task.cancel()', { code: 'AWAITS_ITSELF' })
  }
  yield* untilEnded([task], () => { task.cancel(message) })
  return task.$isCancelled ? undefined : task.result()
}
