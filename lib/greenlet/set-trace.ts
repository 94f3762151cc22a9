import { describe } from '../base/describe.ts'
import { ArgumentError } from '../base/errors.ts'
import { type Hooks, hooks, setHook } from '../generator/hooks.ts'
import type { Greenlet } from './greenlet.ts'

/** `switch` when a value is delivered, `throw` when an error is. */
export type TraceEvent = 'switch' | 'throw'

/**
 * Told of every jump after it was made, when `getCurrent()` is the target already (G24). A tracer that wants to switch
 * itself is a generator function (G26).
 */
export type Tracer = (event: TraceEvent, greenlets: [origin: Greenlet, target: Greenlet]) => unknown

/**
 * Trace all switches, or with `null` none. A tracer that throws is removed, and its error is raised in the target
 * (G25).
 * @returns the tracer before, or `null`.
 */
export function setTrace(tracer: Tracer | null): Tracer | null {
  if (tracer !== null && typeof tracer !== 'function') {
    throw new ArgumentError(`setTrace() takes a function or null, not ${describe(tracer)}`)
  }
  const previous = getTrace()
  setHook('tracer', tracer as Hooks['tracer'])
  return previous
}

/** The tracer that is set, or `null`. */
export function getTrace(): Tracer | null { return hooks.tracer }
