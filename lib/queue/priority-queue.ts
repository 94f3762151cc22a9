import { describe } from '../base/describe.ts'
import { ArgumentError, RuntimeError, ValueError } from '../base/errors.ts'
import { checkOptions } from '../base/options.ts'
import { refuseGeneratorFunction } from '../generator/plain-function.ts'
import { compare } from './compare.ts'
import { Queue, type QueueOptions } from './queue.ts'

/** @returns less than zero when `a` comes before `b`. */
export type Compare<T> = (a: T, b: T) => number

/** The options of `new PriorityQueue()`. */
export interface PriorityQueueOptions<T> extends QueueOptions {
  /** Decides which of two items comes first. */
  readonly compare?: Compare<T>
}

interface Entry<T> {
  readonly item: T
  /** A number that counts up with each item, so that equal items keep their order. */
  readonly order: number
}

const PRIORITY_QUEUE = { call: 'new PriorityQueue(10, { compare: (a, b) => a.rank - b.rank })', names: ['compare', 'overflow'] }

/**
 * A queue that gives the smallest item first. Items are often pairs, `[priority, data]`. Equal items come in the order in which
 * they were put in. It is Python's `asyncio.PriorityQueue`.
 */
export class PriorityQueue<T = unknown> extends Queue<T> {
  private readonly $heap: Entry<T>[] = []
  private readonly $compare: Compare<T>
  private $made = 0
  /** Counts the changes. `compare` may call methods of this queue, too. */
  private $changes = 0

  /**
   * Make an empty queue.
   * @param maxsize how many items the queue holds; 0 or less for any number.
   * @param options.compare decides which of two items comes first. By default items are compared by `<`, and arrays by their first
   * items that differ, as Python's tuples.
   * @throws ValueError with the policy `dropOldest`; TypeError when an option is wrong.
   */
  constructor(maxsize = 0, options: PriorityQueueOptions<T> = {}) {
    checkOptions(options, PRIORITY_QUEUE)
    super(maxsize, options.overflow === undefined ? {} : { overflow: options.overflow })
    if (options.overflow === 'dropOldest') {
      throw new ValueError("a PriorityQueue does not know which item is the oldest. Write { overflow: 'dropNewest' }", { code: 'NOT_A_POLICY' })
    }
    this.$compare = options.compare ?? compare
    refuseGeneratorFunction('the compare of a PriorityQueue', this.$compare)
    if (typeof this.$compare !== 'function') {
      throw new ArgumentError(`PriorityQueue() takes { compare: (a, b) => number }, not ${describe(this.$compare)}`, 'NOT_CALLABLE')
    }
  }

  override qsize(): number { return this.$heap.length }

  protected override putItem(item: T): void {
    const heap = this.$heap
    const entry = { item, order: this.$made++ }
    const { $changes: before } = this
    if (heap.length === 0) this.$before(entry, entry) // an item without an order, such as NaN, is refused here, and not at the next put()
    const way: number[] = []
    for (let i = heap.length; i > 0;) {
      const parent = (i - 1) >> 1
      if (!this.$before(entry, heap[parent] as Entry<T>)) break
      way.push(i = parent)
    }
    // Nothing is moved before this line, because `compare` may throw. Then the queue is as it was.
    this.$changed(before)
    let hole = heap.length
    for (const parent of way) {
      heap[hole] = heap[parent] as Entry<T>
      hole = parent
    }
    heap[hole] = entry
  }

  protected override getItem(): T {
    const heap = this.$heap
    const first = heap[0] as Entry<T>
    const last = heap[heap.length - 1] as Entry<T>
    const { $changes: before } = this
    const way: number[] = []
    for (let i = 0; ;) {
      const child = this.$lesserChild(i)
      if (child >= heap.length - 1 || !this.$before(heap[child] as Entry<T>, last)) break
      way.push(i = child)
    }
    this.$changed(before)
    heap.pop()
    let hole = 0
    for (const child of way) {
      heap[hole] = heap[child] as Entry<T>
      hole = child
    }
    if (heap.length > 0) heap[hole] = last
    return first.item
  }

  /** The items are about to move. @throws RuntimeError when `compare` has moved them already. */
  private $changed(before: number): void {
    if (this.$changes++ === before) return
    throw new RuntimeError('the compare() of a PriorityQueue has changed the queue for which it compares. Let it only compare, and change the queue afterwards',
      { code: 'COMPARE_CHANGES' })
  }

  /** The smaller child of an entry. The last entry does not count, because it is about to move to a new place. */
  private $lesserChild(i: number): number {
    const heap = this.$heap
    const child = 2 * i + 1
    const other = child + 1
    const both = other < heap.length - 1
    return both && this.$before(heap[other] as Entry<T>, heap[child] as Entry<T>) ? other : child
  }

  private $before(a: Entry<T>, b: Entry<T>): boolean {
    const order = this.$compare(a.item, b.item)
    if (!(order <= 0 || order > 0) || typeof order === 'boolean') {
      throw new ArgumentError(`the compare() of a PriorityQueue gives a number, as a - b does, and gave ${describe(order)} for ${describe(a.item)} and ${describe(b.item)}`,
        'NOT_COMPARABLE')
    }
    return order === 0 ? a.order < b.order : order < 0
  }
}
