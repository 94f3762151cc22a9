import { THROW } from '../generator/frames.ts'
import { ANSWER, type Asked, PASSING, RESUME, registers, undriven } from '../generator/trap.ts'
import type { Scheduler, Wait } from '../greenlet/fiber.ts'
import { BARE_YIELD, strandOf } from './strand.ts'

/** What a running loop does for fibers. */
export const loopScheduler: Scheduler = {
  passTurn(fiber, atRequest) {
    strandOf(null).passTurn(fiber, atRequest)
    return fiber.waitingFor as Wait
  },

  refuse(fiber, error) {
    const strand = strandOf(null)
    strand.park(fiber, BARE_YIELD)
    strand.wake(THROW, error)
    return BARE_YIELD
  },

  adopt(fiber, wait) { strandOf(null).park(fiber, wait) },
}

/**
 * `yield* sleep(0)`: a turn of the loop passes (rule 15). It has no state: that it is resumed it knows by what it is sent.
 */
export class OneTurn implements Iterator<unknown, unknown, unknown> {
  [Symbol.iterator](): this {
    if (registers.depth === 0) throw undriven(this)
    return this
  }

  next(value?: unknown): Asked { return value === RESUME ? ANSWER : PASSING }

  throw(error: unknown): Asked {
    registers.raising = false
    throw error
  }

  toString(): string { return 'sleep(0)' }
}

/** The same with a result. */
export class OneTurnFor extends OneTurn {
  constructor(private readonly result: unknown) { super() }

  override next(value?: unknown): Asked {
    if (value === RESUME) ANSWER.value = this.result
    return super.next(value)
  }
}
