import type { ReadyQueue } from '../loop/ready-queue.ts'
import type { Limits } from './tick-report.ts'

/** Counts what a tick has done, and knows how much it may do. */
export class Meter {
  /** How many callbacks and tasks have had a turn. */
  ran = 0
  /** How many of them had their turn before `trim()` cut the recording in this tick. */
  begunAt = 0
  /** How many turns of the loop there were. */
  turns = 0
  /** Is the budget spent? */
  isOver = false
  /** The task or handle that had the turn when the budget was spent. */
  overran: object | null = null
  private start = 0

  constructor(private readonly limits: Limits, private readonly cost: () => number) {}

  /** Is there no limit, except for the number of turns of the loop? */
  get isFree(): boolean { return this.limits.budget === Infinity && this.limits.maxCallbacks === Infinity }

  begin(): void { this.start = this.cost() }

  /** How many turns the recording counts: those after the last `trim()`. */
  get counted(): number { return this.ran - this.begunAt }

  /** Nothing more may run in this turn of the loop. */
  get isFull(): boolean { return this.isOver || this.ran >= this.limits.maxCallbacks }

  /** Nothing more may run in this tick. */
  get isSpent(): boolean { return this.isFull || this.turns >= this.limits.maxTurns }

  /** A task or a callback has had its turn. @param isMore true when others are ready. */
  count(isMore: boolean, ready: ReadyQueue): void {
    this.ran++
    if (this.limits.budget === Infinity) return
    const spent = this.cost() - this.start
    if (spent < this.limits.budget || (spent === this.limits.budget && !isMore)) return
    this.isOver = true
    this.overran = ready.taken
  }
}
