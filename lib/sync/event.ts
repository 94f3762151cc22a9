import { INSPECT } from '../base/inspect.ts'
import { made } from '../generator/made.ts'
import type { Coroutine } from '../generator/types.ts'
import { ParkingLot } from './parking-lot.ts'

/** What can be said of an event at one moment (anyio's). */
export interface EventStatistics {
  readonly tasksWaiting: number
}

/** A flag that coroutines can wait for (Python's `asyncio.Event`, rule 24). */
export class Event {
  private $flag = false
  /** @internal */
  readonly $lot = new ParkingLot(this)

  isSet(): boolean { return this.$flag }

  /** All that wait go on, even if it is cleared before their turn comes. */
  set(): void {
    if (this.$flag) return
    this.$flag = true
    this.$lot.unparkAll()
  }

  clear(): void { this.$flag = false }

  /** Wait until it is set; if it is, do not wait at all. */
  wait(): Coroutine<true> { return made(this.$wait(), 'event.wait()') }

  private *$wait(): Coroutine<true> {
    if (!this.$flag) yield* this.$lot.$place(null)
    return true
  }

  /** How many wait for it. */
  statistics(): EventStatistics { return { tasksWaiting: this.$lot.waiting } }

  /** @internal */
  $gaveUp(): void { /* all the others were woken too */ }

  /** @internal */
  [INSPECT](): string { return this.toString() }

  toString(): string { return `<Event [${this.$flag ? 'set' : 'unset'}, waiting:${this.$lot.waiting}]>` }
}
