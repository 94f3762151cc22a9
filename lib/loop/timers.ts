import type { TimerHandle } from './handle.ts'

/** Below this it is not worth while to look for cancelled ones (asyncio's figure). */
const FEW = 100

/** The timers, by deadline; equal deadlines in the order they were made. Cancelled ones leave when they come to the top. */
export class Timers {
  private heap: TimerHandle[] = []
  private cancelled = 0
  private made = 0

  /** How many are still to fire. */
  get size(): number { return this.heap.length - this.cancelled }

  push(timer: TimerHandle): void {
    timer.order = this.made++
    this.heap.push(timer)
    this.rise(this.heap.length - 1)
  }

  /** The deadline of the first, or `null`; one at `Infinity` is none. */
  get next(): number | null {
    this.dropCancelled()
    const when = this.heap[0]?.when() ?? Infinity
    return when === Infinity ? null : when
  }

  /** Take out the first whose deadline is not after `now`; `null` when there is none. */
  takeDue(now: number): TimerHandle | null {
    this.dropCancelled()
    const first = this.heap[0]
    return first === undefined || first.when() > now ? null : this.pop()
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
    while (this.heap.length > 0 && (this.heap[0] as TimerHandle).cancelled()) {
      this.pop()
      this.cancelled--
    }
  }

  private pop(): TimerHandle {
    const { heap } = this
    const first = heap[0] as TimerHandle
    const last = heap.pop() as TimerHandle
    if (heap.length > 0) {
      heap[0] = last
      this.sink(0)
    }
    first.leave()
    return first
  }

  private rise(i: number): void {
    const { heap } = this
    const timer = heap[i] as TimerHandle
    while (i > 0) {
      const parent = (i - 1) >> 1
      const above = heap[parent] as TimerHandle
      if (!timer.before(above)) break
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
      if (child + 1 < heap.length && (heap[child + 1] as TimerHandle).before(heap[child] as TimerHandle)) child++
      const below = heap[child] as TimerHandle
      if (!below.before(timer)) break
      heap[i] = below
      i = child
    }
    heap[i] = timer
  }
}
