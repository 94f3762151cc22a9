import { GreenletExit } from '../base/errors.ts'
import { INSPECT } from '../base/inspect.ts'
import { type Context, current } from '../context/context.ts'
import { type Mode, SEND, THROW } from '../generator/resume.ts'
import { DRIVEN, IDLE, Stack } from '../generator/stack.ts'
import { PLAIN_CODE, registers } from '../generator/registers.ts'
import { Request } from '../generator/request.ts'

/** Not started: its `run` has not been called. */
export const UNSTARTED = IDLE
/** Finished. */
export const DEAD = 1
/** Its frames can be resumed: it is parked in a `switch()`, or it is the current fiber. */
export const STARTED = DRIVEN
/** Its plain code runs, or has called `resume()` and waits for that drive to return. */
export const HOSTING = 3
/** It is parked in a wait, and goes on when that is over. */
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

/** What the greenlet of a task ends with: the parent resumes, and gets `undefined`. */
export const NOTHING_MORE = parcel(SEND, undefined)

/**
 * The base of a greenlet: a stack of frames, and a parent that gets what the fiber ends with. The trampoline moves control
 * between fibers.
 */
export abstract class Fiber extends Stack {
  /** @internal */
  declare $state: FiberState
  /** @internal */
  $context: Context | null = null
  /** What it waits for, while its state is `WAITING`. @internal */
  $parkedAt: Wait | null = null
  /** Who goes on with it when the wait is over; `null` when whoever ends the wait does so at once. @internal */
  $waiter: Waiter | null = null

  /** The parent; `null` for the main greenlet only. @internal */
  $ancestor: Fiber | null = null

  abstract override toString(): string

  /** @internal */
  [INSPECT](): string { return this.toString() }

  /** The function to start with. Asked once, at the start; may throw. @internal */
  abstract $takeRun(): unknown

  /** Move control here from plain code, and come back when control does. @internal */
  abstract $drive(brought: Parcel): unknown

  /**
   * It has ended with a value or an error. `GreenletExit` counts as a value (G10), and starts a parent without arguments.
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
  /** It is over, and whoever waited will take a turn; `undefined` for a wait that nobody can end before its time. */
  readonly $ended?: boolean
  /** Whoever waited was cancelled after the wait was over, and does not get what it brought. */
  $wasted?(): void
  /** In the words of a report. */
  toString(): string
}

/** A request to wait: control goes back to whoever drives, until the wait is over. */
export abstract class WaitRequest extends Request {
  /**
   * Register how the wait ends. What this throws is thrown at the `yield*`.
   * @returns what the fiber waits for, or `null` when it need not wait and the answer is in `ANSWER`.
   */
  abstract park(fiber: Fiber): Wait | null
}

/** Who goes on with a fiber when its wait is over. */
export interface Waiter {
  /** The fiber that it began in; `null` for a waiter that has none of its own. */
  readonly $home: Fiber | null
  $wake(mode: Mode, value: unknown): void
  /** The fiber waits for the next turn: at a `yield*`, or at a bare `yield`. */
  $passTurn(fiber: Fiber, atRequest: boolean): void
  /** Somebody threw into the fiber, so that it goes on already: forget the turn that it is ready for. */
  $losesTurn(): void
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

/** The registers of the event loop that runs. The loop writes them; so does an eager task, for as long as it begins. */
export const scheduling = {
  /** Who is in charge of waits; `null` when no loop runs, and then a wait ends where `resume` is called. */
  scheduler: null as Scheduler | null,
  /** The fiber whose plain code runs the loop. */
  main: null as Fiber | null,
  /** A waiter has its turn, and not a callback or the host. */
  inTurn: false,
  /** The depth of the loop's drive. A fiber that waits in a drive further in does not wait in the name of the waiter. */
  depth: 0,
}

/** Who has the turn, and waits if the fiber that runs waits; `null` in callbacks and in host code. */
export function whoseTurn(): Waiter | null {
  return scheduling.inTurn ? current.turns?.taken as unknown as Waiter : null
}

/** The loop calls plain code, which runs in no drive and in nobody's turn. */
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
