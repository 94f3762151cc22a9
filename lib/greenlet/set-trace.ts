import { describe } from '../base/describe.ts'
import { ArgumentError } from '../base/errors.ts'
import { type Hooks, hooks, setHook } from '../generator/hooks.ts'
import type { Greenlet } from './greenlet.ts'

/** `switch` means that a value is delivered, and `throw` that an error is. */
export type TraceEvent = 'switch' | 'throw'

/**
 * A tracer is called after every jump, when `getCurrent()` is the target already (G24). A tracer that wants to switch itself
 * is a generator function (G26).
 */
export type Tracer = (event: TraceEvent, greenlets: [origin: Greenlet, target: Greenlet]) => unknown

/**
 * Trace all switches (Python's `greenlet.settrace`). A tracer that throws is removed, and its error is raised in the target
 * (G25).
 * @param tracer is called after each switch; `null` ends the tracing.
 * @returns the tracer that was set before, or `null`.
 * @throws TypeError when `tracer` is neither a function nor `null`.
 */
export function setTrace(tracer: Tracer | null): Tracer | null {
  if (tracer !== null && typeof tracer !== 'function') {
    throw new ArgumentError(`setTrace() takes a function or null, not ${describe(tracer)}`)
  }
  const previous = getTrace()
  setHook('tracer', tracer as Hooks['tracer'])
  return previous
}

/** @returns the tracer that is set, or `null` (Python's `greenlet.gettrace`). */
export function getTrace(): Tracer | null { return hooks.tracer }
