import type { Awaitable } from '../generator/types.ts'
import { ensureFutureIn } from '../task/ensure-future.ts'
import type { EventLoop } from '../task/event-loop.ts'
import { getEventLoop } from '../task/loops.ts'

/** An option of `toPromise()`, `toAsyncIterable()` and `toReadableStream()`. */
export interface LoopOption {
  /** The loop to run in. The default is the loop that runs, or the loop of `setEventLoop()`. */
  readonly loop?: EventLoop
}

/**
 * Make a promise of a coroutine or a future: `await toPromise(main(), { loop })`. A coroutine becomes a task. Something must drive
 * the loop: `attach(loop)`, or its ticks.
 * @returns a promise. When the awaitable is cancelled, the promise is rejected with the `CancelledError`.
 * @throws TypeError when it does not get an awaitable; RuntimeError after `setEventLoop(null)`.
 */
export function toPromise<T>(awaitable: Awaitable<T>, { loop = getEventLoop() }: LoopOption = {}): Promise<T> {
  const future = ensureFutureIn(loop, awaitable)
  return new Promise<T>(resolve => {
    future.addDoneCallback(() => { resolve(Promise.resolve().then(() => future.result())) }) // result() may throw, which then() makes a rejection
  })
}
