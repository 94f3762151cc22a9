import { type Mode, RAISE, SEND } from '../generator/frames.ts'
import { ANSWER, RESUME, registers } from '../generator/trap.ts'
import type { Fiber, Wait, Waker } from '../greenlet/fiber.ts'
import { getCurrent } from '../greenlet/greenlet.ts'
import { wake } from '../greenlet/trampoline.ts'
import type { Runnable } from '../loop/handle.ts'
import { type Loop, chosenLoop } from '../loop/loop.ts'

/** What a future ended with, for those that wait for it. */
export interface Outcome {
  passTo(waker: Waker): void
}

/** Who is told that a future is done. */
export interface Listener {
  settled(outcome: Outcome): void
}

/**
 * A thread of control under a loop: it waits in one fiber at a time, and goes on there when its turn comes. A task is
 * one. The fiber need not be the task's own: if the task switches to a greenlet which waits, the task waits there.
 */
export interface Strand extends Runnable, Waker, Listener {
  readonly loop: Loop
  /** Where it waits. */
  fiber: Fiber | null
  /** How deep the drive is that runs it: waits in drives inside that one are no waits of its own. */
  depth: number
  /** It begins to wait. */
  park(fiber: Fiber, wait: Wait): void
}

/** The strand whose turn it is. */
export const strands: { current: Strand | null } = { current: null }

/**
 * In whose name does the fiber that runs wait?
 * @param loop for a strand of its own; the current loop by default.
 */
export function strandOf(loop: Loop | null): Strand {
  const { current } = strands
  return current !== null && current.depth === registers.depth ? current : new LooseStrand(loop ?? chosenLoop())
}

/** Go on in the fiber where the strand waits, until it waits again or is over. */
export function runStrand(strand: Strand, mode: Mode, value: unknown): void {
  const fiber = strand.fiber as Fiber
  const outer = strands.current
  strand.fiber = null
  strand.depth = registers.depth + 1
  strands.current = strand
  try {
    if (mode !== SEND) {
      wake(getCurrent(), fiber, RAISE, value)
    } else if (fiber.waitingFor === BARE_YIELD) {
      wake(getCurrent(), fiber, SEND, undefined)
    } else {
      ANSWER.value = value
      wake(getCurrent(), fiber, SEND, RESUME)
    }
  } finally {
    strands.current = outer
  }
}

/** What a fiber waits for at a bare `yield`: its turn, and there no answer is expected. */
export const BARE_YIELD: Wait = {
  unpark() { /* its waker takes it out of the queue */ },
  toString: () => 'its turn',
}

/** The strand of a fiber that waits under a loop and belongs to no task: plain code has resumed it. */
class LooseStrand implements Strand {
  fiber: Fiber | null = null
  depth = 0
  private mode: Mode = SEND
  private value: unknown = undefined

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

  settled(outcome: Outcome): void { outcome.passTo(this) }

  interrupted(): void {
    this.fiber = null
    this.loop.ready.replace(this, NOTHING)
  }

  run(): void { runStrand(this, this.mode, this.value) }

  toString(): string { return `<greenlet without a task, waiting in ${String(this.fiber)}>` }
}

/** In the place of a turn that is not taken. */
export const NOTHING: Runnable = { run() { /* nothing */ }, toString: () => 'nothing' }
