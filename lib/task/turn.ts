import { SEND, THROW } from '../generator/frames.ts'
import { ANSWER } from '../generator/trap.ts'
import type { Scheduler } from '../greenlet/fiber.ts'
import { BARE_YIELD, strandOf } from './strand.ts'

/** What a running loop does for fibers. */
export const loopScheduler: Scheduler = {
  passTurn(fiber) {
    const strand = strandOf(null)
    strand.park(fiber, BARE_YIELD)
    strand.wake(SEND, undefined)
    return BARE_YIELD
  },

  refuse(fiber, error) {
    const strand = strandOf(null)
    strand.park(fiber, BARE_YIELD)
    strand.wake(THROW, error)
    return BARE_YIELD
  },

  adopt(fiber, wait) { strandOf(null).park(fiber, wait) },
}

const YIELD: IteratorResult<unknown, unknown> = Object.freeze({ value: undefined, done: false })

/** `yield* sleep(0)`: a bare `yield` with a result, so it waits for one turn (rule 15). */
export class OneTurn implements Iterator<unknown, unknown, unknown> {
  private passed = false

  constructor(private readonly result: unknown) {}

  [Symbol.iterator](): this { return this }

  next(): IteratorResult<unknown, unknown> {
    if (this.passed) {
      ANSWER.value = this.result
      return ANSWER
    }
    this.passed = true
    return YIELD
  }

  toString(): string { return 'sleep(0)' }

  throw(error: unknown): IteratorResult<unknown, unknown> { throw error }
}
