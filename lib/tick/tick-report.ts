import { describe } from '../base/describe.ts'
import { ArgumentError } from '../base/errors.ts'
import { checkOptions } from '../base/options.ts'

/** What becomes of the errors that scripts end with, and that nobody has read. */
export type ErrorPolicy<Who extends object = object> = 'throw' | 'collect' | ((error: unknown, task: Who) => void)

/** How far `tick()` may go. */
export interface TickOptions<Who extends object = object> {
  /** What time it is, in milliseconds; what the host says by default. */
  readonly now?: number
  /** How much time has passed since the last tick, in milliseconds. Not together with `now`. */
  readonly dt?: number
  /** How much may be spent, in units of `cost`. At least one callback runs. */
  readonly budget?: number
  /** What has been spent so far, on any scale; the host's time by default. */
  readonly cost?: () => number
  /** How many callbacks may run. */
  readonly maxCallbacks?: number
  /**
   * What becomes of the errors that scripts ended with, and that nobody waits for. They are in the report in any case.
   * `'throw'` also throws them, when all the others have had their turn: one as it is, several as an `ExceptionGroup`. A
   * function is called with each. By default, those that nobody reads are reported once more when the loop is closed.
   */
  readonly errors?: ErrorPolicy<Who>
}

/** How far `frame()` may go. */
export interface FrameOptions<Who extends object = object> extends TickOptions<Who> {
  /** How many turns one frame may have, if what runs makes ever more ready; 10,000 by default. */
  readonly maxTurns?: number
}

/** The same, checked and complete. */
export interface Limits {
  readonly budget: number
  readonly cost: () => number
  readonly maxCallbacks: number
  readonly maxTurns: number
}

const MANY_TURNS = 10_000
const TICK = ['now', 'dt', 'budget', 'cost', 'maxCallbacks', 'errors']
const CALLS = {
  tick: { call: 'loop.tick({ now: 16 })', names: TICK },
  frame: { call: 'loop.frame({ dt: 16 })', names: [...TICK, 'maxTurns'] },
}

/** @throws TypeError when one is no number, or is negative. */
export function checkedLimits(method: string, options: FrameOptions, clock: () => number): Limits {
  checkOptions(options, CALLS[method === 'tick' ? 'tick' : 'frame'])
  const { now, dt, budget = Infinity, cost = clock, maxCallbacks = Infinity, maxTurns = MANY_TURNS, errors } = options
  if (now !== undefined) check(method, 'now', now)
  if (dt !== undefined) check(method, 'dt', dt)
  if (now !== undefined && dt !== undefined) throw new ArgumentError(`${method}() takes now or dt, not both`, 'TWO_TIMES')
  check(method, 'budget', budget)
  check(method, 'maxCallbacks', maxCallbacks)
  check(method, 'maxTurns', maxTurns)
  check(method, 'cost()', cost())
  if (errors !== undefined && errors !== 'throw' && errors !== 'collect' && typeof errors !== 'function') {
    throw new ArgumentError(`${method}() takes errors as 'throw', 'collect' or a function, not ${describe(errors)}`, 'NOT_A_POLICY')
  }
  return { budget, cost, maxCallbacks, maxTurns }
}

function check(method: string, name: string, value: unknown): void {
  if (typeof value === 'number' && value >= 0) return
  throw new ArgumentError(`${method}() takes ${name} as a number that is not negative, not ${describe(value)}`, 'NOT_A_LIMIT')
}

/** What a `tick()` or a `frame()` did. */
export interface TickReport<Who extends object = object, Item extends object = object> {
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
  /** Who had the turn when the budget was spent: a task, or the handle of a callback. `null` when it was not. */
  readonly overran: Item | null
  /** The errors that tasks ended with, and that nobody has read. */
  readonly errors: readonly unknown[]
  /** The tasks that ended with them. */
  readonly failed: readonly Who[]
}
