import { RuntimeError } from '../base/errors.ts'
import type { EventLoop } from '../task/event-loop.ts'

/** Thrown when a loop that blocks its thread would wait for a promise or a signal. Neither makes progress meanwhile, so it would wait for ever. */
export class PromiseInBlockingLoopError extends RuntimeError {}

/**
 * @param standstill what does not happen while the thread is blocked.
 * @param orElse what to write instead besides.
 * @throws PromiseInBlockingLoopError when the loop blocks its thread.
 */
export function throwIfBlocking(loop: EventLoop, call: string, standstill = 'no promise makes progress', orElse = ''): void {
  if (!loop.$blocks) return
  throw new PromiseInBlockingLoopError(`${call}: run() and runForever() block the thread, and ${standstill} meanwhile. ` +
    `Write attach(loop), from yieldfrom/node, or drive the loop by tick()${orElse}`, { code: 'PROMISE_IN_BLOCKING_LOOP' })
}
