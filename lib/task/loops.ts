import { otherCopy } from '../base/copies.ts'
import { describe } from '../base/describe.ts'
import { ArgumentError, RuntimeError } from '../base/errors.ts'
import { running } from '../loop/loop.ts'
import { EventLoop } from './event-loop.ts'

/** Makes the loops of `newEventLoop()` and `getEventLoop()`. */
export interface EventLoopPolicy {
  newEventLoop(): EventLoop
}

const DEFAULT_POLICY: EventLoopPolicy = { newEventLoop: () => new EventLoop() }

let policy = DEFAULT_POLICY
/** Was the loop taken away on purpose, by `setEventLoop(null)`? */
let withdrawn = false

/** The loop that runs. @throws RuntimeError when none does. */
export function getRunningLoop(): EventLoop {
  if (running.loop !== null) return running.loop as EventLoop
  throw new RuntimeError('no running event loop. Write loop.createTask(coroutine), or do it in a coroutine that run() runs' + otherCopy(false), { code: 'NO_LOOP' })
}

/**
 * The loop that runs; else that of `setEventLoop()`; else a new one, which is kept.
 * @throws RuntimeError after `setEventLoop(null)`.
 */
export function getEventLoop(): EventLoop {
  const loop = running.loop ?? running.chosen
  if (loop !== null) return loop as EventLoop
  if (withdrawn) throw new RuntimeError('There is no current event loop. Do it in a coroutine that run() runs, or write ' +
    'setEventLoop(newEventLoop()) first', { code: 'NO_LOOP' })
  return running.chosen = newEventLoop()
}

/** A new loop, made by the policy. */
export function newEventLoop(): EventLoop { return policy.newEventLoop() }

/** Choose the loop that `getEventLoop()` gives when none runs. */
export function setEventLoop(loop: EventLoop | null): void {
  if (loop !== null && !(loop instanceof EventLoop)) {
    throw new ArgumentError(`setEventLoop() takes an event loop or null, not ${describe(loop)}`, 'NOT_A_LOOP')
  }
  running.chosen = loop
  withdrawn = loop === null
}

/** Has nobody set a policy? @internal */
export function isDefaultPolicy(): boolean { return policy === DEFAULT_POLICY }

export function getEventLoopPolicy(): EventLoopPolicy { return policy }

/** @param newPolicy who makes loops from now on; `null` for the default. */
export function setEventLoopPolicy(newPolicy: EventLoopPolicy | null): void { policy = newPolicy ?? DEFAULT_POLICY }
