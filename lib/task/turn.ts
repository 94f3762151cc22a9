import { RuntimeError } from '../base/errors.ts'
import { SEND } from '../generator/frames.ts'
import { type Fiber, type Scheduler, type Wait, Waiting } from '../greenlet/fiber.ts'
import { BARE_YIELD, strandOf } from './strand.ts'

/** To wait for one turn of the loop: what a bare `yield` and `yield* sleep(0)` ask for (rules 10, 15). */
class Turn extends Waiting {
  constructor(private readonly wait: Wait) { super() }

  park(fiber: Fiber): Wait {
    const strand = strandOf(null)
    strand.park(fiber, this.wait)
    strand.wake(SEND, undefined)
    return this.wait
  }

  perform(): never {
    throw new RuntimeError('plain code cannot wait for a turn of the loop. Run this generator in a task', { code: 'CANNOT_WAIT' })
  }

  override toString(): string { return 'its turn' }
}

/** What a task waits for that only lets the others run. */
export const ZERO_SLEEP: Wait = {
  unpark() { /* its waker takes it out of the queue */ },
  toString: () => 'its turn',
}

export const NEXT_TURN = new Turn(ZERO_SLEEP)

/** What a running loop does for fibers. */
export const loopScheduler: Scheduler = {
  turn: new Turn(BARE_YIELD),
  adopt: (fiber, wait) => { strandOf(null).park(fiber, wait) },
}
