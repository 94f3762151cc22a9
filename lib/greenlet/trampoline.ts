import { GreenletError, GreenletExit } from '../base/errors.ts'
import { current, currentFiber } from '../context/context.ts'
import { REQUESTED, FAILED, type Mode, RAISE, SEND, type Signal, THROW, YIELDED } from '../generator/control.ts'
import { follow, run, step } from '../generator/machine.ts'
import { CLOSED, type StackFrame } from '../generator/stack.ts'
import { REQUEST, NEXT_TURN, RESUME, throwIfForgotten, registers } from '../generator/trap.ts'
import { notify } from '../generator/watch.ts'
import { badYieldError } from './slips.ts'
import { DEAD, type Fiber, HOSTING, NOTHING_MORE, type Parcel, STARTED, UNSTARTED, WAITING, type WaitRequest, type Waiter, parcel, scheduling } from './fiber.ts'
import { arrival, arrive, startFiber, finishFiber, arriveInMain, resumeFiber } from './deliver.ts'
import { SWITCH } from './switch-request.ts'
import { type Interlude, trace } from './tracing.ts'

/**
 * The trampoline: the one loop that moves control between greenlets.
 *
 *     plain code ── resume() ──▶ ┌────────────────────── trampoline ──────────────────────┐
 *     (`main`)  ◀── returns ──── │  run the frames of a fiber until they ask or end:      │
 *                                │    delegate   the stack does it itself (machine.ts)    │
 *                                │    switch     go on with the target                    │
 *                                │    wait       park the fiber, go back to `main`        │
 *                                │    end        go on with the parent                    │
 *                                └────────────────────────────────────────────────────────┘
 *
 * The plain code that calls is the main greenlet of the drive: host code as a rule, and the code of a greenlet when
 * that calls `resume()` instead of yielding a switch. Then the drives nest. While the inner one runs, the code below
 * waits on JavaScript's stack, and so do the mains of the drives that it belongs to: they are *buried*. An explicit
 * switch to a buried greenlet is an error. What a greenlet ends with climbs past buried ancestors, as it climbs past
 * dead ones, and comes at the latest to the main of its drive: nothing is lost.
 */
export function trampoline(main: Fiber, target: Fiber, brought: Parcel): unknown {
  throwIfForgotten()
  const state = main.$state
  const { stack } = registers
  main.$state = HOSTING
  registers.stack = null
  registers.depth++
  try {
    const first = transfer(main, main, target, brought)
    if (first !== main) bounce(main, run(first, arrival.mode, arrival.value))
  } finally {
    main.$state = state
    current.fiber = main
    registers.stack = stack
    registers.depth--
  }
  if (arrival.mode === SEND) return arrival.value
  throw arrival.value
}

/** The loop itself: control has left a fiber. Run fibers, as `arrival` says, until it comes back to `main`. */
function bounce(main: Fiber, signal: Signal): void {
  for (;;) {
    let fiber = currentFiber() as Fiber // it may have hopped
    if (signal === YIELDED) fiber = turn(main, fiber, registers.value)
    else if (signal !== REQUESTED) fiber = bequeath(main, fiber, finishFiber(fiber, signal === FAILED ? THROW : SEND, registers.value))
    else if (registers.value !== SWITCH) fiber = wait(main, fiber, registers.value as WaitRequest)
    else fiber = transfer(main, fiber, SWITCH.target as Fiber, SWITCH.parcel())
    if (fiber === main) return
    signal = run(fiber, arrival.mode, arrival.value)
  }
}

/** A bare `yield` passes one turn of the loop that runs, and so does `sleep(0)`. Anything else that is yielded is a slip. */
function turn(main: Fiber, fiber: Fiber, value: unknown): Fiber {
  const { scheduler } = scheduling
  const passes = value === undefined || value === NEXT_TURN
  if (scheduler === null || (!passes && scheduling.depth !== registers.depth)) {
    return arrive(fiber, value === NEXT_TURN ? RAISE : THROW, badYieldError(value))
  }
  fiber.$parkedAt = passes ? scheduler.passTurn(fiber, value === NEXT_TURN) : scheduler.refuse(fiber, badYieldError(value))
  return leave(main, fiber)
}

/**
 * Move control from `origin` to `target`, or to whoever takes it in the target's stead. When that cannot be done, the
 * origin goes on with an error.
 * @returns the fiber to run next, `arrival` saying how; `main` ends the drive.
 */
