/** What can be in a list: it has its neighbours in itself, and is in one list at a time. */
export interface Linked<T> {
  $before: T | null
  $after: T | null
}

/** A list out of whose middle anything can be taken at once, and which allocates nothing. */
export class LinkedList<T extends Linked<T>> implements Iterable<T> {
  private count = 0
  first: T | null = null
  last: T | null = null

  get size(): number { return this.count }

  /** Put it at the end. */
  add(item: T): void {
    item.$before = this.last
    if (this.last === null) this.first = item
    else this.last.$after = item
    this.last = item
    this.count++
  }

  /** Put it after another one that is in it, or with `null` before all. */
  addAfter(other: T | null, item: T): void {
    const after = other === null ? this.first : other.$after
    item.$before = other
    item.$after = after
    if (other === null) this.first = item
    else other.$after = item
    if (after === null) this.last = item
    else after.$before = item
    this.count++
  }

  /** Take it out, if it is in it. */
  remove(item: T): void {
    const { $before: before, $after: after } = item
    if (before === null && this.first !== item) return
    if (before === null) this.first = after
    else before.$after = after
    if (after === null) this.last = before
    else after.$before = before
    item.$before = item.$after = null
    this.count--
  }

  /** From the first to the last. What is reached may be taken out. */
  *[Symbol.iterator](): Generator<T, void> {
    for (let item = this.first; item !== null;) {
      const after = item.$after
      yield item
      item = after
    }
  }
}
