const SMALLEST = 16

/** A queue: first in, first out. It is a ring, so that no item moves when another is added or taken. */
export class Ring<T> {
  protected items = new Array<T | null>(SMALLEST).fill(null)
  protected head = 0
  protected held = 0

  get size(): number { return this.held }

  /** Put it at the end. */
  push(item: T): void {
    if (this.held === this.items.length - 1) this.grow()
    this.items[(this.head + this.held++) & (this.items.length - 1)] = item
  }

  /** Take the first out; there must be one. */
  shift(): T {
    const { head, items } = this
    const item = items[head] as T
    items[head] = null
    this.head = (head + 1) & (items.length - 1)
    this.held--
    return item
  }

  /** The next to be taken out; there must be one. */
  get first(): T { return this.items[this.head] as T }

  clear(): void {
    this.items = new Array<T | null>(SMALLEST).fill(null)
    this.head = this.held = 0
  }

  /** @returns the index in `items` of the item that stands `behind` places after the first. */
  protected place(behind: number): number { return (this.head + behind) & (this.items.length - 1) }

  private grow(): void {
    const items = new Array<T | null>(this.items.length * 2).fill(null)
    for (let i = 0; i < this.held; i++) items[i] = this.items[this.place(i)] as T
    items[items.length - 1] = this.items[this.place(-1)] as T | null // `ReadyQueue` keeps an item before the first
    this.items = items
    this.head = 0
  }
}