function transfer(main: Fiber, origin: Fiber, target: Fiber, brought: Parcel): Fiber {
  if (target.$state === DEAD && brought.mode === THROW && brought.value instanceof GreenletExit) {
    brought = parcel(SEND, brought.value, 0) // G15: it has left already, so this is a value for its parent
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
  const outcome = jump(main, origin, reached, body, brought)
  return outcome === null ? currentFiber() as Fiber : bequeath(main, reached, outcome)
}

/** A fiber has come to its end: its parent goes on with what it ended with (G7, G9). */
function bequeath(main: Fiber, origin: Fiber, outcome: Parcel): Fiber {
  if (outcome === NOTHING_MORE && origin.$ancestor === main && !registers.observed) return returnTo(main)
  let target = heir(main, origin.$ancestor)
  for (;;) {
    let body: unknown
    try {
      body = takeRun(target)
    } catch (error) {
      outcome = parcel(THROW, error) // G11: the parent cannot start, and the next one up is told why
      target = heir(main, target.$ancestor)
      continue
    }
    const next = jump(main, origin, target, body, outcome)
    if (next === null) return currentFiber() as Fiber
    origin = target
    outcome = next
    target = heir(main, origin.$ancestor)
  }
}

/**
 * The jump itself.
 * @returns what the fiber ends with, if it was started and is over already; else `null`, and `current.fiber` goes on.
 */
function jump(main: Fiber, origin: Fiber, reached: Fiber, body: unknown, brought: Parcel): Parcel | null {
  const starts = reached.$state === UNSTARTED
  if (starts) reached.$state = HOSTING // as long as `run` itself runs: it may be a plain function
  current.fiber = reached
  let interlude: Interlude | null = null
  if (registers.observed) {
    notify('switch', origin.$top, { origin, target: reached })
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

/** G17: a dead greenlet hands on to its parent. */
function living(fiber: Fiber): Fiber {
  while (fiber.$state === DEAD) fiber = fiber.$ancestor as Fiber
  return fiber
}

/** G7, G9: who gets what a greenlet ends with: the nearest ancestor that can take it, at the latest `main`. */
function heir(main: Fiber, ancestor: Fiber | null): Fiber {
  while (ancestor !== null && ancestor !== main) {
    if (ancestor.$state === UNSTARTED || ancestor.$state === STARTED) return ancestor
    ancestor = ancestor.$ancestor
  }
  return main
}

/** Why control cannot move to a living fiber, or `null`. */
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

/** The function that an unstarted fiber starts with. A `switch()` that its getter made cannot be yielded: a slip (G2). */
function takeRun(fiber: Fiber): unknown {
  if (fiber.$state !== UNSTARTED) return undefined
  const body = fiber.$takeRun()
  throwIfForgotten()
  return body
}

/**
 * A fiber asks for something that takes time.
 * @returns whether it waits. If it does not, `arrival` says how it goes on.
 */
function parks(fiber: Fiber, request: WaitRequest): boolean {
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

/** The same, and control goes where it goes then. */
function wait(main: Fiber, fiber: Fiber, request: WaitRequest): Fiber {
  if (registers.observed) notify('suspend', fiber.$top, request)
  return parks(fiber, request) ? leave(main, fiber) : fiber
}

/** A fiber waits: control goes back to whoever drives. */
function leave(main: Fiber, fiber: Fiber): Fiber {
  fiber.$state = WAITING
  return registers.observed ? transfer(main, fiber, main, NOTHING_MORE) : returnTo(main)
}

/** Control goes back to whoever drives, with nothing, and nobody is to be told. */
function returnTo(main: Fiber): Fiber {
  current.fiber = main
  return arrive(main, SEND, undefined)
}

/**
 * The wait of a fiber is over: it goes on, in the drive of the loop that runs, in the name of `waker`.
 * @param value with `SEND`, what the generator's `next()` gets: `RESUME`, or nothing at a bare `yield`.
 */
export function wake(waker: Waiter, fiber: Fiber, mode: Mode, value: unknown): void {
  scheduling.inTurn = true
  current.fiber = null
  fiber.$state = STARTED
  if (registers.observed) wakeObserved(fiber, mode, value)
  else takeTurn(waker, fiber, mode, value)
}

function takeTurn(waker: Waiter, fiber: Fiber, mode: Mode, value: unknown): void {
  const frame = fiber.$top as StackFrame
  const result = step(frame, mode, value)
  // Most turns end with a turn, with a wait, or with the end. These are short ways; the same comes of goOn().
  if (result !== null && registers.promised === null && !registers.observed) {
    const out = result.value
    const { asked } = registers
    if (asked !== null) {
      if (out === REQUEST && asked !== SWITCH) {
        registers.asked = null
        ask(fiber, asked as WaitRequest)
        return
      }
    } else if (result.done) {
      if (frame.below === null) {
        frame.state = CLOSED
        fiber.$pop()
        finish(fiber, out)
        return
      }
    } else if (out === undefined || out === NEXT_TURN) {
      fiber.$state = WAITING
      waker.$passTurn(fiber, out === NEXT_TURN)
      return
    }
  }
  goOn(scheduling.main as Fiber, follow(fiber, frame, result))
}

/** The turn comes to a request, as a rule to wait. */
function ask(fiber: Fiber, request: WaitRequest): void {
  const next = request.hop(fiber) as Fiber | null
  if (next !== null) goOn(scheduling.main as Fiber, run(next, SEND, RESUME))
  else if (!parks(fiber, request)) goOn(scheduling.main as Fiber, run(fiber, arrival.mode, arrival.value))
}

/** The turn comes to the end of its fiber. */
function finish(fiber: Fiber, result: unknown): void {
  const main = scheduling.main as Fiber
  const next = bequeath(main, fiber, finishFiber(fiber, SEND, result))
  goOn(main, next === main ? null : run(next, arrival.mode, arrival.value))
}

/** Control has left a fiber in a turn, if there is a signal: go on until it comes back to the loop. */
function goOn(main: Fiber, signal: Signal | null): void {
  if (signal !== null) bounce(main, signal)
  if (arrival.mode !== SEND) throw arrival.value
}

function wakeObserved(fiber: Fiber, mode: Mode, value: unknown): void {
  const main = scheduling.main as Fiber
  arrive(fiber, mode, value)
  tellOfWaking(main, fiber)
  goOn(main, run(fiber, arrival.mode, arrival.value))
}

/** Tell who watches and who traces. What the tracer throws, or switches for, comes first, as at any switch (G25, G26). */
function tellOfWaking(main: Fiber, fiber: Fiber): void {
  const { mode, value } = arrival
  const atRequest = mode === RAISE || value === RESUME
  notify('switch', main.$top, { origin: main, target: fiber })
  try {
    arriveInMain(fiber, parcel(mode, value), trace(main, fiber, mode))
  } catch (error) {
    arrive(fiber, THROW, error)
  }
  if (atRequest && arrival.mode === THROW) arrival.mode = RAISE
}
