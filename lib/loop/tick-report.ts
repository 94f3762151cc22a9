/** How far `tick()` may go. */
export interface TickOptions {
  /** What time it is, in milliseconds; what the host says by default. */
  readonly now?: number
  /** How much may be spent, in units of `cost`. At least one callback runs. */
  readonly budget?: number
  /** What has been spent so far, on any scale; the host's time by default. */
  readonly cost?: () => number
  /** How many callbacks may run. */
  readonly maxCallbacks?: number
}

/** What a `tick()` did. */
export interface TickReport {
  /** How many callbacks and turns of tasks ran. */
  readonly ran: number
  /** How many are ready for the next tick. */
  readonly ready: number
  /** When the next timer is due, or `null`. */
  readonly nextTimerAt: number | null
  /** How many tasks wait for something else. */
  readonly blocked: number
  /** The budget was spent before everything that was ready had run, or is exceeded. */
  readonly overBudget: boolean
}
