import { Ring } from '../base/ring.ts'
import type { Runnable } from './runnable.ts'

/** Stands in the place of an item that was forgotten. */
const NOBODY: Runnable = { $run() { /* nothing */ }, toString: () => 'nobody' }

/**
 * What is ready to run. It also tells whose turn it is: what was taken out last stays in its slot until the next one is
 * taken. See "Whose turn it is stands where it was taken from" in docs/architecture.md.
 */
export class ReadyQueue extends Ring<Runnable> {
  /** What was taken out last, and has the turn. */
  get taken(): Runnable | null { return this.items[this.place(-1)] as Runnable | null }

  set taken(item: Runnable | null) { this.items[this.place(-1)] = item }

  override shift(): Runnable {
    const { head, items } = this
    const item = items[head] as Runnable
    items[(head - 1) & (items.length - 1)] = null
    this.head = (head + 1) & (items.length - 1)
    this.held--
    return item
  }

  /** Give an item its turn no more. @returns whether it was to have one. */
  forget(item: Runnable): boolean {
    for (let i = 0; i < this.held; i++) {
      if (this.items[this.place(i)] !== item) continue
      this.items[this.place(i)] = NOBODY
      return true
    }
    return false
  }

  /** How many there are for which `isCounted` says true. */
  count(isCounted: (item: Runnable) => boolean): number {
    let found = 0
    for (let i = 0; i < this.held; i++) if (isCounted(this.items[this.place(i)] as Runnable)) found++
    return found
  }

  /** Put all in another order. */
  rearrange(arrange: (items: Runnable[]) => Runnable[]): void {
    const items: Runnable[] = []
    while (this.held > 0) items.push(this.shift())
    for (const item of arrange(items)) this.push(item)
  }
}
