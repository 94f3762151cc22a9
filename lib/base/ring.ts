const SMALLEST = 16

/** A queue: first in, first out. It is a ring, so that no item moves when another is added or taken. */
export class Ring<T> {
  protected items = new Array<T | null>(SMALLEST).fill(null)
  protected head = 0
  /** The place behind the last item. The place behind that stays free, so there is always one before the first item. */
  protected tail = 0

  get size(): number { return (this.tail - this.head) & (this.items.length - 1) }

  /** Put it at the end. */
  push(item: T): void {
    const { items, tail } = this
    items[tail] = item
    this.tail = (tail + 1) & (items.length - 1)
    if (((tail + 2) & (items.length - 1)) === this.head) this.grow()
  }

  /** Take the first out; there must be one. */
  shift(): T {
    const { head, items } = this
    const item = items[head] as T
    items[head] = null
    this.head = (head + 1) & (items.length - 1)
    return item
  }

  /** The next to be taken out; there must be one. */
  get first(): T { return this.items[this.head] as T }

  clear(): void {
    this.items = new Array<T | null>(SMALLEST).fill(null)
    this.head = this.tail = 0
  }

  /** @returns the index in `items` of the item that stands `behind` places after the first. */
  protected place(behind: number): number { return (this.head + behind) & (this.items.length - 1) }

  private grow(): void {
    const { size } = this
    const items = new Array<T | null>(this.items.length * 2).fill(null)
    for (let i = 0; i < size; i++) items[i] = this.items[this.place(i)] as T
    items[items.length - 1] = this.items[this.place(-1)] as T | null // `ReadyQueue` keeps an item before the first
    this.items = items
    this.head = 0
    this.tail = size
  }
}
