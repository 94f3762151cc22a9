import { otherCopy } from '../base/copies.ts'
import { describe } from '../base/describe.ts'
import { ArgumentError, RuntimeError } from '../base/errors.ts'
import { checkedLoop, running } from '../loop/loop.ts'
import { EventLoop } from './event-loop.ts'

/** Makes the loops that `newEventLoop()` and `getEventLoop()` give. It is Python's `asyncio.AbstractEventLoopPolicy`. */
export interface EventLoopPolicy {
  /** Make a loop. It is not running yet. */
  newEventLoop(): EventLoop
}

const DEFAULT_POLICY: EventLoopPolicy = { newEventLoop: () => new EventLoop() }

let policy = DEFAULT_POLICY
/** Has the program taken the loop away, with `setEventLoop(null)`? Then `getEventLoop()` makes no new one. */
let withdrawn = false

/** The loop that runs. It is Python's `asyncio.get_running_loop()`. @throws RuntimeError when none runs. */
export function getRunningLoop(): EventLoop {
  if (running.loop !== null) return running.loop as EventLoop
  throw new RuntimeError('no running event loop. Write loop.createTask(coroutine), or do it in a coroutine that run() runs' + otherCopy(false), { code: 'NO_LOOP' })
}

/** Does a loop run? Then this is code of it, and not of its host. @internal */
export function isInLoop(): boolean { return running.loop !== null }

/**
 * The loop that runs. When none runs, it is the loop of `setEventLoop()`. When there is none either, a new loop is made and kept.
 * It is Python's `asyncio.get_event_loop()`.
 * @throws RuntimeError after `setEventLoop(null)`.
 */
export function getEventLoop(): EventLoop {
  const loop = running.loop ?? running.chosen
  if (loop !== null) return loop as EventLoop
  if (withdrawn) throw new RuntimeError('There is no current event loop. Do it in a coroutine that run() runs, or write ' +
    'setEventLoop(newEventLoop()) first', { code: 'NO_LOOP' })
  return running.chosen = newEventLoop()
}

/** Make a loop, by the policy. It is Python's `asyncio.new_event_loop()`. */
export function newEventLoop(): EventLoop { return policy.newEventLoop() }

/**
 * Choose the loop that `getEventLoop()` gives when none runs. It is Python's `asyncio.set_event_loop()`.
 * @throws TypeError when it is neither an event loop nor `null`.
 */
export function setEventLoop(loop: EventLoop | null): void {
  if (loop !== null && !(loop instanceof EventLoop)) {
    throw new ArgumentError(`setEventLoop() takes an event loop or null, not ${describe(loop)}`, 'NOT_A_LOOP')
  }
  running.chosen = loop
  withdrawn = loop === null
}

/** @internal */
export { checkedLoop }

/** Is the policy the default one? @internal */
export function isDefaultPolicy(): boolean { return policy === DEFAULT_POLICY }

/** What makes the loops. It is Python's `asyncio.get_event_loop_policy()`. */
export function getEventLoopPolicy(): EventLoopPolicy { return policy }

/**
 * Choose what makes the loops. It is Python's `asyncio.set_event_loop_policy()`.
 * @param newPolicy what makes loops from now on; `null` for the default.
 * @throws TypeError when it makes no loops.
 */
export function setEventLoopPolicy(newPolicy: EventLoopPolicy | null): void {
  if (newPolicy !== null && typeof (newPolicy as Partial<EventLoopPolicy> | undefined)?.newEventLoop !== 'function') {
    throw new ArgumentError(`setEventLoopPolicy() takes something with a method newEventLoop(), or null, not ${describe(newPolicy)}`, 'NOT_A_POLICY')
  }
  policy = newPolicy ?? DEFAULT_POLICY
}
