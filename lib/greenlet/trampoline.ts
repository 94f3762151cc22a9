import { GreenletError, GreenletExit } from '../base/errors.ts'
import { current, currentFiber } from '../context/context.ts'
import { registers, throwIfForgotten } from '../generator/registers.ts'
import { NEXT_TURN, RESUME } from '../generator/request.ts'
import { FAILED, type Mode, RAISE, REQUESTED, SEND, type Signal, THROW, YIELDED, resumeTop } from '../generator/resume.ts'
import { type SwitchView, notify } from '../generator/watch.ts'
import { arrival, arrive, arriveInMain, finishFiber, resumeFiber, startFiber } from './deliver.ts'
import { enterDrive, leaveDrive } from './drive-of-fibers.ts'
import {
  DEAD, type Fiber, HOSTING, NOTHING_MORE, type Parcel, STARTED, UNSTARTED, WAITING, type WaitRequest, parcel, scheduling,
  whoseTurn,
} from './fiber.ts'
import { badYieldError } from './slips.ts'
import { SWITCH } from './switch-request.ts'
import { type Interlude, trace } from './tracing.ts'

/**
 * The trampoline: the one loop that moves control between greenlets.
 *
 *     plain code ── resume() ──▶ ┌────────────────────── trampoline ──────────────────────┐
 *     (`main`)  ◀── returns ──── │  run the frames of a fiber until they ask or end:      │
 *                                │    delegate   the stack does it itself (resume.ts)     │
 *                                │    switch     go on with the target                    │
 *                                │    wait       park the fiber, go back to `main`        │
 *                                │    end        go on with the parent                    │
 *                                └────────────────────────────────────────────────────────┘
 *
 * The plain code that calls is the main greenlet of the drive. As a rule it is host code. It is the code of a greenlet when
 * that calls `resume()` instead of yielding a switch. Then the drives nest. While the inner one runs, the code outside of it
 * waits on JavaScript's stack, and so do the mains of the outer drives: they are *buried*. An explicit switch to a buried
 * greenlet is an error. What a greenlet ends with goes past buried ancestors, as it goes past dead ones. At the latest it
 * comes to the main of its drive, so nothing is lost.
 */
export function trampoline(main: Fiber, target: Fiber, brought: Parcel): unknown {
  throwIfForgotten()
  const outside = enterDrive(main)
  let mode: Mode
  let value: unknown
  try {
    const first = transfer(main, main, target, brought)
    if (first !== main) bounce(main, resumeTop(first, arrival.mode, arrival.value))
  } finally {
    ({ mode, value } = arrival)
    leaveDrive(outside)
  }
  if (mode === SEND) return value
  throw value
}

/** Control has left a fiber, for the reason in `signal`. Run fibers until it comes back to `main`. */
export function bounce(main: Fiber, signal: Signal): void {
  for (;;) {
    let fiber = currentFiber() as Fiber // control has left this one, and may have hopped to it before
    if (signal === YIELDED) fiber = passTurn(main, fiber, registers.value)
    else if (signal !== REQUESTED) fiber = bequeath(main, fiber, finishFiber(fiber, signal === FAILED ? THROW : SEND, registers.value))
    else if (registers.value !== SWITCH) fiber = startWait(main, fiber, registers.value as WaitRequest)
    else fiber = transfer(main, fiber, SWITCH.target as Fiber, SWITCH.parcel())
    if (fiber === main) return
    signal = resumeTop(fiber, arrival.mode, arrival.value)
  }
}

/** A bare `yield` and `sleep(0)` pass one turn of the loop that runs. Anything else that is yielded is a slip. */
function passTurn(main: Fiber, fiber: Fiber, value: unknown): Fiber {
  const { scheduler } = scheduling
  const passes = value === undefined || value === NEXT_TURN
  if (scheduler === null || (!passes && scheduling.depth !== registers.depth)) {
    return arrive(fiber, value === NEXT_TURN ? RAISE : THROW, badYieldError(value, fiber))
  }
  fiber.$parkedAt = passes ? scheduler.passTurn(fiber, value === NEXT_TURN) : scheduler.refuse(fiber, badYieldError(value, fiber))
  return leaveWaiting(main, fiber)
}

/**
 * Move control from `origin` to `target`. If the target is dead, its nearest living ancestor takes its place. If control
 * cannot move there, the origin goes on with an error.
 * @returns the fiber to run next, as `arrival` says. If that is `main`, the drive ends.
 */
function transfer(main: Fiber, origin: Fiber, target: Fiber, brought: Parcel): Fiber {
  if (target.$state === DEAD && brought.mode === THROW && brought.value instanceof GreenletExit) {
    brought = parcel(SEND, brought.value, 0) // G15: the target has ended already, so this is a value for its parent
  }
  const reached = living(target)
  const obstacle = obstacleTo(main, reached, brought.mode)
  if (obstacle !== null) return arrive(origin, RAISE, obstacle)
  let body: unknown
  try {
    body = takeRun(reached)
  } catch (error) {
    return arrive(origin, RAISE, error) // G1, G2
  }
  const outcome = jump(main, origin, reached, body, brought, brought === NOTHING_MORE ? 'wait' : brought.mode === THROW ? 'throw' : 'switch')
  return outcome === null ? currentFiber() as Fiber : bequeath(main, reached, outcome)
}

