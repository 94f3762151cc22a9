import { Ring } from '../base/ring.ts'
import type { Runnable } from './runnable.ts'

/** Has the turn in the place of an item that was forgotten. */
const NOBODY: Runnable = { $run() { /* nothing */ }, toString: () => 'nobody' }

/**
 * What is ready to run. It also tells whose turn it is: what was taken out last stays in its slot until the next one is
 * taken. See "Whose turn it is stands where it was taken from" in docs/architecture.md.
 */
export class ReadyQueue extends Ring<Runnable> {
  /** Items that are to be passed over, and how often. */
  private forgotten: Map<Runnable, number> | null = null

  /** What was taken out last, and has the turn. */
  get taken(): Runnable | null { return this.items[this.place(-1)] as Runnable | null }

  set taken(item: Runnable | null) { this.items[this.place(-1)] = item }

  override shift(): Runnable {
    const { head, items } = this
    const item = items[head] as Runnable
    items[(head - 1) & (items.length - 1)] = null
    this.head = (head + 1) & (items.length - 1)
    this.held--
    return this.forgotten === null ? item : this.unlessForgotten(item, this.forgotten)
  }

  /** Give an item its turn no more: the first one that it was to have. Not looked for, as there may be very many. */
  forget(item: Runnable): void {
    this.forgotten ??= new Map()
    this.forgotten.set(item, (this.forgotten.get(item) ?? 0) + 1)
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

  /** Put all in another order. */
  rearrange(arrange: (items: Runnable[]) => Runnable[]): void {
    const items: Runnable[] = []
    while (this.held > 0) items.push(this.shift())
    for (const item of arrange(items)) this.push(item)
  }
}
