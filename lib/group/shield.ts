import type { Awaitable } from '../generator/types.ts'
import { ensureFuture } from '../task/create-task.ts'
import { Future } from '../task/future.ts'
import { nobody } from '../task/listeners.ts'

/**
 * Wait for something without taking it along when the waiter is cancelled: `yield* shield(task)` (rule 20). The waiter gets its
 * `CancelledError`, and the task goes on.
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
