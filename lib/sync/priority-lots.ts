import { ParkingLot, type Place } from './parking-lot.ts'

/** One parking lot for each priority. The least priority goes first. Most semaphores use one priority only. */
export class PriorityLots {
  /** The lots, the least priority first. */
  private readonly lots: { readonly priority: number; readonly lot: ParkingLot }[] = []

  /** @param owner what the coroutines really wait for. It also passes wake-ups on. */
  constructor(private readonly owner: { toString(): string; $gaveUp(place: Place): void }) {}

  /** How many wait, in all lots. */
  get waiting(): number {
    let waiting = 0
    for (const { lot } of this.lots) waiting += lot.waiting
    return waiting
  }

  /** Does somebody with this priority, or with one that goes first, wait, or was woken without having had its turn? */
  isBusyFor(priority: number): boolean {
    for (const each of this.lots) {
      if (each.priority > priority) return false
      if (each.lot.$isBusy) return true
    }
    return false
  }

  /** The place of the coroutine that is next. */
  get first(): Place | null {
    for (const { lot } of this.lots) {
      const first = lot.$first
      if (first !== null) return first
    }
    return null
  }

  /** The lot of a priority. It is made at the first call. */
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
