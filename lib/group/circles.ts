import { words } from '../base/describe.ts'
import { Future } from '../task/future.ts'
import type { FutureOptions } from '../task/future-options.ts'
import { Gathering } from '../task/gathering.ts'
import { Task } from '../task/task.ts'

/** What a task waits for until others have ended. A request to end does not let it go on before: it passes the request on, and waits again. */
export class Ending extends Future<void> {
  /** @param of what ends, for reports. */
  constructor(options: FutureOptions, private readonly $of: object | null = null) { super(options) }

  /** To a program it is a future like any other. @internal */
  override get $kind(): string { return 'Future' }

  /** What a report says of the task that waits. @internal */
  get $inReport(): string { return this.$of === null ? this.toString() : `the end of ${words(this.$of)}` }
}

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

/** All that cannot end before a future, directly or through others; for each, the futures that it waits for on the way. */
export function whoWaitFor(awaited: Future): Map<Future, Future[]> {
  const all = new Map<Future, Future[]>([[awaited, []]])
  for (const future of all.keys()) {
    for (const behind of bound(future)) {
      const ahead = all.get(behind)
      if (ahead === undefined) all.set(behind, [future])
      else ahead.push(future)
    }
  }
  return all
}

/** The tasks that cannot end before a future, with no other task in between. */
function nearestTasks(awaited: Future): Set<Task> {
  const tasks = new Set<Task>()
  const others = new Set<Future>([awaited])
  for (const future of others) {
    for (const behind of bound(future)) {
      if (behind instanceof Task) tasks.add(behind)
      else others.add(behind)
    }
  }
  return tasks
}

/** Those that wait for a future in a way that a request to end does not end by itself. It ends `wait()`, `shield()` and `asCompleted()`. */
function bound(future: Future): Future[] {
  return future.$awaitedBy.filter(behind => behind instanceof Task
    ? behind.$wait === future || behind.$wait instanceof Ending
    : behind instanceof Gathering || behind instanceof Ending)
}
