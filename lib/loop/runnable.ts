/** Something in the ready queue. */
export interface Runnable {
  /** Take the turn. It throws only errors that must leave the loop. */
  $run(): void
  /** The priority of its owner: the least number goes first. Without an owner it is 0. */
  readonly $priority?: number
  /** The item in the words of a report. */
  toString(): string
}

/** Something that is due at a certain time. */
interface Due {
  /** The time, in milliseconds of `loop.time()`. */
  readonly $deadline: number
  /** The slot of the timer, or `NOWHERE` when it is not set. */
  $slot: number
}

/** Something that has its turn at a certain time. */
export interface TurnTimer extends Due, Runnable {
  readonly $release?: undefined
}

/** Something that has no turn of its own. When it is due, it makes other items ready. */
interface Relay extends Due {
  $release(ready: { push(item: Runnable): void }): void
}

/** Something among the timers of a loop. */
export type Timer = TurnTimer | Relay

export const NOWHERE = -1
