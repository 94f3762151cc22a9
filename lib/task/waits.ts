import type { Wait } from '../greenlet/fiber.ts'

/** To wait for one's turn. Whoever waits takes it back, out of the queue. */
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
