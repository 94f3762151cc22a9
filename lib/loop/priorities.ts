import type { ReadyQueue } from './ready-queue.ts'
import type { Runnable } from './runnable.ts'

/** In how many ticks in a row something may be passed over, before it goes first. */
const PATIENCE = 10

const NONE: ReadonlyMap<Runnable, number> = new Map()

/**
 * Puts what is ready in the order of priority. A loop has it as soon as an owner has a priority other than 0, and not before.
 *
 * A tick with a limit may end before the last have had their turn. So that nobody is passed over for ever, one of those who waited
 * for too long goes first in each tick. It is only one, so that the others keep their order when there is always too much to do.
 */
export class Priorities {
  /** What was passed over at the end of the last turn of the loop, and in how many ticks in a row. */
  private passedOver = NONE
  /** The same, before the turn that runs now. */
  private before = NONE
  private isNew = false

  /** A tick begins. @param isNew false when it only goes on with a frame that was cut into slices. */
  begin(isNew: boolean): void { this.isNew = isNew }

  /** A turn of the loop begins. The least number goes first, and of equal ones the one that was ready first. */
  arrange(ready: ReadyQueue): void {
    this.before = this.passedOver
    this.passedOver = NONE
    if (ready.size > 1) ready.rearrange(items => this.inOrder(items))
  }

  /** A turn ends at a limit, and the first `left` items were passed over. */
  leave(ready: ReadyQueue, left: number): void {
    if (left === 0) return
    const more = this.isNew ? 1 : 0
    this.passedOver = new Map(ready.firstOf(left).map(item => [item, (this.before.get(item) ?? 0) + more]))
  }

  /** Forget who was passed over. */
  forget(): void { this.passedOver = this.before = NONE }

  private inOrder(items: Runnable[]): Runnable[] {
    const ordered = items.sort(byPriority)
    const longest = this.isNew ? this.longestPassedOver(ordered) : null
    return longest === null ? ordered : [longest, ...ordered.filter(item => item !== longest)]
  }

  /** The one that was passed over in most ticks; `null` when none waited for too long. */
  private longestPassedOver(items: readonly Runnable[]): Runnable | null {
    let longest: Runnable | null = null
    let most = PATIENCE - 1
    for (const item of items) {
      const ticks = this.before.get(item) ?? 0
      if (ticks > most) [longest, most] = [item, ticks]
    }
    return longest
  }
}

function byPriority({ $priority: one = 0 }: Runnable, { $priority: other = 0 }: Runnable): number { return one < other ? -1 : one > other ? 1 : 0 }
