import { describe } from '../base/describe.ts'
import { ArgumentError } from '../base/errors.ts'
import { Future } from '../task/future.ts'
import { getRunningLoop } from '../task/loops.ts'
import { throwIfBlocking } from './errors.ts'

/**
 * Wait for a promise: `const response = yield* fromPromise(fetch(url))`.
 *
 * With a function, it calls the function with a signal: `yield* fromPromise(signal => fetch(url, { signal }))`. When the wait is
 * cancelled, the signal is aborted. After that, the end of the promise is ignored.
 * @returns a future of the loop that runs. It ends as the promise does. The reason of a rejection is thrown as it is.
 * @throws PromiseInBlockingLoopError when the loop blocks its thread; TypeError when it does not get a promise; RuntimeError when
 * no loop runs.
 */
export function fromPromise<T>(promise: PromiseLike<T> | ((signal: AbortSignal) => PromiseLike<T>)): Future<Awaited<T>> {
  const loop = getRunningLoop()
  throwIfBlocking(loop, 'fromPromise()')
  return typeof promise === 'function' ? abortable(promise) : settledBy(new Future<Awaited<T>>({ loop }), promise)
}

function abortable<T>(start: (signal: AbortSignal) => PromiseLike<T>): Future<Awaited<T>> {
  const controller = new AbortController()
  const future = new Future<Awaited<T>>({ loop: getRunningLoop() })
  future.addDoneCallback(() => { if (future.cancelled()) controller.abort(future.$newCancelledError()) })
  return settledBy(future, start(controller.signal))
}

function settledBy<T>(future: Future<Awaited<T>>, promise: PromiseLike<T>): Future<Awaited<T>> {
  if (typeof (promise as Partial<PromiseLike<T>> | undefined)?.then !== 'function') {
    throw new ArgumentError(`fromPromise() takes a promise, or a function that returns one, not ${describe(promise)}`, 'NOT_A_PROMISE')
  }
  promise.then(
    value => { if (!future.done()) future.setResult(value as Awaited<T>) },
    (reason: unknown) => { if (!future.done()) future.$fail(reason) },
  )
  return future
}
