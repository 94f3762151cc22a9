import { describe } from '../base/describe.ts'
import { checkedCount } from '../base/checked.ts'
import { ArgumentError, RuntimeError } from '../base/errors.ts'
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
 * A place where coroutines wait until somebody wakes them: first come, first served. All locks in this folder, and the queues, use
 * it. It is trio's `ParkingLot`.
 *
 * A coroutine that is woken has its turn later. If it is cancelled before that, it cannot use the wake-up. So the wake-up must go
 * to somebody else, and none is lost. The keeper of the lot knows to whom.
 */
export class ParkingLot {
  private readonly $places = new LinkedList<Place>()
  private $loop: Loop | null = null
  private $parked = 0
  /** The places of those that were woken and have not had their turn, by rank. */
  private readonly $leaving = new LinkedList<Place>()
  /** How many coroutines have come to wait so far. The next one gets this number as its rank. */
  private $made = 0
  /** The last place of a coroutine that came back to wait again. */
  private $cameBack: Place | null = null
  /** What the coroutines really wait for, for reports. @internal */
  $owner: Owner | null
  /** Passes wake-ups on. When it is `null`, the next in line gets them. */
  private readonly $keeper: Keeper | null

  /** @param owner what the coroutines really wait for, for reports. */
  constructor(owner: Owner | null = null) {
    this.$owner = owner
    if (typeof owner !== 'object') throw new ArgumentError(`ParkingLot() takes an object that its waiters wait for, not ${describe(owner)}`, 'NOT_AN_OBJECT')
    this.$keeper = owner !== null && '$gaveUp' in owner ? owner as Keeper : null
  }

  /** How many coroutines wait, and were not woken. */
  get waiting(): number { return this.$parked }

  /** Does somebody wait here, or was somebody woken who has not had its turn? @internal */
  get $isBusy(): boolean { return this.$parked > 0 || this.$leaving.size > 0 }

  /** The place of the coroutine that has waited longest, and was not cancelled. @internal */
  get $first(): Place | null {
    while (this.$places.first?.$ended === true) this.$places.remove(this.$places.first)
    return this.$places.first
  }

  /** Is the lot busy (`$isBusy`) with somebody who came before the coroutine at this place? @internal */
  $isBusyBefore({ rank }: Place): boolean {
    const [parked, leaving] = [this.$first, this.$leaving.first]
    return (parked !== null && parked.rank < rank) || (leaving !== null && leaving.rank < rank)
  }

  /** How many were woken and have not had their turn. @internal */
  get $leavingCount(): number { return this.$leaving.size }

  /** Is the first one cancelled, and has not had its turn? @internal */
  get $isBlocked(): boolean { return this.$places.first?.$isCancelled === true }

  /**
   * Wait here: `yield* lot.park()`.
   * @throws CancelledError when the task is cancelled; RuntimeError when coroutines of another loop have waited here.
   */
  park(): Coroutine<void> { return made(this.$$park(), 'lot.park()', arguments.length) }

  private *$$park(): Coroutine<void> { yield* this.$place(null) }

  /**
   * Make a place to wait at: `yield* lot.$place(cargo)`.
   * @param cargo what the waiter carries for the one who wakes it.
   * @param before the last place of the same coroutine, if it was woken and found nothing. It keeps its rank. @internal
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
    // Most of those that come back do so in the order of their ranks. So the search begins at the last one that came back.
    let other = this.$cameBack !== null && this.$cameBack.$isInLine && this.$cameBack.rank < place.rank ? this.$cameBack : null
    for (let next = other === null ? this.$places.first : other.$after; next !== null && next.rank < place.rank; next = next.$after) other = next
    this.$places.addAfter(other, place)
    this.$cameBack = place
  }

  /** Wake the first `count` coroutines. @returns how many were woken. @throws TypeError when `count` is not a whole number. */
  unpark(count = 1): number {
    checkedCount('unpark()', count)
    let released = 0
    while (released < count && this.$unparkFirst() !== null) released++
    return released
  }

  /** Wake the first coroutine. @returns its place, or `null` when nobody waits. @internal */
  $unparkFirst(): Place | null {
    for (let place = this.$places.first; place !== null; place = this.$places.first) {
      if (this.$unparkOne(place)) return place
    }
    return null
  }

  /** Wake the coroutine at this place. @returns false when it is cancelled, and has not had its turn. @internal */
  $unparkOne(place: Place): boolean {
    this.$places.remove(place)
    if (place.$ended) return false
    this.$parked--
    let other = this.$leaving.last
    while (other !== null && other.rank > place.rank) other = other.$before // this coroutine came back after the other one was woken
    this.$leaving.addAfter(other, place)
    place.setResult()
    return true
  }

