import { INSPECT } from '../base/inspect.ts'
import { THROW } from '../generator/resume.ts'
import { ANSWER, type Question, registers } from '../generator/registers.ts'
import { type Asked, PASSING_TURN, REFUSING, RESUME, TURN_PASSED, noDriver } from '../generator/request.ts'
import type { TrapToken } from '../generator/types.ts'
import type { Scheduler, Wait } from '../greenlet/fiber.ts'
import { currentLoop } from '../loop/loop.ts'
import { currentWaiter } from './waiter.ts'
import { BARE_YIELD } from './waits.ts'

/** What a running loop does for fibers that wait. */
export const loopScheduler: Scheduler = {
  passTurn(fiber, atRequest) {
    currentWaiter(currentLoop()).$passTurn(fiber, atRequest)
    return fiber.$parkedAt as Wait
  },

  refuse(fiber, error) {
    const waiter = currentWaiter(currentLoop())
    waiter.$park(fiber, BARE_YIELD)
    waiter.$wake(THROW, error)
    return BARE_YIELD
  },

  adopt(fiber, wait) { currentWaiter(currentLoop()).$park(fiber, wait) },
}

/** `yield* sleep(0)`: let one turn of the loop pass (rule 15). All objects of this class share one iterator. */
export class OneTurn implements Iterable<TrapToken> {
  [Symbol.iterator](): Iterator<TrapToken, unknown, unknown> {
    if (registers.depth === 0) throw noDriver(this)
    return registers.promised = THE_TURN
  }

  /** @internal */
  [INSPECT](): string { return this.toString() }

  toString(): string { return 'sleep(0)' }
}

/** `yield* nextFrame()`: the same request, with a name that fits a loop that is driven by `frame()`. */
export class NextFrame extends OneTurn {
  override toString(): string { return 'nextFrame()' }
}

export const NEXT_FRAME = new NextFrame()

/** `yield* sleep(0, result)`. */
export class OneTurnFor extends OneTurn {
  constructor(private readonly result: unknown) { super() }

  override [Symbol.iterator](): Iterator<TrapToken, unknown, unknown> {
    super[Symbol.iterator]()
    return registers.promised = new PassingTurnFor(this.result)
  }
}

/**
 * The iterator of a `sleep(0)`. It has no state, so one object serves all. What it is sent tells it that it is resumed, and a
 * register tells it that it begins.
 */
class PassingTurn implements Question, Iterator<TrapToken, unknown, unknown> {
  next(value?: unknown): Asked { return value === RESUME ? TURN_PASSED : this.begin() }

  protected begin(): Asked {
    if (registers.promised !== this) return REFUSING // somebody else resumes the generator while it waits for its turn
    registers.promised = null
    return PASSING_TURN
  }

  forgotten(): Error { return noDriver(this) }

  toString(): string { return 'sleep(0)' }

  throw(error: unknown): Asked {
    if (isProbe()) return REFUSING
    throw error
  }
}

/** Is a `throw()` only a probe? It is a function of its own for the same reason as `takeRaising()`. */
function isProbe(): boolean {
  registers.raising = false
  return registers.probing
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
