import type { ReadyQueue } from '../loop/ready-queue.ts'
import type { Limits } from './tick-report.ts'

/** How far a tick has come, and how far it may go. */
export class Meter {
  /** How many have had a turn. */
  ran = 0
  /** How many had one before the recording was cut in this tick. */
  begunAt = 0
  /** How many turns of the loop there were. */
  turns = 0
  /** The budget is spent. */
  isOver = false
  /** Who had the turn when it was. */
  overran: object | null = null
  private start = 0

  constructor(private readonly limits: Limits, private readonly cost: () => number) {}

  begin(): void { this.start = this.cost() }

  /** How many had a turn that counts. */
  get counted(): number { return this.ran - this.begunAt }

  /** Nobody else may run in this turn. */
  get isFull(): boolean { return this.isOver || this.ran >= this.limits.maxCallbacks }

  /** Nobody else may run. */
  get isSpent(): boolean { return this.isFull || this.turns >= this.limits.maxTurns }

  /** Somebody has had its turn. @param isMore others are ready. */
  count(isMore: boolean, ready: ReadyQueue): void {
    this.ran++
    if (this.limits.budget === Infinity) return
    const spent = this.cost() - this.start
    if (spent < this.limits.budget || (spent === this.limits.budget && !isMore)) return
    this.isOver = true
    this.overran = ready.taken
  }
}
