import { Future } from '../task/future.ts'
import { Gathering } from '../task/gathering.ts'
import { Task } from '../task/task.ts'

/**
 * A task waits for the end of others, which were asked to end, and is asked to end once more. Does one of those wait for this task, perhaps
 * through a group or a `gather()`? Then none of them can end. So the task that waits for this one gets a CancelledError: the circle is open.
 */
export function openCircles(waiter: Task, others: Iterable<Future>): void {
  const behind = whoWaitFor(waiter)
  const inCircle = new Set(Array.from(others).filter(other => behind.has(other)))
  for (const future of inCircle) for (const ahead of behind.get(future) as Future[]) inCircle.add(ahead)
  for (const task of nearestTasks(waiter)) if (inCircle.has(task)) task.$leaveCircle()
}

/** All that wait for a future, directly or through others; for each, the futures that it waits for on the way. */
export function whoWaitFor(awaited: Future): Map<Future, Future[]> {
  const all = new Map<Future, Future[]>([[awaited, []]])
  for (const future of all.keys()) {
    for (const behind of future.$awaitedBy) {
      const ahead = all.get(behind)
      if (ahead === undefined) all.set(behind, [future])
      else ahead.push(future)
    }
  }
  return all
}

/** What a task waits for, when it waits until others have ended, and does not go on before. */
export class Ending extends Future<void> {}

/** The tasks that wait for a future itself, by `gather()`, or until it has ended: a request to end does not end their waits. */
function nearestTasks(awaited: Future): Set<Task> {
  const tasks = new Set<Task>()
  const others = new Set<Future>([awaited])
  for (const future of others) {
    for (const behind of future.$awaitedBy) {
      if (behind instanceof Task) tasks.add(behind)
      else if (behind instanceof Gathering || behind instanceof Ending) others.add(behind)
    }
  }
  return tasks
}
