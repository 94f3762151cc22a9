import { checkedOperation } from '../generator/awaited.ts'
import { checkBody, checkedRun } from '../generator/body.ts'
import { hooks } from '../generator/hooks.ts'
import { made, noteAwaited, tooMany } from '../generator/made.ts'
import type { Coroutine, Delegation, Passing, Trap } from '../generator/types.ts'
import { type Delegable, yieldFrom } from '../generator/yield-from.ts'
import { SEVERAL, notAManager } from './no-manager.ts'
import { keeping } from '../base/replaced.ts'

/**
 * What `use()` takes (Python's asynchronous context manager). `T` is the type of what the body gets, and `Exit` is the type of
 * what `exit()` returns. A manager that never swallows an error is a `ContextManager<T, void>`. With it, `use()` always gives
 * what its body returns.
 */
export interface ContextManager<T, Exit extends boolean | void = boolean | void> {
  /** Called before the body. @returns what the body gets. */
  enter(): Coroutine<T>
  /** Called after the body. @param error the error of the body, if it failed. @returns `true` to swallow the error. */
  exit(error?: unknown): Coroutine<Exit>
}

/** What `use()` may give instead of the result of its body: `undefined`, if the manager may swallow an error. */
export type Swallowed<Exit> = true extends Exit ? undefined : never

/**
 * Run a body inside of a manager: `yield* use(timeout(100), function* (t) {...})`. The manager's `exit()` is called in any case,
 * also after an error. It is Python's `async with`.
 * @param manager is entered before the body, and left after it.
 * @param body a generator function, or a function that returns a coroutine. It gets what the manager's `enter()` gives.
 * @returns what the body returns. It is `undefined` when the manager swallowed the error of the body. A lock or a `timeout()` never
 * does that, and their types say so. A cancel scope, a task group or an exit stack may do it, and so may any manager whose `exit()`
 * can return `true`.
 * @throws the error of the body, or what `exit()` throws instead. That has the error of the body as its last `cause`; if it can have
 * none, both are thrown in an ExceptionGroup. TypeError when it does not get a manager and a function.
 */
export function use<T, R, Exit extends boolean | void = boolean | void, Y extends Passing = Trap>(
  manager: ContextManager<T, Exit>, body: (value: T) => Delegable<Y, R>,
): Delegation<Y, R | Swallowed<Exit>>
export function use<T, R>(manager: ContextManager<T>, body: (value: T) => Delegable<Trap, R>): Coroutine<R | undefined> {
  if (arguments.length > 2) throw tooMany('use(…)', arguments.length - 2, moreThanTwo(body))
  if (hooks.made !== null) noteAwaited(Object(manager) as object) // now it is use() that somebody has to await
  return made($$use(manager, body), 'use(…)')
}

function* $$use<T, R>(manager: ContextManager<T>, body: (value: T) => Delegable<Trap, R>): Coroutine<R | undefined> {
  checkBody(body, 'use(manager, function* () {...})')
  const value = yield* checkedOperation(checkedManager(manager).enter(), manager, 'enter')
  let result: R
  try {
    result = (yield* yieldFrom(checkedRun(body(value), 'use(manager, function* () {...})')))
  } catch (error) {
    let swallowed: boolean | void
    try {
      swallowed = yield* checkedOperation(manager.exit(error), manager, 'exit')
    } catch (other) {
      throw keeping(error, other)
    }
    if (swallowed === true) return undefined
    throw error
  }
  yield* checkedOperation(manager.exit(), manager, 'exit')
  return result
}

function moreThanTwo(body: unknown): string {
  return typeof body === 'function' ? 'To give the body arguments, write use(manager, () => f(...))' : SEVERAL
}

/** Check that it is a manager, before anything is entered. @throws TypeError when it is not. */
export function checkedManager<T>(manager: ContextManager<T>): ContextManager<T> {
  const { enter, exit } = Object(manager) as Partial<ContextManager<T>>
  if (typeof enter === 'function' && typeof exit === 'function') return manager
  throw notAManager(manager)
}
