/** An item of a linked list. It knows its neighbours, and can be in one list at a time. */
export interface Linked<T> {
  $before: T | null
  $after: T | null
}

/** A linked list. It can take an item out of its middle at once, and it allocates nothing. */
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

  /** Put it after another item of the list, or before all others when that is `null`. */
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

  /** The items, from the first to the last. The item that has just been given may be taken out. */
  *[Symbol.iterator](): Generator<T, void> {
    for (let item = this.first; item !== null;) {
      const after = item.$after
      yield item
      item = after
    }
  }
}
