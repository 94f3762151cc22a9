import { describe } from '../../base/describe.ts'
import { ArgumentError } from '../../base/errors.ts'
import { checkOptions } from '../../base/options.ts'
import { keeping } from '../../base/replaced.ts'
import { Clock } from '../../clock/clock.ts'
import { refuseGeneratorFunction } from '../../generator/plain-function.ts'
import { refuseCoroutine } from '../../generator/unrun.ts'
import { notACoroutine } from '../task-coroutine.ts'

const SPAWN = { call: "owner.spawn(patrol(), { name: 'tea' })", names: ['name', 'context', 'eagerStart'] }

/** Check what `owner.spawn()` gets. @throws TypeError when the coroutine is a function that was not called, or an option is wrong. */
export function checkSpawn(coroutine: unknown, options: unknown): void {
  if (typeof coroutine === 'function') throw notACoroutine(coroutine, 'owner.spawn(…)')
  checkOptions(options, SPAWN)
}

/** @throws TypeError when the clock of an owner is no clock. */
export function checkClock(clock: unknown): void {
  if (clock === undefined || clock instanceof Clock) return
  throw new ArgumentError(`the clock of an owner is a Clock, not ${describe(clock)}. Write loop.clock.child({ scale: 0.5 })`, 'NOT_A_CLOCK')
}

/** @throws TypeError when the `onError` of an owner is not a plain function. */
export function checkHandler(onError: unknown): void {
  refuseGeneratorFunction('onError', onError)
  if (onError === undefined || typeof onError === 'function') return
  throw new ArgumentError(`onError is a function of the error and the task, not ${describe(onError)}`, 'HANDLER_NOT_CALLABLE')
}

/** Tell a handler of an error. @throws what the handler throws; the first error is the last `cause` of that. */
export function tellHandler<T>(onError: (error: unknown, task: T) => unknown, error: unknown, task: T): void {
  try {
    refuseCoroutine(onError(error, task), 'onError()')
  } catch (other) {
    throw keeping(error, other)
  }
}
