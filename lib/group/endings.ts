import { CancelledError } from '../base/task-errors.ts'
import type { Coroutine } from '../generator/types.ts'
import { outOfReach } from '../scope/cancel-scope.ts'
import { cancelFor } from '../task/circle.ts'
import { currentTask } from '../task/current-task.ts'
import type { Future } from '../task/future.ts'
import { getRunningLoop } from '../task/loops.ts'
import { Ending, whoWaitFor } from './circles.ts'

/**
 * Wait until all futures have ended, even with an error. This does not wait for the futures themselves, because to cancel the
 * waiter would then cancel them. So they stay as they are.
 * @param begin is called before the wait, and only if there is something to wait for.
 */
export function* untilEnded(futures: Iterable<Future>, begin: (() => void) | null = null): Coroutine<void> {
  const waiter = new Ending({ loop: getRunningLoop() })
  const open = new Set<Future>()
  const note = (future: Future): void => {
    open.delete(future)
    if (open.size === 0 && !waiter.$ended) waiter.setResult()
  }
  for (const future of futures) if (!future.$ended) open.add(future)
  if (open.size === 0) return
  for (const future of open) future.$whenDone(note, () => waiter)
  try {
    begin?.()
    yield* waiter
  } finally {
    for (const future of open) future.$forgetCallback(note)
  }
}

/**
 * Cancel the futures that are not done, and wait until all have ended, even if the waiter is cancelled meanwhile. Then it does not wait for
 * those that wait for the waiter themselves. Their errors count as read if they are returned.
 * @param asked those that were cancelled already.
 * @returns the errors, in the order of the futures. A cancellation is not among them.
 * @throws CancelledError at the end, when the waiter was cancelled meanwhile.
 */
export function* endAll(futures: Iterable<Future>, asked: ReadonlySet<Future> = NONE): Coroutine<unknown[]> {
  const all = Array.from(futures)
  let cancelled: CancelledError | null = null
  cancelFor(currentTask(), () => { for (const future of all) if (!future.$ended && !asked.has(future)) future.cancel() })
  for (let open = all; open.some(future => !future.$ended);) {
    try {
      yield* outOfReach(untilEnded(open))
    } catch (error) {
      if (!(error instanceof CancelledError)) throw error
      cancelled = error
      const task = currentTask()
      const waiting = task === null ? NOBODY : whoWaitFor(task)
      open = open.filter(future => !waiting.has(future))
    }
  }
  if (cancelled !== null) throw cancelled // errors that nobody gets stay unread, and are reported
  const failed = all.filter(future => future.$hasError && !future.$isCancelled)
  return failed.map(future => future.$takeError())
}

const NONE: ReadonlySet<Future> = new Set()

/** Nobody waits for a greenlet that belongs to no task. */
const NOBODY: ReadonlyMap<Future, unknown> = new Map()
