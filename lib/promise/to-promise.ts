import { RuntimeError } from '../base/errors.ts'
import { checkOptions, functionOf } from '../base/options.ts'
import type { Awaitable } from '../generator/types.ts'
import { type Loop, checkedLoop, running } from '../loop/loop.ts'
import { ensureFutureIn } from '../task/ensure-future.ts'
import type { EventLoop } from '../task/event-loop.ts'
import { isFuture } from '../task/future.ts'

/** An option of `toPromise()`, `toAsyncIterable()`, `toReadableStream()` and `toWritableStream()`. */
export interface LoopOption {
  /** The loop to run in. The default is the loop that runs, or the loop of `setEventLoop()`. */
  readonly loop?: EventLoop
}

/**
 * Make a promise of a coroutine or a future: `await toPromise(main(), { loop })`. A coroutine becomes a task. A task and a future
 * know their loop: `await toPromise(loop.createTask(main()))`. Something must drive the loop: `attach(loop)`, or its ticks.
 * @returns a promise. When the awaitable is cancelled, the promise is rejected with the `CancelledError`.
 * @throws TypeError when it does not get an awaitable, or the options are wrong; RuntimeError when there is no loop.
 */
export function toPromise<T>(awaitable: Awaitable<T>, options: LoopOption = {}): Promise<T> {
  const itsLoop = isFuture(awaitable) ? awaitable.getLoop() : null
  const future = ensureFutureIn(loopOf(options, 'toPromise(main(), { loop })', itsLoop), awaitable)
  return new Promise<T>(resolve => {
    future.addDoneCallback(() => { resolve(Promise.resolve().then(() => future.result())) }) // result() may throw, which then() makes a rejection
  })
}

/**
 * The loop of the options, or the one that runs or is set. A new one would help nobody: nothing would drive it, and the promise would
 * never settle.
 * @param call the call as it should be: `toPromise(main(), { loop })`.
 * @param itsLoop the loop that it belongs to already.
 */
export function loopOf(options: LoopOption, call: string, itsLoop: Loop | null = null): EventLoop {
  checkOptions(options, { call, names: ['loop'] })
  const loop = options.loop ?? itsLoop ?? running.loop ?? running.chosen
  if (loop !== null) return checkedLoop(functionOf(call), loop as EventLoop)
  throw new RuntimeError(`no event loop runs or is set. Write ${call}, with the loop that attach(), tick() or frame() drives`, { code: 'NO_LOOP' })
}
