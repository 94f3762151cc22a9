import { RuntimeError } from '../base/errors.ts'
import type { EventLoop } from '../task/event-loop.ts'

/** Thrown when a loop that blocks its thread would wait for a promise. No promise makes progress meanwhile, so it would wait for ever. */
export class PromiseInBlockingLoopError extends RuntimeError {}

/** @throws PromiseInBlockingLoopError when the loop blocks its thread. */
export function throwIfBlocking(loop: EventLoop, call: string): void {
  if (!loop.$blocks) return
  throw new PromiseInBlockingLoopError(`${call}: run() and runForever() block the thread, and no promise makes progress meanwhile. ` +
    'Write attach(loop), from yieldfrom/node, or drive the loop by tick()', { code: 'PROMISE_IN_BLOCKING_LOOP' })
}
