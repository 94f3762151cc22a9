/** What the ready queue holds. */
export interface Runnable {
  /** Take its turn. Throws only what is to leave the loop. */
  $run(): void
  /** In the words of a report. */
  toString(): string
}

/** Something that is due at its time. */
interface Due {
  /** When, in milliseconds of `loop.time()`. */
  readonly $deadline: number
  /** Where it is among the timers, or `NOWHERE`. */
  $slot: number
}

/** It takes its turn then. */
export interface TurnTimer extends Due, Runnable {
  readonly $release?: undefined
}

/** It has no turn: in its place, something else becomes ready. */
interface Relay extends Due {
  $release(ready: { push(item: Runnable): void }): void
}

/** What stands among the timers. */
export type Timer = TurnTimer | Relay

export const NOWHERE = -1
