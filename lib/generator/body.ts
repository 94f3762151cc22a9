import { isAsyncFunction } from '../base/advice.ts'
import { describe } from '../base/describe.ts'
import { ArgumentError } from '../base/errors.ts'

/** @param call as it should be: `use(manager, function* () {...})`. @throws TypeError when the body is no function that can wait. */
export function checkBody(body: unknown, call: string): void {
  if (typeof body === 'function' && !isAsyncFunction(body)) return
  const what = isAsyncFunction(body) ? 'an async function' : describe(body)
  throw new ArgumentError(`${functionOf(call)} takes a function for its body, not ${what}. Write ${call}`, 'BODY_NOT_CALLABLE')
}

/** What the body of a block returned, which is to be run. @throws TypeError when that is nothing that can be. */
export function checkedRun<R>(result: R, call: string): R {
  if (typeof result === 'object' && result !== null && Symbol.iterator in result) return result
  throw new ArgumentError(`the body of ${functionOf(call)} returned ${describe(result)} instead of a coroutine. Write ${call}`,
    'BODY_NOT_A_GENERATOR')
}

function functionOf(call: string): string { return `${call.slice(0, call.indexOf('('))}()` }
