import { isClass } from '../base/advice.ts'
import { describe } from '../base/describe.ts'
import { ArgumentError } from '../base/errors.ts'
import { checkBody, checkedRun } from '../generator/body.ts'
import type { Coroutine, Delegation, Passing, Trap } from '../generator/types.ts'
import { type Delegable, yieldFrom } from '../generator/yield-from.ts'

/**
 * What `use()` takes: Python's asynchronous context manager. `T` is what the body is given, and `Exit` what `exit()` gives:
 * one that swallows no error is a `ContextManager<T, void>`, and with it `use()` gives what its body returns.
 */
export interface ContextManager<T, Exit extends boolean | void = boolean | void> {
  /** @returns what the body is given. */
  enter(): Coroutine<T>
  /** @param error what the body failed with, if it did. @returns `true` to swallow it. */
  exit(error?: unknown): Coroutine<Exit>
}

/** What `use()` gives in the place of the result of its body: `undefined`, if the manager may swallow an error. */
export type Swallowed<Exit> = true extends Exit ? undefined : never

/**
 * Python's `async with`: `yield* use(timeout(100), function* (t) {...})`. The manager's `exit` runs however the body
 * ends.
 * @returns what the body returns; `undefined` when the manager swallowed its error. By its type a lock or a `timeout()` never
 * does; a cancel scope, a task group, an exit stack and whatever may say `true` in `exit()` does.
 * @throws what the body throws, or what `exit()` makes of it; TypeError when it is given no manager or no function.
 */
export function use<T, R, Exit extends boolean | void = boolean | void, Y extends Passing = Trap>(
  manager: ContextManager<T, Exit>, body: (value: T) => Delegable<Y, R>,
): Delegation<Y, R | Swallowed<Exit>>
export function* use<T, R>(manager: ContextManager<T>, body: (value: T) => Delegable<Trap, R>): Coroutine<R | undefined> {
  checkBody(body, 'use(manager, function* () {...})')
  const value = yield* checkedManager(manager).enter()
  let result: R
  try {
    result = (yield* yieldFrom(checkedRun(body(value), 'use(manager, function* () {...})')))
  } catch (error) {
    if ((yield* manager.exit(error)) === true) return undefined
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