/** A fiber has ended. Its parent, or the one that takes the parent's place, gets what it ended with (G7, G9). */
export function bequeath(main: Fiber, origin: Fiber, outcome: Parcel): Fiber {
  if (outcome === NOTHING_MORE && origin.$ancestor === main && !registers.observed) return returnTo(main)
  const toTask = outcome !== NOTHING_MORE
  let target = heir(main, origin.$ancestor, toTask)
  for (;;) {
    let body: unknown
    try {
      body = takeRun(target)
    } catch (error) {
      outcome = parcel(THROW, error) // G11: this one cannot start, and its own parent gets the error
      target = heir(main, target.$ancestor, toTask)
      continue
    }
    const next = jump(main, origin, target, body, outcome, 'end')
    if (next === null) return currentFiber() as Fiber
    origin = target
    outcome = next
    target = heir(main, origin.$ancestor, toTask)
  }
}

/**
 * Make the jump, and call the watcher and the tracer.
 * @returns what the target ends with, if this started the target and it has ended already. Otherwise it is `null`, and the
 * current fiber goes on.
 */
function jump(main: Fiber, origin: Fiber, reached: Fiber, body: unknown, brought: Parcel, why: SwitchView['why']): Parcel | null {
  const starts = reached.$state === UNSTARTED
  if (starts) reached.$state = HOSTING // while `run` itself is called, which may be a plain function
  current.fiber = reached
  let interlude: Interlude | null = null
  if (registers.observed) {
    const seen: SwitchView = { origin, target: reached, why, run: body, value: brought.value }
    notify('switch', origin.$top, seen)
    try {
      interlude = trace(origin, reached, brought.mode)
    } catch (error) {
      brought = parcel(THROW, error) // G25
    }
  }
  if (starts) return startFiber(reached, body, brought, interlude)
  if (reached === main) arriveInMain(main, brought, interlude)
  else resumeFiber(reached, brought, interlude)
  return null
}

/** @returns the fiber itself, or its nearest living ancestor: a dead greenlet hands on to its parent (G17). */
function living(fiber: Fiber): Fiber {
  while (fiber.$state === DEAD) fiber = fiber.$ancestor as Fiber
  return fiber
}

/**
 * G7, G9: the nearest ancestor that can take what a greenlet ends with. At the latest it is `main`. In the turn of a task
 * that has switched away, it is the task instead of `main`, as in asyncio, whose tasks run in the main greenlet.
 * @param toTask whether the task may take the place of `main`; false when the greenlet of a task itself has ended.
 */
function heir(main: Fiber, ancestor: Fiber | null, toTask: boolean): Fiber {
  while (ancestor !== null && ancestor !== main) {
    if (ancestor.$state === UNSTARTED || ancestor.$state === STARTED) return ancestor
    ancestor = ancestor.$ancestor
  }
  const home = toTask && main === scheduling.main ? whoseTurn()?.$home ?? null : null
  return home !== null && home.$state === STARTED ? home : main
}

/** @returns the error that says why control cannot move to a living fiber; `null` when it can. */
function obstacleTo(main: Fiber, fiber: Fiber, mode: Mode): Error | null {
  if (fiber.$state === HOSTING && fiber !== main) {
    return new GreenletError(`cannot switch to ${String(fiber)}: it waits further down on JavaScript's stack, in a resume() ` +
      'that this code runs inside. Write yield* g.switch() there instead of g.resume()', { code: 'BURIED' })
  }
  if (fiber.$state === WAITING && mode === SEND) {
    return new GreenletError(`cannot switch to ${String(fiber)}: it waits for ${String(fiber.$parkedAt)}, and gets its ` +
      'value from there. To interrupt the wait write yield* g.throw(error)', { code: 'WAITING' })
  }
  return null
}

/** @returns the function that an unstarted fiber starts with. @throws when its getter calls `switch()`, which is a slip (G2). */
function takeRun(fiber: Fiber): unknown {
  if (fiber.$state !== UNSTARTED) return undefined
  const body = fiber.$takeRun()
  throwIfForgotten()
  return body
}

/**
 * Park a fiber in the wait that it asks for.
 * @returns true when it waits; false when it need not wait, and goes on as `arrival` says.
 */
export function park(fiber: Fiber, request: WaitRequest): boolean {
  try {
    fiber.$parkedAt = request.park(fiber)
  } catch (error) {
    arrive(fiber, RAISE, error)
    return false
  }
  if (fiber.$parkedAt === null) {
    arrive(fiber, SEND, RESUME)
    return false
  }
  fiber.$state = WAITING
  return true
}

/** A fiber asks to wait. @returns the fiber to run next. */
function startWait(main: Fiber, fiber: Fiber, request: WaitRequest): Fiber {
  if (registers.observed) notify('suspend', fiber.$top, request)
  return park(fiber, request) ? leaveWaiting(main, fiber) : fiber
}

/** A fiber is parked, so control goes back to whoever drives. */
function leaveWaiting(main: Fiber, fiber: Fiber): Fiber {
  fiber.$state = WAITING
  return registers.observed ? transfer(main, fiber, main, NOTHING_MORE) : returnTo(main)
}

/** Control goes back to whoever drives, with `undefined`. No watcher and no tracer is called. */
function returnTo(main: Fiber): Fiber {
  current.fiber = main
  return arrive(main, SEND, undefined)
}
