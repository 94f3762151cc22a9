/** What the ready queue holds. */
export interface Runnable {
  /** Take its turn. Throws only what is to leave the loop. */
  $run(): void
  /** In the words of a report. */
  toString(): string
}

/** Something that takes its turn at its time. */
export interface Timer extends Runnable {
  /** When, in milliseconds of `loop.time()`. */
  readonly $deadline: number
  /** Where it is among the timers, or `NOWHERE`. */
  $slot: number
  /** Its time has come: in its place, something else becomes ready. */
  $release?(ready: { push(item: Runnable): void }): void
}

export const NOWHERE = -1
