import { gather } from '../group/gather.ts'
import { allTasks } from '../task/current-task.ts'
import type { EventLoop } from '../task/event-loop.ts'
import type { Task } from '../task/task.ts'

/** After so many milliseconds it is told who does not end. */
const LONG = 10_000

/**
 * Cancel the tasks that are left, wait for their end, and report their errors.
 * @param hasEnded did the main task come to its end? It did not when the loop has thrown an error.
 */
export function endLeftovers(loop: EventLoop, hasEnded: boolean): void {
  const tasks = Array.from(allTasks(loop))
  if (tasks.length === 0) return
  if (hasEnded && loop.getDebug()) tellWhoIsCutOff(loop, tasks)
  for (const task of tasks) task.cancel()
  loop.$beforeWait = impatient(loop, tasks)
  try {
    loop.runUntilComplete(gather(tasks, { returnExceptions: true }))
  } finally {
    loop.$beforeWait = null
  }
  for (const task of tasks) {
    if (task.$isCancelled) continue
    const exception = task.exception()
    if (exception === null) continue
    loop.callExceptionHandler({ message: 'unhandled exception during run() shutdown', exception, task })
  }
}

function tellWhoIsCutOff(loop: EventLoop, tasks: readonly Task[]): void {
  for (const task of tasks) {
    loop.callExceptionHandler({ message: 'Task still ran when main() ended, and is cancelled. Wait for it by yield* task, or make it in a TaskGroup', task })
  }
}

/** A task that catches each cancellation in a loop never ends, and neither does `run()`. Then the loop says once for whom it waits. */
function impatient(loop: EventLoop, tasks: readonly Task[]): () => void {
  const end = loop.time() + LONG
  let isTold = false
  return () => {
    if (isTold || loop.time() < end) return
    isTold = true
    for (const task of tasks) {
      if (task.done()) continue
      loop.callExceptionHandler({ message: `Task was cancelled ${LONG} ms ago, when main() ended, and does not end. ` +
        'If it catches the CancelledError, it must throw it on', task })
    }
  }
}
