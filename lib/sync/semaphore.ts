import { checkedCount } from '../base/checked.ts'
import { ValueError } from '../base/errors.ts'
import { INSPECT } from '../base/inspect.ts'
import type { Coroutine } from '../generator/types.ts'
import type { ContextManager } from '../scope/use.ts'
import { ParkingLot, type Place } from './parking-lot.ts'

/** At most so many coroutines at a time (Python's `asyncio.Semaphore`, rule 25). Who waits longest goes next. */
export class Semaphore implements ContextManager<void> {
  private readonly $lot = new ParkingLot(this)

  /** @param $value how many may enter now. @throws ValueError when it is negative. */
  constructor(protected $value = 1) {
    checkedCount('Semaphore()', $value)
    if (!($value >= 0)) throw new ValueError('Semaphore initial value must be >= 0', { code: 'NEGATIVE' })
  }

  /** Would `acquire()` have to wait? */
  locked(): boolean { return this.$value === 0 || this.$lot.$isBusy }

  /** Enter; wait until there is room. */
  *acquire(): Coroutine<true> {
    if (this.locked()) {
      yield* this.$lot.$place(null)
      this.$wakeWhilePossible() // some may have come while others, now gone, stood before them
    } else {
      this.$value--
    }
    return true
  }

  /** Leave, or make room for one more. */
  release(): void {
    this.$value++
    this.$wakeNext()
  }

  *enter(): Coroutine<void> { yield* this.acquire() }

  *exit(): Coroutine<void> { this.release() }

  /** @internal */
  [INSPECT](): string { return this.toString() }

  toString(): string {
    const state = this.locked() ? 'locked' : `unlocked, value:${this.$value}`
    return `<${this.constructor.name} [${state}, waiting:${this.$lot.waiting}]>`
  }

  /** @internal */
  $gaveUp(place: Place): void {
    if (place.isReleased) this.$value++
    this.$wakeWhilePossible()
  }

  /** Who is woken has entered, in the name of its waker. */
  private $wakeNext(): boolean {
    if (this.$lot.unpark() === 0) return false
    this.$value--
    return true
  }

  private $wakeWhilePossible(): void { while (this.$value > 0 && this.$wakeNext()); }
}

/** A semaphore that is never left more often than it was entered. */
export class BoundedSemaphore extends Semaphore {
  private readonly $bound = this.$value

  /** @throws ValueError when nobody has entered. */
  override release(): void {
    if (this.$value >= this.$bound) {
      throw new ValueError('BoundedSemaphore released too many times', { code: 'RELEASED_TOO_OFTEN' })
    }
    super.release()
  }
}
