import { describe } from '../../base/describe.ts'
import { ArgumentError } from '../../base/errors.ts'
import { checkOptions } from '../../base/options.ts'
import { checkedLoop, running } from '../../loop/loop.ts'
import type { EventLoop } from '../../task/event-loop.ts'
import type { Future } from '../../task/future.ts'
import { getEventLoop } from '../../task/loops.ts'
import { ConcurrentFuture } from './concurrent-future.ts'

const WRAP_FUTURE = { call: 'wrapFuture(future, { loop })', names: ['loop'] }

/**
 * Turn the future of an executor into a future of a loop: `yield* wrapFuture(pool.submit(f))`. If one of the two is cancelled, the
 * other is cancelled as well. It is Python's `asyncio.wrap_future()`.
 * @param options.loop the loop; by default, the one that runs.
 * @throws TypeError when `future` is not what `submit()` returned.
 */
export function wrapFuture<T>(future: ConcurrentFuture<T>, options: { readonly loop?: EventLoop } = {}): Future<T> {
  if (!((future as unknown) instanceof ConcurrentFuture)) {
    throw new ArgumentError(`wrapFuture() takes what submit() returns, not ${describe(future)}`, 'NOT_A_FUTURE')
  }
  checkOptions(options, WRAP_FUTURE)
  if (options.loop !== undefined) checkedLoop('wrapFuture({ loop })', options.loop)
  const loop = options.loop ?? running.loop as EventLoop | null ?? getEventLoop()
  const wrapped = loop.createFuture<T>()
  wrapped.addDoneCallback(() => { if (wrapped.cancelled()) future.cancel() })
  future.addDoneCallback(() => {
    if (loop.isClosed()) return
    loop.callSoonThreadsafe(() => {
      if (wrapped.done()) return
      if (future.cancelled()) wrapped.cancel()
      else if (future.exception() !== null) wrapped.setException(future.exception() as Error)
      else wrapped.setResult(future.result())
    })
  })
  return wrapped
}
