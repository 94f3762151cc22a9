import { checkedCount, checkedNumber } from '../base/checked.ts'
import { ValueError } from '../base/errors.ts'
import { INSPECT } from '../base/inspect.ts'
import { made } from '../generator/made.ts'
import type { Coroutine } from '../generator/types.ts'
import type { ContextManager } from '../scope/use.ts'
import type { Cargo, Place } from './parking-lot.ts'
import { PriorityLots } from './priority-lots.ts'

export interface AcquireOptions {
  /** Who has a lower one goes before all that wait with a higher one; 0 by default. */
  readonly priority?: number
}

/** What can be said of a semaphore at one moment. */
export interface SemaphoreStatistics {
  /** How much is free. */
  readonly value: number
  readonly tasksWaiting: number
}

/** Who waits for more than one. */
interface Weight extends Cargo {
  readonly n: number
}

/**
 * At most so many coroutines at a time (Python's `asyncio.Semaphore`, rule 25). Who waits longest goes next, also when it needs
 * more than one, and who comes later could go at once: so nobody waits for ever.
 */
export class Semaphore implements ContextManager<void> {
  private readonly $lots = new PriorityLots(this)

  /** @param $value how many may enter now. @throws ValueError when it is negative. */
  constructor(protected $value = 1) {
    checkedCount('Semaphore()', $value)
    if (!($value >= 0)) throw new ValueError('Semaphore initial value must be >= 0', { code: 'NEGATIVE' })
  }

  /** Would `acquire()` have to wait? */
  locked(): boolean { return this.$value < 1 || this.$lots.isBusyFor(0) }

  /**
   * Enter; wait until there is room.
   * @param n how much of the room it needs. It is given back by `release(n)`.
   * @throws ValueError when that is less than 1, or more than there will ever be; TypeError when it is not whole.
   */
  acquire(n = 1, options: AcquireOptions = DEFAULT): Coroutine<true> { return made(this.$acquire(n, options), 'semaphore.acquire()') }

  private *$acquire(n: number, options: AcquireOptions): Coroutine<true> {
    if (n !== 1) this.$check('acquire()', n)
    const priority = options === DEFAULT ? 0 : checkedNumber('the priority of acquire()', options.priority ?? 0)
    if (this.$value < n || this.$lots.isBusyFor(priority)) {
      const weight: Weight | null = n === 1 ? null : { place: null, n }
      yield* this.$lots.of(priority).$place(weight)
      this.$wakeWhilePossible() // some may have come while others, now gone, stood before them
    } else {
      this.$value -= n
    }
    return true
  }

  /** Leave, or make room for more. */
  release(n = 1): void {
    if (n !== 1) this.$check('release()', n)
    this.$value += n
    if (n === 1) this.$wakeNext()
    else this.$wakeWhilePossible()
  }

  /** For `use()`: `yield* use(semaphore.taking(3), function* () {...})`. */
  taking(n: number, options: AcquireOptions = DEFAULT): ContextManager<void> {
    return {
      enter: () => this.$enter(n, options),
      exit: () => this.$exit(n),
    }
  }

  enter(): Coroutine<void> { return this.$enter(1, DEFAULT) }

  exit(): Coroutine<void> { return this.$exit(1) }

  /** What can be said of it now. */
  statistics(): SemaphoreStatistics { return { value: this.$value, tasksWaiting: this.$lots.waiting } }

  /** @internal */
  [INSPECT](): string { return this.toString() }

  toString(): string {
    const state = this.locked() ? 'locked' : `unlocked, value:${this.$value}`
    return `<${this.constructor.name} [${state}, waiting:${this.$lots.waiting}]>`
  }

  /** @internal */
  $gaveUp(place: Place): void {
    if (place.isReleased) this.$value += weightOf(place)
    this.$wakeWhilePossible()
  }

  /** @throws ValueError when it is less than 1, or can never be. @internal */
  protected $check(what: string, n: number): void {
    if (checkedCount(what, n) < 1) throw new ValueError(`${what} takes 1 or more, not ${n}`, { code: 'NEGATIVE' })
  }

  private *$enter(n: number, options: AcquireOptions): Coroutine<void> { yield* this.acquire(n, options) }

  private *$exit(n: number): Coroutine<void> { this.release(n) }

  /** Who is woken has entered, in the name of its waker. */
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

function weightOf({ cargo }: Place): number { return cargo === null ? 1 : (cargo as Weight).n }

/** A semaphore that is never left more often than it was entered. */
export class BoundedSemaphore extends Semaphore {
  private readonly $bound = this.$value

  /** @throws ValueError when nobody has entered, or not with so much. */
  override release(n = 1): void {
    if (this.$value + n > this.$bound) {
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
