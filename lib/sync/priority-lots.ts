import { ParkingLot, type Place } from './parking-lot.ts'

/** A parking lot for each priority in which somebody waits or has waited: the least goes first. As a rule there is one. */
export class PriorityLots {
  /** The least first. */
  private readonly lots: { readonly priority: number; readonly lot: ParkingLot }[] = []

  /** @param owner what the coroutines really wait for, and who passes wake-ups on. */
  constructor(private readonly owner: { toString(): string; $gaveUp(place: Place): void }) {}

  /** How many wait, in all of them. */
  get waiting(): number {
    let waiting = 0
    for (const { lot } of this.lots) waiting += lot.waiting
    return waiting
  }

  /** Somebody with this priority, or one that goes before it, waits, or was let go on and its turn has not come. */
  isBusyFor(priority: number): boolean {
    for (const each of this.lots) {
      if (each.priority > priority) return false
      if (each.lot.$isBusy) return true
    }
    return false
  }

  /** The place of the one who is next. */
  get first(): Place | null {
    for (const { lot } of this.lots) {
      const first = lot.$first
      if (first !== null) return first
    }
    return null
  }

  /** Where those wait who have this priority. */
  of(priority: number): ParkingLot {
    let i = 0
    for (; i < this.lots.length; i++) {
      const each = this.lots[i] as { readonly priority: number; readonly lot: ParkingLot }
      if (each.priority === priority) return each.lot
      if (each.priority > priority) break
    }
    const lot = new ParkingLot(this.owner)
    this.lots.splice(i, 0, { priority, lot })
    return lot
  }
}
