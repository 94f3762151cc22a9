import { describe } from '../base/describe.ts'
import { ArgumentError } from '../base/errors.ts'
import { checkOptions } from '../base/options.ts'

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

/** The same, checked and complete. */
export interface Limits {
  readonly now: number | null
  readonly budget: number
  readonly cost: () => number
  readonly maxCallbacks: number
}

const TICK = { call: 'loop.tick({ now: 16 })', names: ['now', 'budget', 'cost', 'maxCallbacks'] }

/** @throws TypeError when one is no number, or is negative. */
export function checkedLimits(options: TickOptions, clock: () => number): Limits {
  checkOptions(options, TICK)
  const { now = null, budget = Infinity, cost = clock, maxCallbacks = Infinity } = options
  if (now !== null) check('now', now)
  check('budget', budget)
  check('maxCallbacks', maxCallbacks)
  check('cost()', cost())
  return { now, budget, cost, maxCallbacks }
}

function check(name: string, value: unknown): void {
  if (typeof value === 'number' && value >= 0) return
  throw new ArgumentError(`tick() takes ${name} as a number that is not negative, not ${describe(value)}`, 'NOT_A_LIMIT')
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
