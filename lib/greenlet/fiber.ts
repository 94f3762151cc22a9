import { GreenletExit } from '../base/errors.ts'
import { type Context, current } from '../context/context.ts'
import { type Mode, SEND, THROW } from '../generator/control.ts'
import { DRIVEN, IDLE, Stack } from '../generator/stack.ts'
import { PLAIN_CODE, Request, registers } from '../generator/trap.ts'

/** Not started: `run` has not been called. */
export const UNSTARTED = IDLE
/** Finished. */
export const DEAD = 1
/** Its frames can be resumed: it waits in a `switch()`, or it is the current one. */
export const STARTED = DRIVEN
/** Plain code runs in its name, or waits in a drive that it made (`resume()`): control returns there by returning. */
export const HOSTING = 3
/** It waits to be woken. */
export const WAITING = 4
export type FiberState = typeof UNSTARTED | typeof STARTED | typeof HOSTING | typeof WAITING | typeof DEAD

/** What control brings along when it moves. */
export interface Parcel {
  readonly mode: Mode
  readonly value: unknown
  /** How many arguments `value` stands for, should it start a greenlet. */
  readonly count: number
}

export function parcel(mode: Mode, value: unknown, count = 1): Parcel { return { mode, value, count } }

/** A fiber has ended, and its parent gets nothing from it but control. */
export const NOTHING_MORE = parcel(SEND, undefined)

/** What the trampoline moves between: a stack of frames, and a parent that gets what comes out of it. */
export abstract class Fiber extends Stack {
  /** @internal */
  declare $state: FiberState
  /** @internal */
  $context: Context | null = null
  /** What it waits for, while it is `WAITING`. @internal */
  $parkedAt: Wait | null = null
  /** Then: who goes on with it when the wait is over; `null` when it is whoever ends the wait. @internal */
  $waiter: Waiter | null = null

  /** The parent; `null` for the main greenlet only. @internal */
  $ancestor: Fiber | null = null

  abstract override toString(): string

  /** The function to start with. Asked once, at the start; may throw. @internal */
  abstract $takeRun(): unknown

  /** Move control here from plain code, and come back when control does. @internal */
  abstract $drive(brought: Parcel): unknown

  /**
   * It has ended, with a value or an error. `GreenletExit` is a way to return, not to fail (G10), and starts a parent
   * without arguments.
   * @returns what its parent gets. @internal
   */
  $finish(mode: Mode, value: unknown): Parcel {
    if (mode === SEND) return parcel(SEND, value)
    return value instanceof GreenletExit ? parcel(SEND, value, 0) : parcel(THROW, value)
  }
}

/** What a fiber waits for. */
export interface Wait {
  /** Take the registration back: the wait is interrupted. */
  $unpark(fiber: Fiber): void
  /** End it with a `CancelledError`. @returns false when it has ended already; without the method it cannot be ended. */
  cancel?(message?: string): boolean
  /** It is over, and whoever waited will take a turn. */
  readonly $ended?: boolean
  /** In the words of a report. */
  toString(): string
}

/** A request to wait: control goes back to whoever drives, until the fiber is woken. */
export abstract class WaitRequest extends Request {
  /**
   * Register how the fiber is woken. What this throws is thrown at the wait.
   * @returns what it waits for now, or `null`: there is nothing to wait for, and the answer is in `ANSWER`.
   */
  abstract park(fiber: Fiber): Wait | null
}

/** Goes on with a fiber whose wait is over, when its turn comes. */
export interface Waiter {
  $wake(mode: Mode, value: unknown): void
  /** It waits for its next turn: at a `yield*`, or at a bare `yield`. */
  $passTurn(fiber: Fiber, atRequest: boolean): void
  /** The fiber goes on otherwise: it was thrown into. */
  $interrupted(): void
}

/** What an event loop does for the waits of fibers while it runs. */
export interface Scheduler {
  /**
   * A fiber lets others go first: it goes on when its turn comes.
   * @param atRequest it waits at a `yield*`; else at a bare `yield`.
   * @returns what it waits for.
   */
  passTurn(fiber: Fiber, atRequest: boolean): Wait
  /** A fiber has yielded what nobody understands: it gets the error when its turn comes (rule 10). */
  refuse(fiber: Fiber, error: Error): Wait
  /** A fiber begins to wait: give it a waker. */
  adopt(fiber: Fiber, wait: Wait): void
}

/** The registers of the event loop that runs. */
export const scheduling = {
  /** Who is in charge of waits; `null` when no loop runs, and then a wait ends where `resume` is called. */
  scheduler: null as Scheduler | null,
  /** The fiber whose plain code runs the loop. */
  main: null as Fiber | null,
  /** It is somebody's turn. */
  inTurn: false,
  /** How deep its drive is. What waits in a drive inside that one waits by itself. */
  depth: 0,
}

/** Whose turn it is: who waits, if the fiber that runs waits; `null` when it is nobody's. */
export function whoseTurn(): Waiter | null {
  return scheduling.inTurn ? current.turns?.taken as unknown as Waiter : null
}

/** The loop calls plain code: that is in no drive and in nobody's turn. */
export function leaveForPlainCode(): void {
  registers.depth--
  registers.stack = PLAIN_CODE
  current.fiber = scheduling.main
  scheduling.inTurn = false
}

/** The plain code has returned. */
export function backFromPlainCode(): void {
  registers.depth++
  registers.stack = null
}
