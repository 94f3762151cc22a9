import { isAsyncFunction } from '../base/advice.ts'
import { describe } from '../base/describe.ts'
import { ArgumentError } from '../base/errors.ts'
import { functionOf } from '../base/options.ts'
import { isGeneratorHere } from './native-generator.ts'

/**
 * Check the body of a block, such as `use()`.
 * @param call the call as it should be: `use(manager, function* () {...})`.
 * @throws TypeError when the body is not a function, or is an async function.
 */
export function checkBody(body: unknown, call: string): void {
  if (typeof body === 'function' && !isAsyncFunction(body)) return
  const what = isAsyncFunction(body) ? 'an async function' : describe(body)
  throw new ArgumentError(`${functionOf(call)} takes a function for its body, not ${what}. Write ${call}`, 'BODY_NOT_CALLABLE')
}

/** Check what the body of a block returned. @returns the same, to be run. @throws TypeError when it is not a coroutine. */
export function checkedRun<R>(result: R, call: string): R {
  if (isGeneratorHere(result)) return result
  if (typeof result === 'object' && result !== null && Symbol.iterator in result && !Array.isArray(result)) return result
  const write = Array.isArray(result) ? 'To wait for all of them, write () => gather([...])' : `Write ${call}`
  throw new ArgumentError(`the body of ${functionOf(call)} returned ${describe(result)} instead of a coroutine. ${write}`,
    'BODY_NOT_A_GENERATOR')
}
