import type { Runnable } from './handle.ts'

/** Something that takes its turn at its time. */
export interface Timer extends Runnable {
  /** When, in milliseconds of `loop.time()`. */
  readonly deadline: number
  /** Which of those with the same deadline it is. */
  order: number
  cancelled(): boolean
  /** It is no longer among the timers. */
  leave(): void
}

/** Below this it is not worth while to look for cancelled ones (asyncio's figure). */
const FEW = 100

/** The timers, by deadline; equal deadlines in the order they were made. Cancelled ones leave when they come to the top. */
export class Timers {
  private heap: Timer[] = []
  private cancelled = 0
  private made = 0

  /** How many are still to fire. */
  get size(): number { return this.heap.length - this.cancelled }

  push(timer: Timer): void {
    timer.order = this.made++
    this.heap.push(timer)
    this.rise(this.heap.length - 1)
  }

  /** The deadline of the first, or `null`; one at `Infinity` is none. */
  get next(): number | null {
    this.dropCancelled()
    const when = this.heap[0]?.deadline ?? Infinity
    return when === Infinity ? null : when
  }

  /** Take out the first whose deadline is not after `now`; `null` when there is none. */
  takeDue(now: number): Timer | null {
    this.dropCancelled()
    const first = this.heap[0]
    return first === undefined || first.deadline > now ? null : this.pop()
  }

  /** One that is in here has been cancelled. If most are, they are dropped at once. */
  noteCancelled(): void {
    this.cancelled++
    if (this.heap.length <= FEW || this.cancelled * 2 <= this.heap.length) return
    this.heap = this.heap.filter(timer => !timer.cancelled())
    this.cancelled = 0
    for (let i = this.heap.length >> 1; i >= 0; i--) this.sink(i)
  }

  clear(): void {
    for (const timer of this.heap) timer.leave()
    this.heap = []
    this.cancelled = 0
  }

  private dropCancelled(): void {
    while (this.heap.length > 0 && (this.heap[0] as Timer).cancelled()) {
      this.pop()
      this.cancelled--
    }
  }

  private pop(): Timer {
    const { heap } = this
    const first = heap[0] as Timer
    const last = heap.pop() as Timer
    if (heap.length > 0) {
      heap[0] = last
      this.sink(0)
    }
    first.leave()
    return first
  }

  private rise(i: number): void {
    const { heap } = this
    const timer = heap[i] as Timer
    while (i > 0) {
      const parent = (i - 1) >> 1
      const above = heap[parent] as Timer
      if (!isBefore(timer, above)) break
      heap[i] = above
      i = parent
    }
    heap[i] = timer
  }

  private sink(i: number): void {
    const { heap } = this
    const timer = heap[i]
    if (timer === undefined) return
    for (;;) {
      let child = 2 * i + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && isBefore(heap[child + 1] as Timer, heap[child] as Timer)) child++
      const below = heap[child] as Timer
      if (!isBefore(below, timer)) break
      heap[i] = below
      i = child
    }
    heap[i] = timer
  }
}

function isBefore(a: Timer, b: Timer): boolean {
  return a.deadline < b.deadline || (a.deadline === b.deadline && a.order < b.order)
}
