import { describe } from '../base/describe.ts'
import { ArgumentError } from '../base/errors.ts'
import { INSPECT } from '../base/inspect.ts'
import type { Coroutine } from '../generator/types.ts'
import { runsWhenAwaited } from '../task/ensure-future.ts'
import { type ContextManager, checkedManager } from './use.ts'

/** What is called at the end: with the error, if there is one; `true` swallows it. */
export type Exit = (error?: unknown) => Coroutine<boolean | void> | boolean | void

/**
 * Any number of managers, entered one by one and left in the opposite order (Python's `contextlib.AsyncExitStack`):
 * `yield* use(new ExitStack(), function* (stack) { const lock = yield* stack.enterContext(manager) })`.
 */
export class ExitStack implements ContextManager<ExitStack> {
  private $exits: Exit[] = []

  /**
   * Have the `exit` of a manager, which is not entered here, or a function called at the end.
   * @returns what it was given.
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

  /** Have `fn(...args)` called at the end; it is not told of errors. It may be a generator function. @returns the function. */
  callback<A extends unknown[], F extends (...args: A) => unknown>(fn: F, ...args: A): F {
    if (typeof fn !== 'function') {
      throw new ArgumentError(`callback() takes a function, not ${describe(fn)}`, 'CALLBACK_NOT_CALLABLE')
    }
    this.$exits.push(() => ignoring(fn(...args)))
    return fn
  }

  /** Enter a manager, which will be left with the stack. @returns what its `enter()` gives. */
  *enterContext<T>(manager: ContextManager<T>): Coroutine<T> {
    const value = yield* checkedManager(manager).enter()
    this.push(manager)
    return value
  }

  /** Move everything to a new stack, which is left instead of this one. */
  popAll(): ExitStack {
    const other = new ExitStack()
    other.$exits = this.$exits
    this.$exits = []
    return other
  }

  toString(): string { return `<ExitStack exits=${this.$exits.length}>` }

  /** @internal */
  [INSPECT](): string { return this.toString() }

  /** Leave everything now (`aclose`). */
  *close(): Coroutine<void> { yield* this.exit() }

  *enter(): Coroutine<ExitStack> { return this }

  /** The last first. Each is told of the error at its time, which it may swallow, or replace by its own. */
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
        failed = replaced = true
        error = other
      }
    }
    if (replaced) throw error
    return !failed
  }
}

/** @returns what a plain function returned, or what the coroutine of a generator function does, or a `sleep()`. */
function* result(value: unknown): Coroutine<unknown> {
  return runsWhenAwaited(value) ? yield* value as Coroutine<unknown> : value
}

function* ignoring(value: unknown): Coroutine<void> { yield* result(value) }
