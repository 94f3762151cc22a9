import { describe } from '../base/describe.ts'
import { ArgumentError, RuntimeError } from '../base/errors.ts'
import { made } from '../generator/made.ts'
import type { Coroutine } from '../generator/types.ts'
import { currentTask } from '../task/create-task.ts'
import { Future } from '../task/future.ts'
import { untilEnded } from './endings.ts'

/**
 * Cancel a task, and wait until it has ended: `yield* cancelAndWait(task)`. Its `CancelledError` ends here. One that is thrown here
 * is meant for the task that waits. The other one goes on ending then, without it.
 * @param message of the `CancelledError` in the task.
 * @returns what the task returns, if it does so in spite of it; `undefined` when it is cancelled.
 * @throws what the task fails with; CancelledError when the waiter is cancelled; RuntimeError when a task is to wait for itself.
 */
export function cancelAndWait<T>(task: Future<T>, message?: string): Coroutine<T | undefined> {
  return made($cancelAndWait(task, message), 'cancelAndWait(…)')
}

function* $cancelAndWait<T>(task: Future<T>, message?: string): Coroutine<T | undefined> {
  if (!((task as unknown) instanceof Future)) {
    throw new ArgumentError(`cancelAndWait() takes a task, not ${describe(task)}. Write const task = createTask(f())`, 'NOT_A_FUTURE')
  }
  if ((task as unknown) === currentTask()) {
    throw new RuntimeError('a task cannot wait for its own end. Write task.cancel()', { code: 'AWAITS_ITSELF' })
  }
  yield* untilEnded([task], () => { task.cancel(message) })
  return task.$isCancelled ? undefined : task.result()
}
