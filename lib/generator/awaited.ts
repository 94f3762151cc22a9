import { isThenable } from '../base/advice.ts'
import { describe } from '../base/describe.ts'
import { ArgumentError } from '../base/errors.ts'
import { isGeneratorHere } from './native-generator.ts'

/**
 * Check what a method of the program returned, before it is awaited: `yield*` itself would throw an error of the engine that names nothing.
 * @param owner the object that has the method.
 * @returns the same. @throws TypeError when it cannot be awaited.
 */
export function checkedOperation<T>(operation: T, owner: unknown, method: string): T {
  if (isGeneratorHere(operation)) return operation
  if (typeof operation === 'object' && operation !== null && Symbol.iterator in operation && !Array.isArray(operation)) return operation
  throw new ArgumentError(`${method}() of ${describe(owner)} returned ${isThenable(operation) ? 'a promise' : describe(operation)} instead of a coroutine. ` +
    `Write *${method}() {...}`, 'NOT_AWAITABLE')
}
