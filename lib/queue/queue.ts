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

/** The options of `new Queue()`. */
export interface QueueOptions {
  /** What happens to an item that is put into a full queue. The default is that `put()` waits. */
  readonly overflow?: Overflow
}

/** Figures about a queue at one moment. */
export interface QueueStatistics {
  /** How many items are in the queue. */
  readonly size: number
  /** How many items it has room for; 0 for any number. */
  readonly maxsize: number
  /** How many items were put in for which `taskDone()` was not called yet. */
  readonly unfinished: number
  /** Items that were dropped because there was no room. */
  readonly dropped: number
  /** How many tasks wait to put an item in. */
  readonly tasksWaitingPut: number
  /** How many tasks wait to get an item. */
  readonly tasksWaitingGet: number
}

const QUEUE = { call: "new Queue(10, { overflow: 'dropOldest' })", names: ['overflow'] }

/**
 * A queue between tasks that make items and tasks that use them. It is Python's `asyncio.Queue` (rules 26 and 27). The task that
 * has waited longest goes next. A new `get()` or `put()` does not overtake those that wait, not even those that were woken and have
 * not had their turn yet. A subclass may keep the items in another way, with its own `qsize`, `putItem` and `getItem`. As a stream,
 * the queue ends when it is shut down and empty: `yield* forEach(queue, function* (item) { … queue.taskDone() })`.
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

  /**
   * Make an empty queue.
   * @param maxsize how many items the queue holds; 0 or less for any number.
   * @param options.overflow what happens to an item that is put into a full queue.
   * @throws TypeError when `maxsize` is not a number, or an option is wrong.
   */
  constructor(readonly maxsize = 0, options: QueueOptions = {}) {
    checkOptions(options, QUEUE)
    checkedNumber('Queue()', maxsize)
    this.$overflow = checkedOverflow('Queue()', options.overflow ?? 'wait')
    this.$finished.set()
    this.$finished.$lot.$owner = {
      toString: () => `the end of all work in ${this.toString()}, which is taskDone() for each item`,
    }
  }

  /** Keep an item. It is Python's `_put`. */
  protected putItem(item: T): void { this.$ring.push(item) }

  /** Take out the next item. It is called only when there is one. It is Python's `_get`. */
  protected getItem(): T { return this.$ring.shift() }

  /** Take out the oldest item, which is then dropped, for `dropOldest`. It is called only when there is one. */
  protected dropItem(): T { return this.getItem() }

  /** How many items are in the queue. */
  qsize(): number { return this.$ring.size }

  /** Is no item in the queue? */
  empty(): boolean { return this.qsize() === 0 }

  /** Does the queue hold as many items as it may? */
  full(): boolean { return this.maxsize > 0 && this.qsize() >= this.maxsize }

  /**
   * Put in an item; wait until there is room. With another policy than `wait` it never waits.
   * @throws QueueShutDown when the queue is shut down, also during the wait; QueueFull with the policy `error` when there is no
   * room.
   */
  put(item: T): Coroutine<void> { return made(this.$$put(item), 'queue.put(…)', arguments.length - 1) }

  private *$$put(item: T): Coroutine<void> {
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
    this.$add(item)
    if (this.$putters.waiting > 0 && this.$roomFor(this.$putters.$leavingCount)) this.$putters.unpark()
  }

  /** Take out the next item; wait until there is one. @throws QueueShutDown when the queue is shut down and empty. */
  get(): Coroutine<T> { return made(this.$$get(), 'queue.get()', arguments.length) }

  private *$$get(): Coroutine<T> {
    let place: Place | null = null
    for (let waits = this.empty() || this.$getters.$isBusy; waits; waits = this.empty() || this.$getters.$isBusyBefore(place)) {
      if (this.$isShutDown && this.empty()) throw new QueueShutDown()
      this.$putters.$bind() // both sides of the queue belong to the same loop
      place = this.$getters.$place(null, place)
      yield* place
    }
    const item = this.getNowait()
    if (this.$getters.waiting > 0 && this.qsize() > this.$getters.$leavingCount) this.$getters.unpark()
    return item
  }

  /** All items, until the queue is shut down and empty. Several tasks may go through one queue: each item goes to one of them. */
  iterate(): StreamIterator<T> { return { next: () => this.$next() } }

  /**
   * `put()` without waiting. It is Python's `put_nowait()`.
   * @throws QueueFull when there is no room, or a task in `put()` came before, and the policy does not drop items; QueueShutDown when the
   * queue is shut down.
   */
  putNowait(item: T): void {
    if (this.$putters.$isBusy && !this.$isShutDown) throw new QueueFull('the room is for the tasks that wait in put(). Write yield* queue.put(item)')
    this.$add(item)
  }

  private $add(item: T): void {
    if (this.$isShutDown) throw new QueueShutDown()
    if (this.full() && !this.$makeRoom()) return
    this.putItem(item)
    this.$unfinished++
    this.$finished.clear()
    this.$getters.unpark()
  }

  /**
   * `get()` without waiting. It is Python's `get_nowait()`.
   * @throws QueueEmpty when there is no item; QueueShutDown when there will be none any more.
   */
  getNowait(): T {
    if (this.empty()) throw this.$isShutDown ? new QueueShutDown() : new QueueEmpty()
    const item = this.getItem()
    this.$putters.unpark()
    return item
  }

  /**
   * Say that the work on one item is done. `join()` waits for that. It is Python's `task_done()`.
   * @throws ValueError when it is called more often than items were put in.
   */
  taskDone(): void {
    if (this.$unfinished <= 0) throw new ValueError('task_done() called too many times', { code: 'TASK_DONE_TOO_OFTEN' })
    this.$markDone()
  }

  /** Wait until `taskDone()` was called for each item that was put in. */
  join(): Coroutine<void> { return made(this.$$join(), 'queue.join()', arguments.length) }

  private *$$join(): Coroutine<void> {
    if (this.$unfinished > 0) yield* this.$finished.wait()
  }

  /**
   * Take no more items. Whoever waits in `put()` gets a QueueShutDown. Items in the queue can still be taken out (rule 27).
   * @param immediate true: also throw the items away, as if `taskDone()` were called for them.
   */
  shutdown(immediate = false): void {
    this.$isShutDown = true
    if (immediate) this.$drain()
    this.$getters.unparkAll()
    this.$putters.unparkAll()
  }

  /** Figures about the queue at this moment. */
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

  /**
   * Make room in a full queue. @returns false when the new item is to be dropped instead. @throws QueueFull when the policy drops
   * nothing.
   */
  private $makeRoom(): boolean {
    if (this.$overflow === 'wait' || this.$overflow === 'error') throw new QueueFull()
    this.$dropped++
    if (this.$overflow === 'dropNewest') return false
    this.dropItem()
    if (this.$unfinished > 0) this.$unfinished-- // the new item is counted instead
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

  /** What those on this side wait for, in the words of a report. */
  toString(): string { return `${this.what} in ${this.queue.toString()}` }
}
