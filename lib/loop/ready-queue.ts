import type { Runnable } from './handle.ts'

const SMALLEST = 16

/** First in, first out: what runs next. A ring, so that neither end moves anything. */
export class ReadyQueue {
  private ring = new Array<Runnable | null>(SMALLEST).fill(null)
  private head = 0
  private count = 0

  get size(): number { return this.count }

  push(item: Runnable): void {
    if (this.count === this.ring.length) this.resize(this.count * 2)
    this.ring[(this.head + this.count++) & (this.ring.length - 1)] = item
  }

  /** The first, which is taken out; there must be one. */
  shift(): Runnable {
    const { head, ring } = this
    const item = ring[head] as Runnable
    ring[head] = null
    this.head = (head + 1) & (ring.length - 1)
    this.count--
    return item
  }

  /** Put something else in the place of an item. @returns whether it was there. */
  replace(item: Runnable, by: Runnable): boolean {
    const i = this.ring.indexOf(item)
    if (i >= 0) this.ring[i] = by
    return i >= 0
  }

  clear(): void {
    this.ring = new Array<Runnable | null>(SMALLEST).fill(null)
    this.head = this.count = 0
  }

  private resize(length: number): void {
    const ring = new Array<Runnable | null>(length).fill(null)
    for (let i = 0; i < this.count; i++) ring[i] = this.ring[(this.head + i) & (this.ring.length - 1)] as Runnable
    this.ring = ring
    this.head = 0
  }
}