  /** Wake all coroutines that wait. @returns how many there were. */
  unparkAll(): number { return this.unpark(this.$parked) }

  /** Move the first `count` coroutines to the end of another lot, where they wait on. @returns how many were moved. */
  repark(to: ParkingLot, count = 1): number {
    checkedCount('repark()', count)
    if (!((to as unknown) instanceof ParkingLot)) throw new ArgumentError(`repark() takes another ParkingLot, not ${describe(to)}`, 'NOT_A_LOT')
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

  /** Move all coroutines to another lot. @returns how many there were. */
  reparkAll(to: ParkingLot): number { return this.repark(to, this.$parked) }

  /** @internal */
  [INSPECT](): string { return this.toString() }

  /** @returns how many wait, in words. */
  toString(): string { return this.$owner?.toString() ?? `<ParkingLot [waiting:${this.$parked}]>` }

  /** The coroutine at one of the places was cancelled. @internal */
  $noteCancelled(): void { this.$parked-- }

  /** The lot belongs to the loop in which somebody first waits here. @throws RuntimeError when another loop runs. @internal */
  $bind(): Loop {
    const loop = getRunningLoop()
    this.$loop ??= loop
    if (this.$loop === loop) return loop
    throw this.$ofOther()
  }

  /**
   * Somebody is about to wait for what this task has. @throws RuntimeError when that is a task of another loop: it could not wake
   * anybody here. @internal
   */
  $refuseOther(holder: unknown): void {
    const { $loop: loop } = (holder ?? {}) as { readonly $loop?: Loop }
    if (loop !== undefined && loop !== getRunningLoop()) throw this.$ofOther()
  }

  private $ofOther(): Error {
    return new RuntimeError(`${this.toString()} is bound to a different event loop. Make one for each loop`, { code: 'OTHER_LOOP' })
  }

  /** The coroutine at this place goes on, or gives up. @internal */
  $leave(place: Place): void {
    if (place.isReleased) {
      this.$leaving.remove(place)
      return
    }
    if (!place.$isCancelled) this.$parked--
    this.$places.remove(place)
  }

  /** The coroutine at this place gives up, because it was cancelled, or somebody has thrown into it. @internal */
  $giveUp(place: Place): void {
    if (this.$keeper !== null) this.$keeper.$gaveUp(place)
    else if (place.isReleased) this.unpark()
  }
}

/** What the coroutines in a lot really wait for. */
interface Owner {
  toString(): string
  /** Who has it, in words, if that is known. */
  readonly $heldBy?: string
}

/** The owner of a lot, if it passes wake-ups on. */
export interface Keeper {
  /** Somebody gives up waiting. If it was woken before (`place.isReleased`), the wake-up must go to somebody else. */
  $gaveUp(place: Place): void
}

/** What a coroutine in a lot carries for the one who wakes it. */
export interface Cargo {
  /** The place where the coroutine waits. */
  place: Place | null
  /** The coroutine has got what it waits for, and must be told so. A cancellation reaches it at its next wait. */
  readonly taken?: boolean
}

/** The rank of a place at which nobody has waited yet. */
const NEW = -1

/** The place of one coroutine in a lot. */
export class Place extends Future<void> implements Linked<Place> {
  $before: Place | null = null
  $after: Place | null = null

  /** @param rank is lower for a coroutine that came earlier. */
  constructor(public lot: ParkingLot, loop: Loop, readonly cargo: Cargo | null, public rank: number) { super({ loop }) }

  /** Is this place in the line of its lot? */
  get $isInLine(): boolean { return !this.$ended }

  /** Was the coroutine woken? */
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

  /** The coroutine has its turn. */
  override $answer(): typeof SEND | typeof RAISE {
    this.lot.$leave(this)
    if (this.$isCancelled) this.lot.$giveUp(this)
    return super.$answer()
  }

  /** Must the coroutine be told that it was woken, although it is cancelled now? */
  override get $mustArrive(): boolean { return this.cargo?.taken === true }

  override $wasted(): void { this.lot.$giveUp(this) }

  /** Somebody throws into the coroutine. */
  override $unpark(fiber: Fiber): void {
    super.$unpark(fiber)
    this.lot.$leave(this)
    this.lot.$giveUp(this)
  }

  override toString(): string { return this.lot.toString() + (this.lot.$owner?.$heldBy ?? '') }
}
