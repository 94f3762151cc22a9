import { INSPECT } from '../base/inspect.ts'
import { made, refuseExcess } from '../generator/made.ts'
import type { Coroutine } from '../generator/types.ts'
import { ParkingLot } from './parking-lot.ts'

/** Figures about an event at one moment. The name is that of anyio. */
export interface EventStatistics {
  /** How many tasks wait for the event. */
  readonly tasksWaiting: number
}

/** A flag that coroutines can wait for. It is Python's `asyncio.Event` (rule 24). */
export class Event {
  private $flag = false
  /** Those that wait for the event. @internal */
  readonly $lot = new ParkingLot(this)

  constructor() { refuseExcess('new Event()', arguments.length, 'To begin with the flag set, call event.set()') }

  /** Is the flag set? */
  isSet(): boolean { return this.$flag }

  /** Set the flag. All waiters go on, even if `clear()` is called before their turn comes. */
  set(): void {
    if (this.$flag) return
    this.$flag = true
    this.$lot.unparkAll()
  }

  /** Clear the flag. */
  clear(): void { this.$flag = false }

  /** Wait until the flag is set. If it is set already, this does not wait. */
  wait(): Coroutine<true> { return made(this.$$wait(), 'event.wait()', arguments.length) }

  private *$$wait(): Coroutine<true> {
    if (!this.$flag) yield* this.$lot.$place(null)
    return true
  }

  /** How many wait for the event. */
  statistics(): EventStatistics { return { tasksWaiting: this.$lot.waiting } }

  /** @internal */
  $gaveUp(): void { /* all the others were woken too */ }

  /** @internal */
  [INSPECT](): string { return this.toString() }

  /** @returns whether it is set, and how many wait, in words. */
  toString(): string { return `<Event [${this.$flag ? 'set' : 'unset'}, waiting:${this.$lot.waiting}]>` }
}
