import { isClass } from '../base/advice.ts'
import { describe } from '../base/describe.ts'
import { ArgumentError } from '../base/errors.ts'
import { checkBody, checkedRun } from '../generator/body.ts'
import type { Awaitable, Coroutine } from '../generator/types.ts'
import { yieldFrom } from '../generator/yield-from.ts'

/** What `use()` takes: Python's asynchronous context manager. */
export interface ContextManager<T> {
  /** @returns what the body is given. */
  enter(): Coroutine<T>
  /** @param error what the body failed with, if it did. @returns `true` to swallow it. */
  exit(error?: unknown): Coroutine<boolean | void>
}

/**
 * Python's `async with`: `yield* use(timeout(100), function* (t) {...})`. The manager's `exit` runs however the body
 * ends.
 * @returns what the body returns; when the manager swallowed its error, nothing, whatever the type says.
 */
export function* use<T, R>(manager: ContextManager<T>, body: (value: T) => Awaitable<R>): Coroutine<R> {
  checkBody(body, 'use(manager, function* () {...})')
  const value = yield* checkedManager(manager).enter()
  let result: R
  try {
    result = (yield* yieldFrom(checkedRun(body(value), 'use(manager, function* () {...})')))
  } catch (error) {
    if ((yield* manager.exit(error)) === true) return undefined as R
    throw error
  }
  yield* manager.exit()
  return result
}

/** @throws TypeError when it is none: before anything is entered. */
export function checkedManager<T>(manager: ContextManager<T>): ContextManager<T> {
  const { enter, exit } = Object(manager) as Partial<ContextManager<T>>
  if (typeof enter === 'function' && typeof exit === 'function') return manager
  const { name } = Object(manager) as { readonly name?: string }
  const what = isClass(manager) ? `the class ${name} has not. Write new ${name}(...)` : `${describe(manager)} has not`
  throw new ArgumentError(`a context manager has the methods enter() and exit(), which ${what}`, 'NOT_A_MANAGER')
}
