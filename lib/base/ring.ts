const SMALLEST = 16

/** First in, first out. A ring, so that neither end moves anything. */
export class Ring<T> {
  private items = new Array<T | null>(SMALLEST).fill(null)
  private head = 0
  private held = 0

  get size(): number { return this.held }

  /** What was taken out last: it keeps its place until the next is taken. */
  get taken(): T | null { return this.items[this.placeOfTaken] as T | null }

  set taken(item: T | null) { this.items[this.placeOfTaken] = item }

  push(item: T): void {
    if (this.held === this.items.length - 1) this.resize(this.items.length * 2)
    this.items[(this.head + this.held++) & (this.items.length - 1)] = item
  }

  /** The first, which is taken out; there must be one. */
  shift(): T {
    const { head, items } = this
    const item = items[head] as T
    items[this.placeOfTaken] = null
    this.head = (head + 1) & (items.length - 1)
    this.held--
    return item
  }

  /** Put something else in the place of an item that is still to be taken. @returns whether it was there. */
  replace(item: T, by: T): boolean {
    for (let i = 0; i < this.held; i++) {
      const place = (this.head + i) & (this.items.length - 1)
      if (this.items[place] !== item) continue
      this.items[place] = by
      return true
    }
    return false
  }

  /** How many there are of a kind. */
  count(isOne: (item: T) => boolean): number {
    let found = 0
    for (let i = 0; i < this.held; i++) if (isOne(this.items[(this.head + i) & (this.items.length - 1)] as T)) found++
    return found
  }

  /** Put all in another order. */
  rearrange(arrange: (items: T[]) => T[]): void {
    const items: T[] = []
    while (this.held > 0) items.push(this.shift())
    for (const item of arrange(items)) this.push(item)
  }

  clear(): void {
    this.items = new Array<T | null>(SMALLEST).fill(null)
    this.head = this.held = 0
  }

  private get placeOfTaken(): number { return (this.head - 1) & (this.items.length - 1) }

  private resize(length: number): void {
    const items = new Array<T | null>(length).fill(null)
    items[length - 1] = this.taken
    for (let i = 0; i < this.held; i++) items[i] = this.items[(this.head + i) & (this.items.length - 1)] as T
    this.items = items
    this.head = 0
  }
}
