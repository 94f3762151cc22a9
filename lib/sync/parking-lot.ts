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
  get $isBlocked(): boolean { return this.$places.first?.$isCancelled === true }

  /**
   * Wait here: `yield* lot.park()`.
   * @throws CancelledError when the task is cancelled; RuntimeError when others wait here in another loop.
   */
  *park(): Coroutine<void> { yield* this.$stay(lot => { lot.unpark() }, null) }

  /**
   * Wait here.
   * @param unused called when a waiter that was let go on is cancelled before its turn: pass the wake-up on. It is given the
   * lot that the wake-up came from.
   * @param cargo what the waiter carries, for whoever lets it go on. @internal
   */
  *$stay(unused: (lot: ParkingLot) => void, cargo: Cargo | null): Coroutine<void> {
    const place = new Place(this, this.$bind(), cargo)
    if (cargo !== null) cargo.place = place
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
  unpark(count = 1): number {
    let released = 0
    while (released < count && this.$unparkFirst() !== null) released++
    return released
  }

  /** Let the first go on. @returns its place, or `null` when nobody waits. @internal */
  $unparkFirst(): Place | null {
    for (let place = this.$places.first; place !== null; place = this.$places.first) {
      if (this.$unparkOne(place)) return place
    }
    return null
  }

  /** Let the one at this place go on. @returns false when it was cancelled, and its turn has not come. @internal */
  $unparkOne(place: Place): boolean {
    this.$places.remove(place)
    if (place.$ended) return false
    this.$parked--
    this.$leaving++
    place.setResult()
    return true
  }

  /** Let all go on that wait. @returns how many there were. */
  unparkAll(): number { return this.unpark(this.$parked) }

  /** Move the first `count` to the end of another lot, where they go on waiting. @returns how many there were. */
  repark(to: ParkingLot, count = 1): number {
    let moved = 0
    if (to === this) return moved
    for (let place = this.$places.first; place !== null && moved < count;) {
      const after = place.$after
      if (!place.$ended) {
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
    if (!place.$isCancelled) this.$parked--
    this.$places.remove(place)
  }
}

/** What somebody carries who waits in a lot. */
export interface Cargo {
  /** Where it waits. */
  place: Place | null
}

/** The place of one coroutine in a lot. */
export class Place extends Future<void> implements Linked<Place> {
  $before: Place | null = null
  $after: Place | null = null

  constructor(public lot: ParkingLot, loop: Loop, readonly cargo: Cargo | null) { super({ loop }) }

  /** It was let go on. */
  get isReleased(): boolean { return this.$ended && !this.$isCancelled }

  override cancel(message?: string): boolean {
    if (!super.cancel(message)) return false
    this.lot.$noteCancelled()
    return true
  }

  override toString(): string { return this.lot.toString() }
}
