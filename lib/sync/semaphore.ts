import { checkOptions } from '../base/options.ts'
import { checkedCount, checkedNumber } from '../base/checked.ts'
import { ValueError } from '../base/errors.ts'
import { INSPECT } from '../base/inspect.ts'
import { checkedOperation } from '../generator/awaited.ts'
import { made, refuseExcess } from '../generator/made.ts'
import type { Coroutine } from '../generator/types.ts'
import type { ContextManager } from '../scope/use.ts'
import type { Cargo, Place } from './parking-lot.ts'
import { PriorityLots } from './priority-lots.ts'

/** The options of `semaphore.acquire()`. */
export interface AcquireOptions {
  /** A waiter with a lower number goes before all waiters with a higher one. The default is 0. */
  readonly priority?: number
}

/** Figures about a semaphore at one moment. */
export interface SemaphoreStatistics {
  /** How many may still enter. */
  readonly value: number
  /** How many tasks wait to enter. */
  readonly tasksWaiting: number
}

/** Somebody who waits for more than one unit. */
interface Weight extends Cargo {
  readonly n: number
}

/**
 * Lets a limited number of coroutines in at a time. It is Python's `asyncio.Semaphore` (rule 25). The one that has waited longest goes
 * next. This is so even if it needs more than one unit, and a later one could enter at once. So nobody waits for ever.
 */
export class Semaphore implements ContextManager<void> {
  private readonly $lots = new PriorityLots(this)

  /** @param $value how many may enter. The default is 1. @throws ValueError when it is negative; TypeError when it is not whole. */
  constructor(protected $value = 1) {
    refuseExcess('new Semaphore()', arguments.length - 1, 'Write new Semaphore(3), or new BoundedSemaphore(3)')
    checkedCount('Semaphore()', $value)
    if (!($value >= 0)) throw new ValueError('Semaphore initial value must be >= 0', { code: 'NEGATIVE' })
  }

  /** Would `acquire()` have to wait? */
  locked(): boolean { return this.$value < 1 || this.$lots.isBusyFor(0) }

  /**
   * Enter; wait until there is room.
   * @param n how many units are needed. `release(n)` gives them back.
   * @param options.priority a lower number goes first; 0 by default.
   * @throws ValueError when `n` is less than 1, or more than there will ever be; TypeError when it is not a whole number.
   */
  acquire(n = 1, options: AcquireOptions = DEFAULT): Coroutine<true> { return made(this.$$acquire(n, options), 'semaphore.acquire()', arguments.length - 2) }

  private *$$acquire(n: number, options: AcquireOptions): Coroutine<true> {
    if (n !== 1) this.$check('acquire()', n)
    const priority = options === DEFAULT ? 0 : priorityOf(options)
    if (this.$value < n || this.$lots.isBusyFor(priority)) {
      const weight: Weight | null = n === 1 ? null : { place: null, n }
      yield* this.$lots.of(priority).$place(weight)
      this.$wakeWhilePossible() // others may enter now, because this one no longer stands before them
    } else {
      this.$value -= n
    }
    return true
  }

  /** Leave. @param n how many units become free. @throws ValueError when it is less than 1; TypeError when it is not a whole number. */
  release(n = 1): void {
    if (n !== 1) this.$check('release()', n)
    this.$value += n
    if (n === 1) this.$wakeNext()
    else this.$wakeWhilePossible()
  }

  /** Make a context manager that takes `n` units: `yield* use(semaphore.taking(3), function* () {...})`. */
  taking(n: number, options: AcquireOptions = DEFAULT): ContextManager<void> {
    this.$check('taking()', n)
    priorityOf(options)
    return {
      enter: () => this.$enter(n, options),
      exit: () => this.$exit(n),
    }
  }

  enter(): Coroutine<void> { return this.$enter(1, DEFAULT) }

  exit(): Coroutine<void> { return this.$exit(1) }

  /** Figures about the semaphore at this moment. */
  statistics(): SemaphoreStatistics { return { value: this.$value, tasksWaiting: this.$lots.waiting } }

  /** @internal */
  [INSPECT](): string { return this.toString() }

  toString(): string {
    const state = this.locked() ? 'locked' : `unlocked, value:${this.$value}`
    return `<${this.constructor.name} [${state}, waiting:${this.$lots.waiting}]>`
  }

  /** A waiter gives up. If it was woken before, it gives back what it had taken. @internal */
  $gaveUp(place: Place): void {
    if (place.isReleased) this.$value += weightOf(place)
    this.$wakeWhilePossible()
  }

  /** @throws ValueError when it is less than 1, or more than there will ever be. @internal */
  protected $check(what: string, n: number): void {
    if (checkedCount(what, n) < 1) throw new ValueError(`${what} takes 1 or more, not ${n}`, { code: 'NEGATIVE' })
  }

  private *$enter(n: number, options: AcquireOptions): Coroutine<void> { yield* checkedOperation(this.acquire(n, options), this, 'acquire') }

  private *$exit(n: number): Coroutine<void> { this.release(n) }

  /** Wake the next waiter. Its units are taken here, in its name, so that nobody else can take them before its turn. */
  private $wakeNext(): boolean {
    const place = this.$lots.first
    if (place === null) return false
    const n = weightOf(place)
    if (n > this.$value) return false
    this.$value -= n
    place.lot.$unparkOne(place)
    return true
  }

  private $wakeWhilePossible(): void { while (this.$value > 0 && this.$wakeNext()); }
}

const DEFAULT: AcquireOptions = {}
const ACQUIRE = { call: 'semaphore.acquire(1, { priority: 2 })', names: ['priority'] }

function priorityOf(options: AcquireOptions): number {
  checkOptions(options, ACQUIRE)
  return checkedNumber('the priority of acquire()', options.priority ?? 0)
}

function weightOf({ cargo }: Place): number { return cargo === null ? 1 : (cargo as Weight).n }

/** A semaphore that cannot be left more often than it was entered. It is Python's `asyncio.BoundedSemaphore`. */
export class BoundedSemaphore extends Semaphore {
  private readonly $bound = this.$value

  /** @throws ValueError when more is given back than was taken. */
  override release(n = 1): void {
    if (this.$value + checkedNumber('release()', n) > this.$bound) {
      throw new ValueError('BoundedSemaphore released too many times', { code: 'RELEASED_TOO_OFTEN' })
    }
    super.release(n)
  }

  /** @internal */
  protected override $check(what: string, n: number): void {
    super.$check(what, n)
    if (n <= this.$bound) return
    throw new ValueError(`${what} asks for ${n} of a BoundedSemaphore that has ${this.$bound}: it would wait for ever`, { code: 'NO_ROOM' })
  }
}
