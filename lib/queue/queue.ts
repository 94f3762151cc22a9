import { checkedNumber } from '../base/checked.ts'
import { ValueError } from '../base/errors.ts'
import { INSPECT } from '../base/inspect.ts'
import { checkOptions } from '../base/options.ts'
import { Ring } from '../base/ring.ts'
import { QueueEmpty, QueueFull, QueueShutDown } from '../base/sync-errors.ts'
import { made } from '../generator/made.ts'
import type { Coroutine } from '../generator/types.ts'
import type { Stream, StreamIterator } from '../iteration/stream.ts'
import { Event } from '../sync/event.ts'
import { type Keeper, ParkingLot, type Place } from '../sync/parking-lot.ts'
import { type Overflow, checkedOverflow } from './overflow.ts'

export interface QueueOptions {
  /** What becomes of an item that is put into a full queue. */
  readonly overflow?: Overflow
}

/** What can be said of a queue at one moment. */
export interface QueueStatistics {
  readonly size: number
  readonly maxsize: number
  /** Items that were put in, and are not dealt with: `taskDone()` is to be called so often. */
  readonly unfinished: number
  /** Items that were dropped because there was no room. */
  readonly dropped: number
  readonly tasksWaitingPut: number
  readonly tasksWaitingGet: number
}

const QUEUE = { call: "new Queue(10, { overflow: 'dropOldest' })", names: ['overflow'] }

/**
 * Between those who make things and those who use them (Python's `asyncio.Queue`, rules 26 and 27). Who waits longest goes
 * next: `get()` and `put()` do not overtake those who wait, also when they were let go on and their turn has not come. A
 * subclass may keep the items otherwise, by its own `qsize`, `putItem` and `getItem`. As a stream it ends when it is shut down
 * and empty: `yield* forEach(queue, function* (item) { … queue.taskDone() })`.
 */
export class Queue<T = unknown> implements Stream<T> {
  private readonly $getters: ParkingLot = new ParkingLot(new Side(this, 'an item', ({ isReleased }) => {
    if (isReleased && !this.empty()) this.$getters.unpark()
  }))
  private readonly $putters: ParkingLot = new ParkingLot(new Side(this, 'room', ({ isReleased }) => {
    if (isReleased && !this.full()) this.$putters.unpark()
  }))
  private readonly $finished = new Event()
  private $unfinished = 0
  private $isShutDown = false
  private readonly $ring = new Ring<T>()
  private readonly $overflow: Overflow
  private $dropped = 0

  /** @param maxsize how many items it holds; 0 and less for any number. */
  constructor(readonly maxsize = 0, options: QueueOptions = {}) {
    checkOptions(options, QUEUE)
    checkedNumber('Queue()', maxsize)
    this.$overflow = checkedOverflow('Queue()', options.overflow ?? 'wait')
    this.$finished.set()
    this.$finished.$lot.$owner = { toString: () => `the end of all work in ${this.toString()}` }
  }

  /** Keep an item (`_put`). */
  protected putItem(item: T): void { this.$ring.push(item) }

  /** The next item, which is taken out (`_get`); there is one. */
  protected getItem(): T { return this.$ring.shift() }

  /** The item that has been in it longest, which is taken out to be dropped: for `dropOldest`. There is one. */
  protected dropItem(): T { return this.getItem() }

  /** How many items are in it. */
  qsize(): number { return this.$ring.size }

  empty(): boolean { return this.qsize() === 0 }

  full(): boolean { return this.maxsize > 0 && this.qsize() >= this.maxsize }

  /**
   * Put an item in; wait until there is room. With another policy than `wait` it never waits.
   * @throws QueueShutDown when it is shut down, before or meanwhile; QueueFull by the policy `error`.
   */
  put(item: T): Coroutine<void> { return made(this.$put(item), 'queue.put(…)') }

  private *$put(item: T): Coroutine<void> {
    if (this.$overflow !== 'wait') {
      this.putNowait(item)
      return
    }
    let place: Place | null = null
    for (let waits = this.full() || this.$putters.$isBusy; waits; waits = this.full() || this.$putters.$isBusyBefore(place)) {
      if (this.$isShutDown) throw new QueueShutDown()
      place = this.$putters.$place(null, place)
      yield* place
    }
    this.putNowait(item)
    if (this.$putters.waiting > 0 && this.$roomFor(this.$putters.$leavingCount)) this.$putters.unpark()
  }

  /** Take the next item out; wait until there is one. @throws QueueShutDown when it is shut down and empty. */
  get(): Coroutine<T> { return made(this.$get(), 'queue.get()') }

