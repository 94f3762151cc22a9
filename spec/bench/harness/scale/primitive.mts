import type { Stopwatch } from '../stopwatch.mts'

/** Something of which there can be very many. What one operation costs is not to depend on how many there are. */
export interface Primitive {
  readonly name: string
  /**
   * Make so many, and do what is to be measured: meanwhile the watch runs.
   * @returns how many operations that were.
   */
  readonly work: (count: number, watch: Stopwatch) => number
  /** How many operations it is to do; by default one for each that there is. */
  readonly ops?: number
  /** For each, memory like that of so many small objects is taken or visited while the watch runs; by default one. */
  readonly objects?: number
  /** It is a heap: an operation may cost as much as the logarithm. */
  readonly heap?: true
  /** It is known to cost more when there are more: docs/performance.md says why. */
  readonly grows?: true
  /** Left out of the quick form, which has others like it. */
  readonly quick?: false
  /** No more than so many: it takes long, and others are like it. */
  readonly most?: number
}

/** Enough of what takes long to make. */
export const SOME = 100_000

/** With so many of it: what one operation costs, or why there is no figure. */
export type Cost = Measured | Foretold | Failed

export interface Measured {
  readonly count: number
  /** Nanoseconds. */
  readonly ns: number
}

/** It would take too long: what it would come to if it grew as it did before. */
interface Foretold {
  readonly count: number
  readonly foretold: number
}

interface Failed {
  readonly count: number
  readonly failure: string
}

/** How much time a primitive may take, in nanoseconds. */
export interface Limits {
  readonly warmUp: number
  /** No time: so many operations, at least, are timed together. */
  readonly together: number
  /** It is repeated as long as all repetitions together take no longer. */
  readonly repeat: number
  /** One repetition, with all that is made for it. */
  readonly most: number
}
