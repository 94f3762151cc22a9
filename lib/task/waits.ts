import type { Wait } from '../greenlet/fiber.ts'

/** To wait for one's turn, in a queue. Nothing is registered here. Whoever ends the wait takes the waiter out of the queue. */
class ItsTurn implements Wait {
  $unpark(): void { /* nothing is registered here */ }

  toString(): string { return 'its turn' }
}

/** The wait of a `sleep(0)`. */
export const ITS_TURN: Wait = new ItsTurn()

/** The wait of a bare `yield`, where no answer is expected. */
export const BARE_YIELD: Wait = new ItsTurn()

/** The wait at a `yield*` that is refused, until the error comes. */
export const REFUSAL: Wait = new ItsTurn()
