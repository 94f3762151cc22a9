import { RuntimeError } from '../base/errors.ts'
import { currentTask } from '../task/create-task.ts'
import type { Task } from '../task/task.ts'

/** What is held by tasks: reports name them. */
export interface Held {
  readonly $holders: readonly Task[]
}

/** The task that runs. @throws RuntimeError when none does: what belongs to tasks cannot be taken there. */
export function callingTask(what: string): Task {
  const task = currentTask()
  if (task !== null) return task
  throw new RuntimeError(`${what} belongs to a task. Take it, and give it back, in a coroutine that a task runs`, { code: 'NO_TASK' })
}