  private *$get(): Coroutine<T> {
    let place: Place | null = null
    for (let waits = this.empty() || this.$getters.$isBusy; waits; waits = this.empty() || this.$getters.$isBusyBefore(place)) {
      if (this.$isShutDown && this.empty()) throw new QueueShutDown()
      this.$putters.$bind() // both sides belong to one loop
      place = this.$getters.$place(null, place)
      yield* place
    }
    const item = this.getNowait()
    if (this.$getters.waiting > 0 && this.qsize() > this.$getters.$leavingCount) this.$getters.unpark()
    return item
  }

  /** All items, until it is shut down and empty. Several tasks may go through one queue: each item is got by one. */
  iterate(): StreamIterator<T> { return { next: () => this.$next() } }

  /** Put an item in. @throws QueueFull when there is no room, unless one is dropped; QueueShutDown when it is shut down. */
  putNowait(item: T): void {
    if (this.$isShutDown) throw new QueueShutDown()
    if (this.full() && !this.$makeRoom()) return
    this.putItem(item)
    this.$unfinished++
    this.$finished.clear()
    this.$getters.unpark()
  }

  /** Take the next item out. @throws QueueEmpty when there is none; QueueShutDown when there will be none any more. */
  getNowait(): T {
    if (this.empty()) throw this.$isShutDown ? new QueueShutDown() : new QueueEmpty()
    const item = this.getItem()
    this.$putters.unpark()
    return item
  }

  /** What was taken out last is dealt with. @throws ValueError when that was said of all items already. */
  taskDone(): void {
    if (this.$unfinished <= 0) throw new ValueError('task_done() called too many times', { code: 'TASK_DONE_TOO_OFTEN' })
    this.$markDone()
  }

  /** Wait until all items that were put in are dealt with: `taskDone()` once for each. */
  join(): Coroutine<void> { return made(this.$join(), 'queue.join()') }

  private *$join(): Coroutine<void> {
    if (this.$unfinished > 0) yield* this.$finished.wait()
  }

  /**
   * Nothing can be put in any more, and who waits with an item gets a QueueShutDown. What is in it can be taken out.
   * @param immediate throw that away too, as if it had been dealt with.
   */
  shutdown(immediate = false): void {
    this.$isShutDown = true
    if (immediate) this.$drain()
    this.$getters.unparkAll()
    this.$putters.unparkAll()
  }

  /** What can be said of it now. */
  statistics(): QueueStatistics {
    return {
      size: this.qsize(),
      maxsize: this.maxsize,
      unfinished: this.$unfinished,
      dropped: this.$dropped,
      tasksWaitingPut: this.$putters.waiting,
      tasksWaitingGet: this.$getters.waiting,
    }
  }

  /** @internal */
  [INSPECT](): string { return this.toString() }

  toString(): string {
    const parts = [`maxsize=${this.maxsize}`, `size=${this.qsize()}`]
    if (this.$getters.waiting > 0) parts.push(`getters=${this.$getters.waiting}`)
    if (this.$putters.waiting > 0) parts.push(`putters=${this.$putters.waiting}`)
    if (this.$unfinished > 0) parts.push(`tasks=${this.$unfinished}`)
    if (this.$isShutDown) parts.push('shutdown')
    return `<${this.constructor.name} ${parts.join(' ')}>`
  }

  private *$next(): Coroutine<IteratorResult<T>> {
    try {
      return { value: yield* this.get(), done: false }
    } catch (error) {
      if (error instanceof QueueShutDown) return { value: undefined, done: true }
      throw error
    }
  }

  /** It is full. @returns false when the new item is to be dropped. @throws QueueFull when none is. */
  private $makeRoom(): boolean {
    if (this.$overflow === 'wait' || this.$overflow === 'error') throw new QueueFull()
    this.$dropped++
    if (this.$overflow === 'dropNewest') return false
    this.dropItem()
    if (this.$unfinished > 0) this.$unfinished-- // the new one is counted in its place
    return true
  }

  private $drain(): void {
    while (!this.empty()) {
      this.getItem()
      if (this.$unfinished > 0) this.$markDone()
    }
  }

  private $markDone(): void {
    if (--this.$unfinished === 0) this.$finished.set()
  }

  private $roomFor(others: number): boolean { return this.maxsize <= 0 || this.qsize() + others < this.maxsize }
}

/** One side of a queue, where coroutines wait. */
class Side implements Keeper {
  constructor(
    private readonly queue: { toString(): string },
    private readonly what: string,
    readonly $gaveUp: (place: Place) => void,
  ) {}

  /** What they wait for, in the words of a report. */
  toString(): string { return `${this.what} in ${this.queue.toString()}` }
}
