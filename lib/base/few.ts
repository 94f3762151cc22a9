/** A set that has no item or one most of the time, and of which there may be very many. It keeps the order of its items. */
export class Few<T extends object> {
  private held: T | Set<T> | null = null

  get size(): number { return this.held === null ? 0 : this.held instanceof Set ? this.held.size : 1 }

  add(item: T): void {
    if (this.held === null) this.held = item
    else if (this.held instanceof Set) this.held.add(item)
    else this.held = new Set([this.held, item])
  }

  delete(item: T): boolean {
    if (this.held instanceof Set) return this.held.delete(item)
    if (this.held !== item) return false
    this.held = null
    return true
  }

  /** Let go of the items for which the function returns false. */
  keep(isKept: (item: T) => boolean): void {
    const kept = this.toArray().filter(isKept)
    this.held = kept.length > 1 ? new Set(kept) : kept[0] ?? null
  }

  toArray(): T[] { return this.held === null ? [] : this.held instanceof Set ? Array.from(this.held) : [this.held] }
}
