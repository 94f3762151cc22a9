import type { Context } from '../context/context.ts'
import { type Mode, Stack } from '../generator/frames.ts'
import { Request } from '../generator/trap.ts'

/** Not started: `run` has not been called. */
export const UNSTARTED = 0
/** Its frames can be resumed: it waits in a `switch()`, or it is the current one. */
export const STARTED = 1
/** Plain code runs in its name, or waits in a drive that it made (`resume()`): control returns there by returning. */
export const HOSTING = 2
/** It waits to be woken. */
export const WAITING = 3
/** Finished. */
export const DEAD = 4
export type FiberState = typeof UNSTARTED | typeof STARTED | typeof HOSTING | typeof WAITING | typeof DEAD

/** What control brings along when it moves. */
export interface Parcel {
  readonly mode: Mode
  readonly value: unknown
  /** How many arguments `value` stands for, should it start a greenlet. */
  readonly count: number
}

export function parcel(mode: Mode, value: unknown, count = 1): Parcel { return { mode, value, count } }

/** What the trampoline moves between: a stack of frames, and a parent that gets what comes out of it. */
export abstract class Fiber extends Stack {
  /** @internal */
  state: FiberState = UNSTARTED
  /** @internal */
  ownContext: Context | null = null
  /** What it waits for; set while it is `WAITING`. @internal */
  waitingFor: Waiting | null = null

  /** The parent; `null` for the main greenlet only. @internal */
  ancestor: Fiber | null = null

  abstract override toString(): string

  /** The function to start with. Asked once, at the start; may throw. @internal */
  abstract takeRun(): unknown

  /** Move control here from plain code, and come back when control does. @internal */
  abstract enter(brought: Parcel): unknown
}

/** A request to wait: control goes back to whoever drives, until the fiber is woken. */
export abstract class Waiting extends Request {
  /**
   * Register how the fiber is woken. What this throws is thrown at the wait.
   * @returns false when there is nothing to wait for: the answer is in `ANSWER`.
   */
  abstract park(fiber: Fiber): boolean

  /** Take the registration back: the wait is interrupted. */
  abstract unpark(): void
}
