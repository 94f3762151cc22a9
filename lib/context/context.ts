import { checkedFunction } from '../base/checked.ts'
import { RuntimeError } from '../base/errors.ts'
import { INSPECT } from '../base/inspect.ts'

/** Something that code can run in, such as a greenlet. Each has its own context (G28), which is `null` while it is empty. */
export interface ContextHolder {
  $context: Context | null
}

/** The part of a loop's queue that this file needs: it gives turns to tasks and callbacks. */
export interface Turns {
  /** Who has the turn. */
  readonly taken: { readonly $fiber: ContextHolder } | null
}

/**
 * The registers that say which fiber runs. The trampoline writes them, context variables read them. Until the first
 * greenlet is made `fiber` is a bare holder, which stands for the main greenlet. It is `null` while the turn of a task
 * has not left the fiber in which it began: for V8 it is a quarter of a turn to note a young object in an old one.
 */
export const current = { fiber: { $context: null } as ContextHolder | null, turns: null as Turns | null }

/** @returns the fiber that runs now. */
export function currentFiber(): ContextHolder {
  return current.fiber ?? (current.turns?.taken as { readonly $fiber: ContextHolder }).$fiber
}

/** The part of `ContextVar<T>` that this file needs: it is the key in a context. */
export interface Variable<T> {
  readonly name: string
  get(...fallback: [] | [T]): T
}

type Values = ReadonlyMap<Variable<unknown>, unknown>

const NO_VALUES: Values = new Map()

/**
 * A mapping from context variables to their values (Python's `contextvars.Context`). It is read-only from outside: code that
 * runs in the context sets a value by `ContextVar.set()`. A copy costs nothing until a variable is set in one of the two.
 */
export class Context {
  /** @internal */
  $values: Values = NO_VALUES
  /** Another context or an iterator has the same map of values, so the map must not change. */
  private $shared = true
  private $entered = false

  /**
   * Call `callback(...args)` in this context and return what it returns.
   * @throws RuntimeError when this context is already entered.
   */
  run<A extends unknown[], R>(callback: (...args: A) => R, ...args: A): R {
    checkedFunction('context.run()', callback)
    if (this.$entered) {
      throw new RuntimeError('cannot enter context: it is already entered. Run a copy: context.copy().run(...)',
        { code: 'CONTEXT_ENTERED' })
    }
    const holder = currentFiber()
    const outer = holder.$context
    holder.$context = this
    this.$entered = true
    try {
      return callback(...args)
    } finally {
      this.$entered = false
      currentFiber().$context = outer
    }
  }

  /** @returns a new context with the same values (Python's `Context.copy()`). */
  copy(): Context {
    const copy = new Context()
    copy.$values = this.$share()
    return copy
  }

  /** @returns the value of `variable` here, or `fallback`. Unlike `ContextVar.get()`, it ignores the variable's own default. */
  get<T, F = undefined>(variable: Variable<T>, fallback?: F): T | F {
    return this.$values.has(variable) ? this.$values.get(variable) as T : fallback as F
  }

  /** @returns whether the variable has a value in this context (Python's `variable in context`). */
  has(variable: Variable<unknown>): boolean { return this.$values.has(variable) }

  /** Has no variable been set in it? @internal */
  get $isEmpty(): boolean { return this.$values === NO_VALUES }

  /** How many variables have a value in this context (Python's `len(context)`). */
  get size(): number { return this.$values.size }

  /** @returns the variables that have a value in this context (Python's `keys()`). */
  keys(): IterableIterator<Variable<unknown>> { return this.$share().keys() }

  /** @returns the variables with their values in this context (Python's `items()`). */
  entries(): IterableIterator<[Variable<unknown>, unknown]> { return this.$share().entries() }

  /** Iterating over a context gives its variables, as in Python. */
  [Symbol.iterator](): IterableIterator<Variable<unknown>> { return this.keys() }

  /** @returns how many variables have a value, in words. */
  toString(): string { return `<Context size=${this.size}>` }

  /** @internal */
  [INSPECT](): string { return this.toString() }

  /** Give `variable` a value, or remove the one that it has. @internal */
  $assign(variable: Variable<unknown>, value: unknown, present: boolean): void {
    const values = this.$shared ? new Map(this.$values) : this.$values as Map<Variable<unknown>, unknown>
    if (present) values.set(variable, value)
    else values.delete(variable)
    this.$values = values
    this.$shared = false
  }

  private $share(): Values {
    this.$shared = true
    return this.$values
  }
}

/** The context for a callback that is called later: a copy of the current context, or `null` when that is empty. */
export function captureContext(): Context | null {
  const context = currentFiber().$context
  return context === null || context.$isEmpty ? null : context.copy()
}
