import type { Awaitable } from '../generator/types.ts'
import { ensureFutureIn } from '../task/ensure-future.ts'
import type { EventLoop } from '../task/event-loop.ts'
import { getEventLoop } from '../task/loops.ts'

export interface LoopOption {
  /** Where it runs; by default the loop that runs, or that of `setEventLoop()`. */
  readonly loop?: EventLoop
}

/**
 * Give code with promises what a coroutine or a future ends with: `await toPromise(main(), { loop })`. A coroutine becomes a
 * task. Somebody has to drive the loop: `attach(loop)`, or its ticks.
 * @returns a promise. When the awaitable is cancelled, it is rejected with the `CancelledError`.
 * @throws TypeError when it is given no awaitable; RuntimeError when there is no loop.
 */
export function toPromise<T>(awaitable: Awaitable<T>, { loop = getEventLoop() }: LoopOption = {}): Promise<T> {
  const future = ensureFutureIn(loop, awaitable)
  return new Promise<T>(resolve => {
    future.addDoneCallback(() => { resolve(Promise.resolve().then(() => future.result())) }) // be it an error
  })
}
