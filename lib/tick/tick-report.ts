import { checkedFunction } from '../base/checked.ts'
import { describe } from '../base/describe.ts'
import { ArgumentError } from '../base/errors.ts'
import { checkOptions } from '../base/options.ts'
import { refuseGeneratorFunction } from '../generator/plain-function.ts'

/** What happens to the errors of tasks that nobody reads. */
export type ErrorPolicy<Who extends object = object> = 'throw' | 'collect' | ((error: unknown, task: Who) => void)

/** The options of `tick()`. */
export interface TickOptions<Who extends object = object> {
  /** The time in milliseconds. The default is the time of the host. */
  readonly now?: number
  /** The time since the last tick, in milliseconds. It cannot be given together with `now`. */
  readonly dt?: number
  /** How much the tick may spend, in units of `cost`. At least one callback runs. */
  readonly budget?: number
  /** How much was spent so far, on any scale. The default is the time of the host, in milliseconds. */
  readonly cost?: () => number
  /** How many callbacks and turns of tasks may run. What is left runs first in the next tick. */
  readonly maxCallbacks?: number
  /**
   * What happens to the errors of tasks that nobody waits for. They are in the report in any case. `'throw'` also throws them, when
   * the others have had their turn: one error as it is, several as an `ExceptionGroup`. A function is called with each error and
   * its task. `'collect'` does nothing more. By default, those that nobody reads are reported once more when the loop is closed.
   */
  readonly errors?: ErrorPolicy<Who>
}

/** The options of `frame()`. */
export interface FrameOptions<Who extends object = object> extends TickOptions<Who> {
  /** How many turns of the loop one frame may have, 10,000 by default. It is a limit for scripts that always make more ready. */
  readonly maxTurns?: number
}

/** The limits of a tick, checked and complete. */
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

/** @throws TypeError when an option does not exist, is not a number, or is negative. */
export function checkedLimits(method: string, options: FrameOptions, clock: () => number): Limits {
  checkOptions(options, CALLS[method === 'tick' ? 'tick' : 'frame'])
  const { now, dt, budget = Infinity, cost = clock, maxCallbacks = Infinity, maxTurns = MANY_TURNS, errors } = options
  if (now !== undefined) checkTime(method, 'now', now)
  if (dt !== undefined) checkTime(method, 'dt', dt)
  if (now !== undefined && dt !== undefined) throw new ArgumentError(`${method}() takes now or dt, not both`, 'TWO_TIMES')
  check(method, 'budget', budget)
  check(method, 'maxCallbacks', maxCallbacks)
  check(method, 'maxTurns', maxTurns)
  check(method, 'cost()', checkedFunction(`${method}({ cost })`, cost)())
  refuseGeneratorFunction(`${method}({ errors })`, errors)
  if (errors !== undefined && errors !== 'throw' && errors !== 'collect' && typeof errors !== 'function') {
    throw new ArgumentError(`${method}() takes errors as 'throw', 'collect' or a function, not ${describe(errors)}`, 'NOT_A_POLICY')
  }
  return { budget, cost, maxCallbacks, maxTurns }
}

function check(method: string, name: string, value: unknown): void {
  if (typeof value === 'number' && value >= 0) return
  throw new ArgumentError(`${method}() takes ${name} as a number that is not negative, not ${describe(value)}`, 'NOT_A_LIMIT')
}

function checkTime(method: string, name: string, value: unknown): void {
  check(method, name, value)
  if (value !== Infinity) return
  throw new ArgumentError(`${method}() takes ${name} as a time that can be reached, not Infinity. To reach the next timer, write ` +
    `${method}({ now: loop.nextWakeUp })`, 'NOT_A_LIMIT')
}

/** What a `tick()` or a `frame()` did. */
export interface TickReport<Who extends object = object, Item extends object = object> {
  /** How many callbacks and turns of tasks ran. */
  readonly ran: number
  /** How many are ready for the next tick. */
  readonly ready: number
  /** When the next timer is due, in milliseconds of `loop.time()`; `null` when there is none. */
  readonly nextTimerAt: number | null
  /** How many tasks wait for something other than their turn. */
  readonly blocked: number
  /** Is the budget spent before everything that was ready had run, or is it exceeded? */
  readonly overBudget: boolean
  /** What had the turn when the budget was spent: a task, or the handle of a callback. It is `null` when the budget was not spent. */
  readonly overran: Item | null
  /** The errors of tasks that nobody has read. */
  readonly errors: readonly unknown[]
  /** The tasks that ended with these errors, in the same order. */
  readonly failed: readonly Who[]
}
