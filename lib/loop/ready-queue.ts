import { Ring } from '../base/ring.ts'
import type { Runnable } from './runnable.ts'

/** Stands in the queue for an item that was taken out. */
export const NOBODY: Runnable = { $run() { /* nothing */ }, toString: () => 'nobody' }

/**
 * What is ready to run. It also tells whose turn it is: the item that was taken out last stays in its slot until the next one
 * is taken. See "The queue says whose turn it is" in docs/architecture.md.
 */
export class ReadyQueue extends Ring<Runnable> {
  /** Items to pass over, and how many times. */
  private forgotten: Map<Runnable, number> | null = null

  /** The item that was taken out last. It has the turn. */
  get taken(): Runnable | null { return this.items[this.place(-1)] as Runnable | null }

  set taken(item: Runnable | null) { this.items[this.place(-1)] = item }

  override shift(): Runnable {
    const { head, items } = this
    const item = items[head] as Runnable
    items[(head - 1) & (items.length - 1)] = null
    this.head = (head + 1) & (items.length - 1)
    return this.forgotten === null ? item : this.unlessForgotten(item, this.forgotten)
  }

  /** Are there items to pass over? */
  get passesOver(): boolean { return this.forgotten !== null }

  /** Pass over an item when its next turn comes. It is not searched for here, because there may be very many items. */
  forget(item: Runnable): void {
    this.forgotten ??= new Map()
    this.forgotten.set(item, (this.forgotten.get(item) ?? 0) + 1)
  }

  /** Take an item out, wherever it is. @returns whether it was here. */
  take(item: Runnable): boolean {
    for (let i = 0; i < this.size; i++) {
      if (this.items[this.place(i)] !== item) continue
      this.items[this.place(i)] = NOBODY
      return true
    }
    return false
  }

  private unlessForgotten(item: Runnable, forgotten: Map<Runnable, number>): Runnable {
    const turns = forgotten.get(item) ?? 0
    if (turns === 0) return item
    if (turns > 1) forgotten.set(item, turns - 1)
    else forgotten.delete(item)
    if (forgotten.size === 0) this.forgotten = null
    this.taken = NOBODY
    return NOBODY
  }

  override clear(): void {
    super.clear()
    this.forgotten = null
  }

  /** The first `count` items. */
  firstOf(count: number): Runnable[] { return Array.from({ length: count }, (_, i) => this.items[this.place(i)] as Runnable) }

  /** Put all items in the order that `arrange` returns. */
  rearrange(arrange: (items: Runnable[]) => Runnable[]): void {
    const items: Runnable[] = []
    while (this.size > 0) items.push(this.shift())
    for (const item of arrange(items)) this.push(item)
  }
}
