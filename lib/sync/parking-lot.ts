import { RuntimeError } from '../base/errors.ts'
import { type Linked, LinkedList } from '../base/linked-list.ts'
import type { Coroutine } from '../generator/types.ts'
import type { Loop } from '../loop/loop.ts'
import { Future } from '../task/future.ts'
import { getRunningLoop } from '../task/loops.ts'

/**
 * Where coroutines wait until somebody lets them go on: first come, first served. Everything in this folder, and the
 * queues, stand on it (trio's `ParkingLot`).
 *
 * A coroutine that is let go on takes its turn later. If it is cancelled meanwhile, it cannot use its permission to go
 * on, which passes to the next: no wake-up is lost.
 */
export class ParkingLot {
  private readonly $places = new LinkedList<Place>()
  private $loop: Loop | null = null
  private $parked = 0
  private $leaving = 0

  /** What the coroutines really wait for, for reports. @internal */
  $owner: { toString(): string } | null

  /** @param owner what the coroutines really wait for, for reports. */
  constructor(owner: { toString(): string } | null = null) { this.$owner = owner }

  /** How many wait, and nobody has let them go on. */
  get waiting(): number { return this.$parked }

  /** Somebody was let go on, and its turn has not come. @internal */
  get $isLeaving(): boolean { return this.$leaving > 0 }

  /** The first is cancelled, and its turn has not come. @internal */
  get $isBlocked(): boolean { return this.$places.first?.cancelled() === true }

  /**
   * Wait here: `yield* lot.park()`.
   * @throws CancelledError when the task is cancelled; RuntimeError when others wait here in another loop.
   */
  *park(): Coroutine<void> { yield* this.$stay(lot => { lot.unpark() }, null) }

  /**
   * Wait here, carrying something for `release()` to look at.
   * @param unused what is to be done with a wake-up, in the lot that it came from, whose coroutine was cancelled before it
   * could go on. @internal
   */
  *$stay(unused: (lot: ParkingLot) => void, cargo: unknown): Coroutine<void> {
    const place = new Place(this, this.$bind(), cargo)
    this.$add(place)
    try {
      yield* place
    } catch (error) {
      place.lot.$leave(place)
      if (place.isReleased) unused(place.lot)
      throw error
    }
    place.lot.$leave(place)
  }

  /** Let the first `count` go on. @returns how many there were. */
  unpark(count = 1): number { return this.$release(count, anyone) }

  /** Let the first `count` go on whose cargo is accepted. @returns how many there were. @internal */
  $release(count: number, accept: (cargo: unknown) => boolean): number {
    let released = 0
    for (let place = this.$places.first; place !== null && released < count;) {
      const after = place.$after
      if (place.done()) {
        this.$places.remove(place) // cancelled: nobody has to come past it again
      } else if (accept(place.cargo)) {
        this.$places.remove(place)
        this.$parked--
        this.$leaving++
        released++
        place.setResult()
      }
      place = after
    }
    return released
  }

  /** Let all go on that wait. @returns how many there were. */
  unparkAll(): number { return this.unpark(this.$parked) }

  /** Move the first `count` to the end of another lot, where they go on waiting. @returns how many there were. */
  repark(to: ParkingLot, count = 1): number {
    let moved = 0
    if (to === this) return moved
    for (let place = this.$places.first; place !== null && moved < count;) {
      const after = place.$after
      if (!place.done()) {
        this.$places.remove(place)
        this.$parked--
        place.lot = to
        to.$add(place)
        moved++
      }
      place = after
    }
    return moved
  }

  /** Move all to another lot. @returns how many there were. */
  reparkAll(to: ParkingLot): number { return this.repark(to, this.$parked) }

  toString(): string { return this.$owner?.toString() ?? `<ParkingLot [waiting:${this.$parked}]>` }

  /** One of its places was cancelled. @internal */
  $noteCancelled(): void { this.$parked-- }

  /** It belongs to the loop in which somebody waits here first. @throws RuntimeError in another. @internal */
  $bind(): Loop {
    const loop = getRunningLoop()
    this.$loop ??= loop
    if (this.$loop === loop) return loop
    throw new RuntimeError(`${this.toString()} is bound to a different event loop. Make one for each loop`, { code: 'OTHER_LOOP' })
  }

  private $add(place: Place): void {
    this.$places.add(place)
    this.$parked++
  }

  /** The turn of one of its coroutines has come. */
  private $leave(place: Place): void {
    if (place.isReleased) {
      this.$leaving--
      return
    }
    if (!place.cancelled()) this.$parked--
    this.$places.remove(place)
  }
}

/** The place of one coroutine in a lot. */
class Place extends Future<void> implements Linked<Place> {
  $before: Place | null = null
  $after: Place | null = null

  constructor(public lot: ParkingLot, loop: Loop, readonly cargo: unknown) { super({ loop }) }

  /** It was let go on. */
  get isReleased(): boolean { return this.done() && !this.cancelled() }

  override cancel(message?: string): boolean {
    if (!super.cancel(message)) return false
    this.lot.$noteCancelled()
    return true
  }

  override toString(): string { return this.lot.toString() }
}

function anyone(): boolean { return true }
