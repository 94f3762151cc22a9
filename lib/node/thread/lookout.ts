import { NEWS } from './cells.ts'

/** How often it looks at most. That takes about 20 microseconds, which is no longer than to be woken takes. */
const MOST = 8192
const LEAST = 64

/**
 * Looks for news for a moment before a thread falls asleep. To fall asleep and be woken takes both threads longer than the other one
 * often needs to answer. The lookout looks longer when it has seen something in time, and shorter when it has not.
 */
export class Lookout {
  /** How often it looks the next time. */
  patience = LEAST

  /** Has the thread news that it has not seen? */
  sees(cells: Int32Array, seen: number): boolean {
    for (let left = this.patience; left > 0; left--) {
      if (Atomics.load(cells, NEWS) === seen) continue
      this.patience = Math.min(MOST, this.patience * 2)
      return true
    }
    this.patience = Math.max(LEAST, this.patience / 2)
    return false
  }
}
