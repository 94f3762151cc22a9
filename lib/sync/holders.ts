import { RuntimeError } from '../base/errors.ts'
import { currentTask } from '../task/current-task.ts'
import type { Task } from '../task/task.ts'

/** How many tasks a report names. */
const FEW = 3

/** The tasks that hold what others wait for, as part of a sentence in a report. */
export function heldBy(tasks: readonly Task[]): string {
  if (tasks.length === 0) return ''
  const more = tasks.length - FEW
  const names = tasks.slice(0, FEW).map(task => task.getName()).join(' and ')
  return `, which ${names}${more > 0 ? ` and ${more} more` : ''} ${tasks.length > 1 ? 'hold' : 'holds'}`
}

/** The task that runs. @throws RuntimeError when none runs, because only a task can hold this kind of lock. */
export function callingTask(what: string): Task {
  const task = currentTask()
  if (task !== null) return task
  throw new RuntimeError(`${what} belongs to a task. Take it, and give it back, in a coroutine that a task runs`, { code: 'NO_TASK' })
}
