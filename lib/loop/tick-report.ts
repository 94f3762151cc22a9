import { describe } from '../base/describe.ts'
import { ArgumentError } from '../base/errors.ts'
import { checkOptions } from '../base/options.ts'

/** The options of `tick()`: the time, and how much it may do. */
export interface TickOptions {
  /** The time now, in milliseconds; by default the time of the host. */
  readonly now?: number
  /** How much may be spent, in units of `cost`. At least one callback runs. */
  readonly budget?: number
  /** Tells how much has been spent so far, on any scale. By default it is the time of the host, in milliseconds. */
  readonly cost?: () => number
  /** How many callbacks may run. */
  readonly maxCallbacks?: number
}

/** The options of `tick()`, checked and complete. */
export interface Limits {
  readonly now: number | null
  readonly budget: number
  readonly cost: () => number
  readonly maxCallbacks: number
}

const TICK = { call: 'loop.tick({ now: 16 })', names: ['now', 'budget', 'cost', 'maxCallbacks'] }

/** @returns the options with their defaults. @throws TypeError when one is not a number, or is negative. */
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
  /** How many callbacks and tasks are ready for the next tick. */
  readonly ready: number
  /** When the next timer is due, in milliseconds of `loop.time()`; `null` when there is none. */
  readonly nextTimerAt: number | null
  /** How many tasks wait for something, and are not ready. */
  readonly blocked: number
  /** True when the budget was spent before everything that was ready had run, or when more was spent than the budget. */
  readonly overBudget: boolean
}
