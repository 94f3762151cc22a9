import { engine } from '../base/engine.ts'
import { NOWHERE, type Timer } from './runnable.ts'

/** With fewer timers than this, it does not pay to look for cancelled ones. The number is that of asyncio. */
const FEW = 100
/** How many children a place in the heap has. Four deadlines lie side by side in the processor's cache. */
const CHILDREN = 4
const SMALLEST = 16

/**
 * The timers, ordered by deadline. Timers with equal deadlines keep the order in which they were made.
 *
 * It is a heap of numbers. The deadlines that it compares are in an array of their own, so that only the timer that is due is
 * fetched from memory, even among a million. Each timer here has a slot, and the heap moves the number of the slot. A timer
 * that is removed leaves its slot empty, until the number of the slot comes to the top of the heap.
 */
export class Timers {
  /** The deadlines, by place in the heap. `slots` has the same order. */
  private deadlines = fractions(SMALLEST)
  private slots = wholes(SMALLEST)
  private count = 0
  /** The timers, by slot. */
  private timers: (Timer | null)[] = []
  /** A number for each timer, by slot: it counts all timers that were ever made. */
  private orders = fractions(SMALLEST)
  /** The numbers of slots that are free. */
  private free: number[] = []
  /** How many slots are empty, and not free yet. */
  private empty = 0
  private made = 0

  /** How many timers have still to fire. */
  get size(): number { return this.count - this.empty }

  push(timer: Timer): void {
    if (this.count === this.slots.length) this.grow()
    const slot = this.free.pop() ?? this.timers.length
    this.timers[slot] = timer
    timer.$slot = slot
    this.orders[slot] = this.made++
    this.rise(this.count++, timer.$deadline, slot)
  }

  /** The deadline of the first timer. It is `null` when there is none, or when it is `Infinity`. */
  get next(): number | null {
    this.dropEmpty()
    const when = this.count === 0 ? Infinity : this.deadlines[0] as number
    return when === Infinity ? null : when
  }

  /** Take out the first timer. @returns the timer; `null` when its deadline is after `now`, or when there is no timer. */
  takeDue(now: number): Timer | null {
    this.dropEmpty()
    if (this.count === 0 || (this.deadlines[0] as number) > now) return null
    const first = this.at(0) as Timer
    this.timers[first.$slot] = null
    first.$slot = NOWHERE
    this.pop()
    return first
  }

  /** Take out a timer that has been cancelled, if it is here. If most slots are empty, their places are given up at once. */
  remove(timer: Timer): void {
    if (timer.$slot === NOWHERE) return
    this.timers[timer.$slot] = null
    timer.$slot = NOWHERE
    this.empty++
    if (this.count > FEW && this.empty * 2 > this.count) this.sweep()
  }

  clear(): void {
    for (const timer of this.timers) if (timer !== null) timer.$slot = NOWHERE
    this.timers = []
    this.free = []
    this.count = this.empty = 0
  }

  private dropEmpty(): void {
    while (this.count > 0 && this.at(0) === null) {
      this.empty--
      this.pop()
    }
  }

  /** @returns the timer at this place of the heap. */
  private at(place: number): Timer | null { return this.timers[this.slots[place] as number] as Timer | null }

  /** Give up the first place of the heap. */
  private pop(): void {
    this.free.push(this.slots[0] as number)
    if (--this.count > 0) this.sink(0, this.deadlines[this.count] as number, this.slots[this.count] as number)
  }

  /** Keep only the places of timers that have still to fire. */
  private sweep(): void {
    const { deadlines, slots } = this
    let kept = 0
    for (let place = 0; place < this.count; place++) {
      if (this.at(place) === null) {
        this.free.push(slots[place] as number)
      } else {
        deadlines[kept] = deadlines[place] as number
        slots[kept++] = slots[place] as number
      }
    }
    this.count = kept
    this.empty = 0
    for (let place = kept >> 2; place >= 0; place--) this.sink(place, deadlines[place] as number, slots[place] as number)
  }

  /** Move an entry up the heap, from this place to where it belongs. */
  private rise(place: number, deadline: number, slot: number): void {
    const { deadlines, slots } = this
    while (place > 0) {
      const parent = (place - 1) >> 2
      const above = deadlines[parent] as number
      if (above < deadline || (above === deadline && this.isOlder(slots[parent] as number, slot))) break
      deadlines[place] = above
      slots[place] = slots[parent] as number
      place = parent
    }
    deadlines[place] = deadline
    slots[place] = slot
  }

  /** Move an entry down the heap, from this place to where it belongs. */
  private sink(place: number, deadline: number, slot: number): void {
    const { deadlines, slots, count } = this
    for (;;) {
      let child = CHILDREN * place + 1
      if (child >= count) break
      let below = deadlines[child] as number
      const end = Math.min(child + CHILDREN, count)
      for (let other = child + 1; other < end; other++) {
        const beside = deadlines[other] as number
        if (beside > below || (beside === below && this.isOlder(slots[child] as number, slots[other] as number))) continue
        child = other
        below = beside
      }
      if (deadline < below || (deadline === below && this.isOlder(slot, slots[child] as number))) break
      deadlines[place] = below
      slots[place] = slots[child] as number
      place = child
    }
    deadlines[place] = deadline
    slots[place] = slot
  }

  private isOlder(slot: number, other: number): boolean { return (this.orders[slot] as number) < (this.orders[other] as number) }

  private grow(): void {
    const length = this.count * 2
    this.deadlines = copy(this.deadlines, fractions(length))
    this.orders = copy(this.orders, fractions(length))
    this.slots = copy(this.slots, wholes(length))
  }
}

/** An array of numbers. It is a plain array in an engine without typed arrays. */
interface Numbers {
  [place: number]: number
  readonly length: number
  /** Typed arrays have it. It is much faster than copying one by one. */
  set?(from: ArrayLike<number>): void
}

function fractions(length: number): Numbers {
  const { Float64Array } = engine()
  return Float64Array === undefined ? new Array<number>(length) : new Float64Array(length)
}

function wholes(length: number): Numbers {
  const { Uint32Array } = engine()
  return Uint32Array === undefined ? new Array<number>(length) : new Uint32Array(length)
}

function copy(from: Numbers, to: Numbers): Numbers {
  if (to.set !== undefined) to.set(from)
  else for (let i = 0; i < from.length; i++) to[i] = from[i] as number
  return to
}
