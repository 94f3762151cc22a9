import type { Awaitable } from '../generator/types.ts'
import { ensureFuture } from '../task/create-task.ts'
import { Future } from '../task/future.ts'
import { nobody } from '../task/listeners.ts'

/**
 * Wait for an awaitable, and keep cancellations of the waiter away from it: `yield* shield(task)` (rule 20). A waiter that is
 * cancelled gets its `CancelledError`, and the task goes on. It is Python's `asyncio.shield()`.
 * @returns a future with the result or the error of the awaitable.
 */
export function shield<T>(awaitable: Awaitable<T>): Future<T> {
  const inner = ensureFuture(awaitable)
  if (inner.$ended) return inner
  const outer = new Future<T>({ loop: inner.$loop })
  const passOn = (): void => {
    if (outer.$isCancelled) {
      if (!inner.$isCancelled) inner.$markRead()
    } else if (inner.$isCancelled) {
      outer.cancel()
    } else if (inner.$hasError) {
      outer.$fail(inner.$takeError())
    } else {
      outer.setResult(inner.result())
    }
  }
  inner.$whenDone(passOn, () => outer)
  outer.$whenDone(() => { if (!inner.$ended) inner.$forgetCallback(passOn) }, nobody)
  return outer
}
