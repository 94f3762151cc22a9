import { whoseTurn } from '../greenlet/fiber.ts'
import { type Loop, checkedLoop, running } from '../loop/loop.ts'
import { getRunningLoop } from './loops.ts'
import { Task, tasksOf } from './task.ts'

/** The task that runs now. It is `null` in a callback, and in code outside of the loop. It is Python's `asyncio.current_task()`. */
export function currentTask(loop: Loop | null = running.loop): Task | null {
  if (loop !== null) checkedLoop('currentTask()', loop)
  const waiter = whoseTurn()
  return waiter instanceof Task && waiter.$loop === loop ? waiter : null
}

/**
 * The tasks of a loop that are not done, in the order in which they were made. It is Python's `asyncio.all_tasks()`.
 * @throws RuntimeError when no loop is given and none runs.
 */
export function allTasks(loop: Loop = getRunningLoop()): Set<Task> { return new Set(tasksOf(checkedLoop('allTasks()', loop))) }
