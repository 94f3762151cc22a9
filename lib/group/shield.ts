import type { Awaitable } from '../generator/types.ts'
import { ensureFuture } from '../task/create-task.ts'
import { Future } from '../task/future.ts'

/**
 * Wait for something without taking it along when the waiter is cancelled: `yield* shield(task)` (rule 20). The waiter gets its
 * `CancelledError`, and the task goes on.
 */
export function shield<T>(awaitable: Awaitable<T>): Future<T> {
  const inner = ensureFuture(awaitable)
  if (inner.done()) return inner
  const outer = new Future<T>({ loop: inner.$loop })
  const passOn = (): void => {
    if (outer.cancelled()) {
      if (!inner.cancelled()) inner.$markRead()
    } else if (inner.cancelled()) {
      outer.cancel()
    } else if (inner.$hasError) {
      outer.$fail(inner.$takeError())
    } else {
      outer.setResult(inner.result())
    }
  }
  inner.addDoneCallback(passOn, { $awaiter: () => outer })
  outer.addDoneCallback(() => { if (!inner.done()) inner.removeDoneCallback(passOn) })
  return outer
}
