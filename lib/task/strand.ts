import { type Mode, RAISE, SEND, THROW } from '../generator/frames.ts'
import { ANSWER, RESUME, registers } from '../generator/trap.ts'
import { type Fiber, HOSTING, type Wait, type Waker, scheduling } from '../greenlet/fiber.ts'
import { getCurrent } from '../greenlet/greenlet.ts'
import { wake } from '../greenlet/trampoline.ts'
import type { Runnable } from '../loop/handle.ts'
import { type Loop, chosenLoop } from '../loop/loop.ts'

/** How a strand goes on: with a value or an error. */
export interface Going {
  mode: Mode
  value: unknown
}

/** What a future ended with, for those that wait for it. */
export interface Outcome {
  /** Only when the waiter goes on does an error count as read. */
  passTo(going: Going): void
}

/** Who is told that a future is done. */
export interface Listener {
  settled(outcome: Outcome): void
  /** The future that waits, a task as a rule; `null` when none does. */
  readonly waiter: object | null
}

/**
 * A thread of control under a loop: it waits in one fiber at a time, and goes on there when its turn comes. A task is
 * one. The fiber need not be the task's own: if the task switches to a greenlet which waits, the task waits there.
 */
export interface Strand extends Runnable, Waker, Listener {
  readonly loop: Loop
  /** Where it waits. */
  fiber: Fiber | null
  /** It begins to wait. */
  park(fiber: Fiber, wait: Wait): void
}

/**
 * In whose name does the fiber that runs wait?
 * @param loop for a strand of its own; the current loop by default.
 */
export function strandOf(loop: Loop | null): Strand {
  const { waker, depth } = scheduling
  return waker !== null && depth === registers.depth ? waker as Strand : new LooseStrand(loop ?? chosenLoop())
}

/** Go on in the fiber where the strand waits, until it waits again or is over. */
export function runStrand(strand: Strand, mode: Mode, value: unknown): void {
  const fiber = strand.fiber as Fiber
  strand.fiber = null
  if (mode !== SEND) {
    wake(strand, fiber, fiber.waitingFor === BARE_YIELD ? THROW : RAISE, value)
  } else if (fiber.waitingFor === BARE_YIELD) {
    wake(strand, fiber, SEND, undefined)
  } else {
    ANSWER.value = value
    wake(strand, fiber, SEND, RESUME)
  }
}

/** The same at once, inside of whatever runs. */
export function runStrandNow(strand: Strand): void {
  const main = getCurrent()
  const { state } = main
  const { depth } = scheduling
  main.state = HOSTING
  scheduling.depth = registers.depth + 1
  try {
    strand.run()
  } finally {
    main.state = state
    scheduling.depth = depth
  }
}

/** To wait for one's turn. It is the waker that takes it back, out of the queue. */
class ItsTurn implements Wait {
  unpark(): void { /* nothing is registered here */ }

  toString(): string { return 'its turn' }
}

/** At a bare `yield`, where no answer is expected. */
export const BARE_YIELD: Wait = new ItsTurn()

/** At a `yield*` that is refused. */
export const REFUSED: Wait = new ItsTurn()

/** The strand of a fiber that waits under a loop and belongs to no task: plain code has resumed it. */
class LooseStrand implements Strand, Going {
  fiber: Fiber | null = null
  mode: Mode = SEND
  value: unknown = undefined
  private outcome: Outcome | null = null

  constructor(readonly loop: Loop) {}

  park(fiber: Fiber): void {
    this.fiber = fiber
    fiber.waker = this
  }

  wake(mode: Mode, value: unknown): void {
    this.mode = mode
    this.value = value
    this.loop.ready.push(this)
  }

  settled(outcome: Outcome): void {
    this.outcome = outcome
    this.loop.ready.push(this)
  }

  interrupted(): void {
    this.fiber = null
    this.loop.ready.replace(this, NOTHING)
  }

  run(): void {
    this.outcome?.passTo(this)
    runStrand(this, this.mode, this.value)
  }

  get waiter(): null { return null }

  toString(): string { return `<greenlet without a task, waiting in ${String(this.fiber)}>` }
}

/** In the place of a turn that is not taken. */
export const NOTHING: Runnable = { run() { /* nothing */ }, toString: () => 'nothing' }
