import { checkedCount } from '../base/checked.ts'
import { RuntimeError } from '../base/errors.ts'
import { INSPECT } from '../base/inspect.ts'
import { type Linked, LinkedList } from '../base/linked-list.ts'
import { made } from '../generator/made.ts'
import type { Coroutine } from '../generator/types.ts'
import type { RAISE, SEND } from '../generator/resume.ts'
import type { Fiber, Wait } from '../greenlet/fiber.ts'
import type { Loop } from '../loop/loop.ts'
import { Future } from '../task/future.ts'
import { getRunningLoop } from '../task/loops.ts'

/**
 * Where coroutines wait until somebody lets them go on: first come, first served. Everything in this folder, and the
 * queues, stand on it (trio's `ParkingLot`).
 *
 * A coroutine that is let go on takes its turn later. If it is cancelled meanwhile, it cannot use the wake-up, which has to be
 * passed on: no wake-up is lost. The keeper of the lot knows to whom.
 */
export class ParkingLot {
  private readonly $places = new LinkedList<Place>()
  private $loop: Loop | null = null
  private $parked = 0
  /** Those who were let go on, and whose turn has not come, by rank. */
  private readonly $leaving = new LinkedList<Place>()
  /** How many have come to wait. */
  private $made = 0
  /** The last who came back to wait again. */
  private $cameBack: Place | null = null
  /** What the coroutines really wait for, for reports. @internal */
  $owner: Owner | null
  /** Who passes wake-ups on. */
  private readonly $keeper: Keeper | null

  /** @param owner what the coroutines really wait for, for reports. */
  constructor(owner: Owner | null = null) {
    this.$owner = owner
    this.$keeper = owner !== null && '$gaveUp' in owner ? owner as Keeper : null
  }

  /** How many wait, and nobody has let them go on. */
  get waiting(): number { return this.$parked }

  /** Somebody waits here, or was let go on and its turn has not come. @internal */
  get $isBusy(): boolean { return this.$parked > 0 || this.$leaving.size > 0 }

  /** The place of the one who has waited longest, and was not cancelled. @internal */
  get $first(): Place | null {
    while (this.$places.first?.$ended === true) this.$places.remove(this.$places.first)
    return this.$places.first
  }

  /** Is there somebody in the sense of `$isBusy` who came before the one that waited at this place? @internal */
  $isBusyBefore({ rank }: Place): boolean {
    const [parked, leaving] = [this.$first, this.$leaving.first]
    return (parked !== null && parked.rank < rank) || (leaving !== null && leaving.rank < rank)
  }

  /** How many were let go on, and their turn has not come. @internal */
  get $leavingCount(): number { return this.$leaving.size }

  /** The first is cancelled, and its turn has not come. @internal */
  get $isBlocked(): boolean { return this.$places.first?.$isCancelled === true }

  /**
   * Wait here: `yield* lot.park()`.
   * @throws CancelledError when the task is cancelled; RuntimeError when others wait here in another loop.
   */
  park(): Coroutine<void> { return made(this.$park(), 'lot.park()') }

  private *$park(): Coroutine<void> { yield* this.$place(null) }

  /**
   * A place to wait at: `yield* lot.$place(cargo)`.
   * @param cargo what the waiter carries, for whoever lets it go on.
   * @param before where it waited before, and was woken for nothing: it keeps its rank. @internal
   */
  $place(cargo: Cargo | null, before: Place | null = null): Place {
    const place = new Place(this, this.$bind(), cargo, before?.rank ?? NEW)
    if (cargo !== null) cargo.place = place
    return place
  }

  /** Somebody begins to wait at this place. @internal */
  $add(place: Place): void {
    this.$parked++
    if (place.rank === NEW) {
      place.rank = this.$made++
      this.$places.add(place)
      return
    }
    // Those who come back do so in the order of their ranks, as a rule: after the last who did, before those who stayed.
    let other = this.$cameBack !== null && this.$cameBack.$isInLine && this.$cameBack.rank < place.rank ? this.$cameBack : null
    for (let next = other === null ? this.$places.first : other.$after; next !== null && next.rank < place.rank; next = next.$after) other = next
    this.$places.addAfter(other, place)
    this.$cameBack = place
  }

