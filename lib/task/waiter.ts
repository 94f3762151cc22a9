import { current } from '../context/context.ts'
import { type Mode, RAISE, SEND, THROW } from '../generator/resume.ts'
import { ANSWER, registers } from '../generator/registers.ts'
import { RESUME } from '../generator/request.ts'
import { type Fiber, HOSTING, WAITING, type Wait, type Waiter, scheduling, whoseTurn } from '../greenlet/fiber.ts'
import { getCurrent } from '../greenlet/greenlet.ts'
import { wakeFiber } from '../greenlet/wake.ts'
import type { Runnable } from '../loop/runnable.ts'
import { type Loop, currentLoop } from '../loop/loop.ts'
import type { Listener, Outcome } from './listeners.ts'

/** How a strand goes on: with a value or an error; or otherwise. */
export interface NextStep {
  $mode: Mode | typeof TURN | typeof SETTLED
  $value: unknown
}

/** After a bare `yield` or a `sleep(0)`: the value is what the generator's `next()` gets. */
export const TURN = 3
/** As the future ended that it waited for, which is the value. */
export const SETTLED = 4

/**
 * A thread of control under a loop: it waits in one fiber at a time, and goes on there when its turn comes. A task is
 * one. The fiber need not be the task's own: if the task switches to a greenlet which waits, the task waits there.
 */
export interface LoopWaiter extends Runnable, Waiter, Listener {
  readonly $loop: Loop
  /** Where it waits, or waited last. */
  readonly $fiber: Fiber
  /** It begins to wait. */
  $park(fiber: Fiber, wait: Wait): void
}

/** The fiber in which a strand waits; `null` while it runs, or is in a `switch()`. */
export function parkedFiberOf(strand: LoopWaiter): Fiber | null {
  const fiber = strand.$fiber
  return fiber.$state === WAITING && fiber.$waiter === strand ? fiber : null
}

/**
 * In whose name does the fiber that runs wait?
 * @param loop for a strand of its own; the current loop by default.
 */
export function currentWaiter(loop: Loop | null): LoopWaiter {
  const waker = whoseTurn()
  return waker !== null && scheduling.depth === registers.depth ? waker as LoopWaiter : new GreenletWaiter(loop ?? currentLoop())
}

/** Go on in the fiber where the strand waits, until it waits again or is over. */
export function resumeWaiter(strand: LoopWaiter, mode: NextStep['$mode'], value: unknown): void {
  const fiber = strand.$fiber
  if (mode === TURN) {
    wakeFiber(strand, fiber, SEND, value)
    return
  }
  if (mode === SETTLED) mode = (value as Outcome).$answer()
  else ANSWER.value = value
  if (mode === SEND) wakeFiber(strand, fiber, SEND, RESUME)
  else wakeFiber(strand, fiber, fiber.$parkedAt === BARE_YIELD ? THROW : RAISE, ANSWER.value)
}

/** Those whose turn waits on JavaScript's stack, while a strand runs at once inside of it. */
export const interruptedTurns: unknown[] = []

/** Run a strand at once, inside of whatever runs. */
export function resumeWaiterNow(strand: LoopWaiter): void {
  const main = getCurrent()
  const state = main.$state
  const { stack } = registers
  const { depth, inTurn, main: outer } = scheduling
  const ready = strand.$loop.$ready
  const { taken } = ready
  interruptedTurns.push(inTurn ? taken : null)
  ready.taken = strand
  main.$state = HOSTING
  scheduling.main = main
  scheduling.depth = ++registers.depth
  registers.stack = null
  try {
    strand.$run()
  } finally {
    registers.depth--
    registers.stack = stack
    main.$state = state
    scheduling.depth = depth
    scheduling.inTurn = inTurn
    ready.taken = taken
    interruptedTurns.pop()
    scheduling.main = outer
    current.fiber = main
  }
}

/** To wait for one's turn. It is the waker that takes it back, out of the queue. */
class ItsTurn implements Wait {
  $unpark(): void { /* nothing is registered here */ }

  toString(): string { return 'its turn' }
}

/** At a `sleep(0)`. */
export const ITS_TURN: Wait = new ItsTurn()

/** At a bare `yield`, where no answer is expected. */
export const BARE_YIELD: Wait = new ItsTurn()

/** At a `yield*` that is refused. */
export const REFUSAL: Wait = new ItsTurn()

/** The strand of a fiber that waits under a loop and belongs to no task: plain code has resumed it. */
class GreenletWaiter implements LoopWaiter, NextStep {
  $fiber!: Fiber
  $mode: NextStep['$mode'] = TURN
  $value: unknown = undefined

  constructor(readonly $loop: Loop) {}

  $park(fiber: Fiber): void {
    this.$fiber = fiber
    fiber.$waiter = this
  }

  $wake(mode: NextStep['$mode'], value: unknown): void {
    this.$mode = mode
    this.$value = value
    this.$loop.$ready.push(this)
  }

  $passTurn(fiber: Fiber, atRequest: boolean): void {
    fiber.$parkedAt = atRequest ? ITS_TURN : BARE_YIELD
    this.$park(fiber)
    this.$wake(TURN, atRequest ? RESUME : undefined)
  }

  $settled(outcome: Outcome): void {
    this.$wake(SETTLED, outcome)
  }

  $interrupted(): void {
    this.$loop.$ready.replace(this, NO_TURN)
  }

  $run(): void {
    resumeWaiter(this, this.$mode, this.$value)
  }

  get $awaiter(): null { return null }

  toString(): string { return `<greenlet without a task, waiting in ${this.$fiber.toString()}>` }
}

/** In the place of a turn that is not taken. */
export const NO_TURN: Runnable = { $run() { /* nothing */ }, toString: () => 'nothing' }
