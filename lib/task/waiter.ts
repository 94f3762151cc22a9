import { RuntimeError } from '../base/errors.ts'
import { current } from '../context/context.ts'
import { ANSWER, registers } from '../generator/registers.ts'
import { RESUME } from '../generator/request.ts'
import { type Mode, RAISE, SEND, THROW } from '../generator/resume.ts'
import { enterDrive, leaveDrive } from '../greenlet/drive-of-fibers.ts'
import { type Fiber, WAITING, type Wait, type Waiter, scheduling, turnsBelow, whoseTurn } from '../greenlet/fiber.ts'
import { getCurrent } from '../greenlet/greenlet.ts'
import { wakeFiber } from '../greenlet/wake.ts'
import type { Loop } from '../loop/loop.ts'
import type { ReadyQueue } from '../loop/ready-queue.ts'
import type { Runnable } from '../loop/runnable.ts'
import type { Listener, Outcome } from './listeners.ts'
import type { OwnerLink } from './owner-link.ts'
import { BARE_YIELD, ITS_TURN, REFUSAL } from './waits.ts'

/** How a waiter goes on: with a value, with an error, or in one of the ways below. */
export interface NextStep {
  $mode: Mode | typeof TURN | typeof SETTLED | typeof LATER
  $value: unknown
}

/** The waiter waited for a future, which is the value. It goes on with what the future ended with. */
export const SETTLED = 3
/** The waiter was at a bare `yield` or a `sleep(0)`. The value is what `next()` of the generator gets. */
export const TURN = 4
/** As `TURN`, but the waiter waits for the next frame. */
export const LATER = 5

/**
 * Somebody who waits under a loop, such as a task. It waits in one fiber at a time, and goes on there when its turn comes. This
 * need not be the task's own fiber. If the task switches to a greenlet, and that greenlet waits, the task waits there.
 */
export interface LoopWaiter extends Runnable, Waiter, Listener {
  readonly $loop: Loop
  /** The fiber in which it waits, or waited last. */
  readonly $fiber: Fiber
  /** Its owner, or `null`. */
  readonly $owner: OwnerLink | null
  /** It begins to wait. */
  $park(fiber: Fiber, wait: Wait): void
}

/** The fiber in which a waiter is parked. It is `null` while the waiter runs, or is in a `switch()`. */
export function parkedFiberOf(waiter: LoopWaiter): Fiber | null {
  const fiber = waiter.$fiber
  return fiber.$state === WAITING && fiber.$waiter === waiter ? fiber : null
}

/**
 * The waiter that waits when the running fiber waits: the task that has the turn, or a waiter for this fiber alone if plain code
 * has resumed it.
 */
export function currentWaiter(loop: Loop): LoopWaiter {
  const waiter = whoseTurn()
  return waiter !== null && scheduling.depth === registers.depth ? waiter as LoopWaiter : new GreenletWaiter(loop)
}

/** A future, as far as this file needs it. */
interface Awaited {
  readonly $loop: Loop
  toString(): string
}

/** A waiter must not wait for this future. It gets an error in its next turn (rule 10). @returns what it waits for until then. */
export function refuseWait(fiber: Fiber, waiter: LoopWaiter, future: Awaited): Wait {
  waiter.$park(fiber, REFUSAL)
  waiter.$wake(RAISE, waiter.$loop === future.$loop
    ? new RuntimeError(`Task cannot await on itself: ${future.toString()}`, { code: 'AWAITS_ITSELF' })
    : new RuntimeError(`${future.toString()} is attached to a different loop. Make it in a coroutine of this loop`, { code: 'OTHER_LOOP' }))
  return REFUSAL
}

/** Go on in the fiber where a waiter is parked, until it waits again or ends. */
export function resumeWaiter(waiter: LoopWaiter, mode: NextStep['$mode'], value: unknown): void {
  const fiber = waiter.$fiber
  if (mode === TURN || mode === LATER) {
    wakeFiber(waiter, fiber, SEND, value)
    return
  }
  if (mode === SETTLED) mode = (value as Outcome).$answer()
  else ANSWER.value = value
  if (mode === SEND) wakeFiber(waiter, fiber, SEND, RESUME)
  else wakeFiber(waiter, fiber, fiber.$parkedAt === BARE_YIELD ? THROW : RAISE, ANSWER.value)
}

/** Give a turn at once, inside of the code that runs now. Everything that the turn changes is put back afterwards. */
export function runNow(item: Runnable, run: () => void = () => { item.$run() }): void {
  const main = getCurrent()
  const turns = current.turns as object as ReadyQueue
  const { taken } = turns
  const { depth, inTurn, main: outer } = scheduling
  const outside = enterDrive(main)
  turnsBelow.push(inTurn ? taken : null)
  turns.taken = item
  scheduling.main = main
  scheduling.depth = registers.depth
  try {
    run()
  } finally {
    scheduling.depth = depth
    scheduling.inTurn = inTurn
    scheduling.main = outer
    turns.taken = taken
    turnsBelow.pop()
    leaveDrive(outside)
  }
}

/** A waiter for a fiber that belongs to no task, because plain code has resumed it. */
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
    this.$loop.$enqueue(this)
  }

  $passTurn(fiber: Fiber, atRequest: boolean): void {
    fiber.$parkedAt = atRequest ? ITS_TURN : BARE_YIELD
    this.$park(fiber)
    this.$value = atRequest ? RESUME : undefined
    const { $later: later } = this.$loop
    this.$mode = later === null ? TURN : LATER
    if (later === null) this.$loop.$enqueue(this)
    else later.push(this)
  }

  /** The next frame has come. */
  $itsTurn(): void { this.$mode = TURN }

  $settled(outcome: Outcome): void {
    this.$wake(SETTLED, outcome)
  }

  /** It stands in the queue, or waits for the next frame. Take it out. */
  $losesTurn(): void {
    const { $ready: ready, $nextTurns: frames } = this.$loop
    const queue = this.$mode === LATER ? frames : ready
    queue.forget(this)
  }

  $run(): void { resumeWaiter(this, this.$mode, this.$value) }

  get $awaiter(): null { return null }

  get $owner(): null { return null }

  get $home(): null { return null }

  toString(): string { return `<greenlet without a task, waiting in ${this.$fiber.toString()}>` }
}
