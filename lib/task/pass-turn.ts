import { INSPECT } from '../base/inspect.ts'
import { THROW } from '../generator/resume.ts'
import { ANSWER, type Question, registers } from '../generator/registers.ts'
import { type Asked, PASSING_TURN, REFUSING, RESUME, TURN_PASSED, noDriver } from '../generator/request.ts'
import type { TrapToken } from '../generator/types.ts'
import type { Scheduler, Wait } from '../greenlet/fiber.ts'
import { currentLoop } from '../loop/loop.ts'
import { currentWaiter } from './waiter.ts'
import { BARE_YIELD } from './waits.ts'

/** What a running loop does for fibers. */
export const loopScheduler: Scheduler = {
  passTurn(fiber, atRequest) {
    currentWaiter(currentLoop()).$passTurn(fiber, atRequest)
    return fiber.$parkedAt as Wait
  },

  refuse(fiber, error) {
    const strand = currentWaiter(currentLoop())
    strand.$park(fiber, BARE_YIELD)
    strand.$wake(THROW, error)
    return BARE_YIELD
  },

  adopt(fiber, wait) { currentWaiter(currentLoop()).$park(fiber, wait) },
}

/** `yield* sleep(0)`: a turn of the loop passes (rule 15). What `yield*` goes through is the same for all of them. */
export class OneTurn implements Iterable<TrapToken> {
  [Symbol.iterator](): Iterator<TrapToken, unknown, unknown> {
    if (registers.depth === 0) throw noDriver(this)
    return registers.promised = THE_TURN
  }

  /** @internal */
  [INSPECT](): string { return this.toString() }

  toString(): string { return 'sleep(0)' }
}

/** `yield* nextFrame()`: the same, in the words of a loop that is driven by `frame()`. */
export class NextFrame extends OneTurn {
  override toString(): string { return 'nextFrame()' }
}

export const NEXT_FRAME = new NextFrame()

/** The same with a result. */
export class OneTurnFor extends OneTurn {
  constructor(private readonly result: unknown) { super() }

  override [Symbol.iterator](): Iterator<TrapToken, unknown, unknown> {
    super[Symbol.iterator]()
    return registers.promised = new PassingTurnFor(this.result)
  }
}

/** It has no state: that it is resumed it knows by what it is sent, and that it begins by the register. */
class PassingTurn implements Question, Iterator<TrapToken, unknown, unknown> {
  next(value?: unknown): Asked { return value === RESUME ? TURN_PASSED : this.begin() }

  protected begin(): Asked {
    if (registers.promised !== this) return REFUSING // somebody else is at the generator that passes its turn
    registers.promised = null
    return PASSING_TURN
  }

  forgotten(): Error { return noDriver(this) }

  toString(): string { return 'sleep(0)' }

  throw(error: unknown): Asked {
    if (registers.probing) return REFUSING
    registers.raising = false
    throw error
  }
}

const THE_TURN = new PassingTurn()

class PassingTurnFor extends PassingTurn {
  constructor(private readonly result: unknown) { super() }

  override next(value?: unknown): Asked {
    if (value !== RESUME) return this.begin()
    ANSWER.value = this.result
    return ANSWER
  }
}
