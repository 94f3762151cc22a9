const SMALLEST = 16

/** First in, first out. A ring, so that neither end moves anything. */
export class Ring<T> {
  private items = new Array<T | null>(SMALLEST).fill(null)
  private head = 0
  private count = 0

  get size(): number { return this.count }

  push(item: T): void {
    if (this.count === this.items.length) this.resize(this.count * 2)
    this.items[(this.head + this.count++) & (this.items.length - 1)] = item
  }

  /** The first, which is taken out; there must be one. */
  shift(): T {
    const { head, items } = this
    const item = items[head] as T
    items[head] = null
    this.head = (head + 1) & (items.length - 1)
    this.count--
    return item
  }

  /** Put something else in the place of an item. @returns whether it was there. */
  replace(item: T, by: T): boolean {
    const i = this.items.indexOf(item)
    if (i >= 0) this.items[i] = by
    return i >= 0
  }

  /** Put all in another order. */
  rearrange(arrange: (items: T[]) => T[]): void {
    const items: T[] = []
    while (this.count > 0) items.push(this.shift())
    for (const item of arrange(items)) this.push(item)
  }

  clear(): void {
    this.items = new Array<T | null>(SMALLEST).fill(null)
    this.head = this.count = 0
  }

  private resize(length: number): void {
    const items = new Array<T | null>(length).fill(null)
    for (let i = 0; i < this.count; i++) items[i] = this.items[(this.head + i) & (this.items.length - 1)] as T
    this.items = items
    this.head = 0
  }
}
