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

/** What control brings along when it moves to a fiber. */
export interface Parcel {
  readonly mode: Mode
  readonly value: unknown
  /** How many arguments `value` stands for, if it starts a greenlet. */
  readonly count: number
}

export function parcel(mode: Mode, value: unknown, count = 1): Parcel { return { mode, value, count } }

/** What the parent gets when the greenlet of a task ends: it resumes with `undefined`. */
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
  /** While its state is `WAITING`, this is what it waits for. @internal */
  $parkedAt: Wait | null = null
  /** Resumes it when the wait is over. `null` means that whoever ends the wait resumes it at once. @internal */
  $waiter: Waiter | null = null

  /** The parent; `null` for the main greenlet only. @internal */
  $ancestor: Fiber | null = null

  abstract override toString(): string

  /** @internal */
  [INSPECT](): string { return this.toString() }

  /** @returns the function to start with. It is called once, at the start, and may throw. @internal */
  abstract $takeRun(): unknown

  /** Move control here from plain code. The call returns when control comes back. @internal */
  abstract $drive(brought: Parcel): unknown

  /**
   * The fiber has ended with a value or an error. `GreenletExit` counts as a value (G10). If it starts a parent, the parent
   * gets no arguments.
   * @returns what its parent gets. @internal
   */
  $finish(mode: Mode, value: unknown): Parcel {
    if (mode === SEND) return parcel(SEND, value)
    return value instanceof GreenletExit ? parcel(SEND, value, 0) : parcel(THROW, value)
  }
}

/** What a fiber waits for. */
export interface Wait {
  /** The wait is interrupted: undo what was registered. */
  $unpark(fiber: Fiber): void
  /** Is the wait over, so that the fiber will get a turn? It is `undefined` for a wait that nobody can end early. */
  readonly $ended?: boolean
  /** The wait was over, and then the fiber was cancelled before its turn. It does not get the result of the wait. */
  $wasted?(): void
  /** A wait for a time: let it be over now, as if the time had come. */
  $skip?(): void
  /** The words for it in a report. */
  toString(): string
}

/** A request to wait. Control goes back to whoever drives, until the wait is over. */
export abstract class WaitRequest extends Request {
  /**
   * Register how the wait ends. If this throws, the error is thrown at the `yield*`.
   * @returns what the fiber waits for. `null` means that it need not wait, and that the answer is in `ANSWER`.
   */
  abstract park(fiber: Fiber): Wait | null
}

/** A waiter resumes a fiber when its wait is over. */
export interface Waiter {
  /** The fiber that it began in; `null` when it has none of its own. */
  readonly $home: Fiber | null
  $wake(mode: Mode, value: unknown): void
  /** The fiber waits for the next turn: at a `yield*`, or at a bare `yield`. */
  $passTurn(fiber: Fiber, atRequest: boolean): void
  /** Somebody threw into the fiber, so it goes on already. Forget the turn that it was to get. */
  $losesTurn(): void
}

/** The part of an event loop that handles the waits of fibers while it runs. */
export interface Scheduler {
  /**
   * A fiber lets others go first. It goes on when its turn comes.
   * @param atRequest true when it waits at a `yield*`, false when it waits at a bare `yield`.
   * @returns what it waits for.
   */
  passTurn(fiber: Fiber, atRequest: boolean): Wait
  /** A fiber has yielded a value that nobody understands. It gets the error when its turn comes (rule 10). */
  refuse(fiber: Fiber, error: Error): Wait
  /** A fiber begins to wait: give it a waiter, which wakes it. */
  adopt(fiber: Fiber, wait: Wait): void
}

/** The registers of the event loop that runs. The loop writes them, and an eager task does during its first step. */
export const scheduling = {
  /** It handles the waits. `null` means that no loop runs, and that a wait ends where somebody calls `resume`. */
  scheduler: null as Scheduler | null,
  /** The fiber whose plain code runs the loop. */
  main: null as Fiber | null,
  /** True while a waiter has its turn; false in a callback, and while the host runs. */
  inTurn: false,
  /** The depth of the loop's drive. A fiber that waits in a deeper drive does not make the waiter wait. */
  depth: 0,
}

/** Those whose turn waits on JavaScript's stack while another turn is given inside of it; `null` for plain code. */
export const turnsBelow: unknown[] = []

/** Is it somebody's turn, now or further down on JavaScript's stack? Then it cannot be given another one. */
export function isOnStack(waiter: Waiter): boolean { return whoseTurn() === waiter || turnsBelow.includes(waiter) }

/** @returns the waiter that has the turn, and that waits if the running fiber waits; `null` in callbacks and in host code. */
export function whoseTurn(): Waiter | null {
  return scheduling.inTurn ? current.turns?.taken as unknown as Waiter : null
}

/** The loop is going to call plain code, which runs outside of any drive and of any turn. */
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
