import { checkedFunction } from '../base/checked.ts'
import { ArgumentError } from '../base/errors.ts'
import { isGeneratorFunction, isNativeGenerator } from './native-generator.ts'

/** Callbacks, handlers and predicates are called, and what they return is not awaited. So a `function*` there would never run. */

/** Check a function that is called, and not awaited. @returns the function. @throws TypeError when it is none, or a `function*`. */
export function checkedPlain<F>(what: string, fn: F): F {
  refuseGeneratorFunction(what, fn)
  return checkedFunction(what, fn)
}

/** @throws TypeError for a `function*`, and for a coroutine. */
export function refuseGeneratorFunction(what: string, fn: unknown): void {
  if (typeof fn === 'function' ? !isGeneratorFunction(fn) : !isNativeGenerator(fn)) return
  throw new ArgumentError(`coroutines cannot be used with ${what}. Write a plain function, which may call createTask(f(...))`, 'COROUTINE_AS_CALLBACK')
}
