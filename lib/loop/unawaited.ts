import { neverRan } from '../generator/coroutine.ts'

/** When there are more coroutines than this, it is worth while to look which of them have run. */
const MANY = 10_000

/** The coroutine objects that were made in debug mode, and may not have run. */
export class Unawaited {
  private made: object[] = []
  private limit = MANY

  note(coroutine: object): void {
    if (this.made.length >= this.limit) {
      this.made = this.made.filter(neverRan)
      this.limit = Math.max(MANY, 2 * this.made.length)
    }
    this.made.push(coroutine)
  }

  /** @returns the coroutines that have not run. They are forgotten here. */
  take(): object[] {
    const never = this.made.filter(neverRan)
    this.made = []
    this.limit = MANY
    return never
  }
}
