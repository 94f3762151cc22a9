import { isThenable } from '../base/advice.ts'
import { checkedFunction } from '../base/checked.ts'
import { describe } from '../base/describe.ts'
import { ArgumentError } from '../base/errors.ts'
import { INSPECT } from '../base/inspect.ts'
import { checkedOperation } from '../generator/awaited.ts'
import { isCoroutine } from '../generator/coroutine.ts'
import { made, madeManager, refuseExcess } from '../generator/made.ts'
import type { Coroutine } from '../generator/types.ts'
import { runsWhenAwaited } from '../task/ensure-future.ts'
import { keeping } from '../base/replaced.ts'
import { type ContextManager, checkedManager } from './use.ts'

/** A function that is called at the end, with the error if there is one. If it returns `true`, the error ends there. */
export type Exit = (error?: unknown) => Coroutine<boolean | void> | boolean | void

/**
 * Any number of managers, which are entered one by one and left in the opposite order (Python's `contextlib.AsyncExitStack`):
 * `yield* use(new ExitStack(), function* (stack) { const lock = yield* stack.enterContext(manager) })`.
 */
export class ExitStack implements ContextManager<ExitStack> {
  private $exits: Exit[] = []

  constructor() {
    refuseExcess('new ExitStack()', arguments.length, 'Enter managers by stack.enterContext(manager)')
    madeManager(this, 'new ExitStack()')
  }

  /**
   * Call something at the end: the `exit` of a manager, or a function. The manager is not entered here.
   * @returns what it was given.
   * @throws TypeError when it is neither a manager nor a function.
   */
  push<M extends ContextManager<unknown> | Exit>(managerOrExit: M): M {
    const given: ContextManager<unknown> | Exit = managerOrExit
    if (typeof given === 'function') {
      this.$exits.push(given)
    } else if (typeof (given as Partial<ContextManager<unknown>> | null)?.exit === 'function') {
      this.$exits.push((...error) => given.exit(...error))
    } else {
      throw new ArgumentError(`push() takes a context manager or a function, not ${describe(given)}`, 'NOT_A_MANAGER')
    }
    return managerOrExit
  }

  /**
   * Call `fn(...args)` at the end (Python's `callback()`). It does not get the error. It may be a generator function, and may wait.
   * @typeParam F the type of the function, which is returned as it is.
   * @returns the function.
   * @throws TypeError when it is not a function.
   */
  callback<A extends unknown[], F extends (...args: A) => unknown>(fn: F, ...args: A): F {
    if (isCoroutine(fn)) throw new ArgumentError('callback() takes a function, not a coroutine. Write callback(f), without calling it', 'CALLBACK_NOT_CALLABLE')
    checkedFunction('callback()', fn)
    this.$exits.push(() => ignoring(fn(...args)))
    return fn
  }

  /** Enter a manager, which is left when the stack is left. @returns what its `enter()` gives. @throws TypeError for anything else. */
  enterContext<T>(manager: ContextManager<T>): Coroutine<T> { return made(this.$$enterContext(manager), 'stack.enterContext(…)', arguments.length - 1) }

  private *$$enterContext<T>(manager: ContextManager<T>): Coroutine<T> {
    const value = yield* checkedOperation(checkedManager(manager).enter(), manager, 'enter')
    this.push(manager)
    return value
  }

  /** Move everything to a new stack, so that it is left with that one (Python's `pop_all`). @returns the new stack. */
  popAll(): ExitStack {
    const other = new ExitStack()
    other.$exits = this.$exits
    this.$exits = []
    return other
  }

  toString(): string { return `<ExitStack exits=${this.$exits.length}>` }

  /** @internal */
  [INSPECT](): string { return this.toString() }

  /** Leave everything now (Python's `aclose`). */
  close(): Coroutine<void> { return made(this.$$close(), 'stack.close()', arguments.length) }

  private *$$close(): Coroutine<void> { yield* this.exit() }

  *enter(): Coroutine<ExitStack> { return this }

  /**
   * Leave everything, the last one first. Each gets the error as it is then, and may swallow it or throw another. The other one
   * then has the first as its `cause`.
   */
  *exit(...failure: [error?: unknown]): Coroutine<boolean> {
    let [error] = failure
    let failed = failure.length > 0
    let replaced = false
    for (let exit = this.$exits.pop(); exit !== undefined; exit = this.$exits.pop()) {
      try {
        if ((yield* result(failed ? exit(error) : exit())) === true && failed) {
          failed = replaced = false
          error = undefined
        }
      } catch (other) {
        error = failed ? keeping(error, other) : other
        failed = replaced = true
      }
    }
    if (replaced) throw error
    return !failed
  }
}

/** Wait for a result that is a coroutine or an awaitable. @returns its value. Any other result is returned as it is. */
function* result(value: unknown): Coroutine<unknown> {
  if (runsWhenAwaited(value)) return yield* value as Coroutine<unknown>
  if (value !== undefined && isThenable(value)) throw promised()
  return value
}

function promised(): Error {
  return new ArgumentError('a function of an ExitStack returned a promise, for which it does not wait. Write function* instead of async function', 'NOT_AWAITABLE')
}

function* ignoring(value: unknown): Coroutine<void> { yield* result(value) }
