/** Something in the ready queue. */
export interface Runnable {
  /** Take the turn. It throws only errors that must leave the loop. */
  $run(): void
  /** The item in the words of a report. */
  toString(): string
}

/** Something that has its turn at a certain time. */
export interface Timer extends Runnable {
  /** The time of its turn, in milliseconds of `loop.time()`. */
  readonly $deadline: number
  /** The slot of the timer, or `NOWHERE` when it is not set. */
  $slot: number
  /** The time has come. If a timer has this method, it is called instead of making the timer ready. It makes other items ready. */
  $release?(ready: { push(item: Runnable): void }): void
}

export const NOWHERE = -1