  /** Let the first `count` go on. @returns how many there were. */
  unpark(count = 1): number {
    checkedCount('unpark()', count)
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
    let other = this.$leaving.last
    while (other !== null && other.rank > place.rank) other = other.$before // it came back after the other was let go on
    this.$leaving.addAfter(other, place)
    place.setResult()
    return true
  }

  /** Let all go on that wait. @returns how many there were. */
  unparkAll(): number { return this.unpark(this.$parked) }

  /** Move the first `count` to the end of another lot, where they go on waiting. @returns how many there were. */
  repark(to: ParkingLot, count = 1): number {
    checkedCount('repark()', count)
    let moved = 0
    if (to === this) return moved
    for (let place = this.$places.first; place !== null && moved < count;) {
      const after = place.$after
      if (!place.$ended) {
        this.$places.remove(place)
        this.$parked--
        place.lot = to
        place.rank = NEW
        to.$add(place)
        moved++
      }
      place = after
    }
    return moved
  }

  /** Move all to another lot. @returns how many there were. */
  reparkAll(to: ParkingLot): number { return this.repark(to, this.$parked) }

  /** @internal */
  [INSPECT](): string { return this.toString() }

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

  /** The one who waited at this place goes on, or gives up. @internal */
  $leave(place: Place): void {
    if (place.isReleased) {
      this.$leaving.remove(place)
      return
    }
    if (!place.$isCancelled) this.$parked--
    this.$places.remove(place)
  }

  /** The one who waited at this place gives up, because it was cancelled or thrown into. @internal */
  $giveUp(place: Place): void {
    if (this.$keeper !== null) this.$keeper.$gaveUp(place)
    else if (place.isReleased) this.unpark()
  }
}

/** What the coroutines in a lot really wait for. */
interface Owner {
  toString(): string
  /** Who has it, if that is known. */
  readonly $heldBy?: string
}

/** The owner of a lot that passes wake-ups on. */
export interface Keeper {
  /** Somebody gives up waiting. If it was let go on before (`place.isReleased`), the wake-up is to be passed on. */
  $gaveUp(place: Place): void
}

/** What somebody carries who waits in a lot. */
export interface Cargo {
  /** Where it waits. */
  place: Place | null
  /** It has got what it waits for, and is not to be told otherwise: a cancellation reaches it at its next wait. */
  readonly taken?: boolean
}

/** The rank of a place at which nobody has waited yet. */
const NEW = -1

/** The place of one coroutine in a lot. */
export class Place extends Future<void> implements Linked<Place> {
  $before: Place | null = null
  $after: Place | null = null

  /** @param rank who came earlier has a lower one. */
  constructor(public lot: ParkingLot, loop: Loop, readonly cargo: Cargo | null, public rank: number) { super({ loop }) }

  /** It is among the places of its lot. */
  get $isInLine(): boolean { return !this.$ended }

  /** It was let go on. */
  get isReleased(): boolean { return this.$ended && !this.$isCancelled }

  override cancel(message?: string): boolean {
    if (!super.cancel(message)) return false
    this.lot.$noteCancelled()
    return true
  }

  override $parkHere(fiber: Fiber): Wait {
    this.lot.$add(this)
    return super.$parkHere(fiber)
  }

  /** The turn of the one who waits has come. */
  override $answer(): typeof SEND | typeof RAISE {
    this.lot.$leave(this)
    if (this.$isCancelled) this.lot.$giveUp(this)
    return super.$answer()
  }

  /** It was let go on, and is cancelled in its turn. */
  override get $mustArrive(): boolean { return this.cargo?.taken === true }

  override $wasted(): void { this.lot.$giveUp(this) }

  /** Somebody throws into the one who waits. */
  override $unpark(fiber: Fiber): void {
    super.$unpark(fiber)
    this.lot.$leave(this)
    this.lot.$giveUp(this)
  }

  override toString(): string { return this.lot.toString() + (this.lot.$owner?.$heldBy ?? '') }
}
