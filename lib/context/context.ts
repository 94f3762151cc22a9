import { RuntimeError } from '../base/errors.ts'
import { INSPECT } from '../base/inspect.ts'

/** What control can be in, a greenlet for one. Each has its own context (G28), `null` as long as it is empty. */
export interface ContextHolder {
  $context: Context | null
}

/** The turns that a loop gives, seen from below. */
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

/** The fiber that runs. */
export function currentFiber(): ContextHolder {
  return current.fiber ?? (current.turns?.taken as { readonly $fiber: ContextHolder }).$fiber
}

/** What a context maps from: `ContextVar<T>`, seen from below. */
export interface Variable<T> {
  readonly name: string
  get(...fallback: [] | [T]): T
}

type Values = ReadonlyMap<Variable<unknown>, unknown>

const NO_VALUES: Values = new Map()

/**
 * A mapping from context variables to their values (Python's `contextvars.Context`), read-only from outside: values
 * are set through `ContextVar.set()` by code that runs in the context. A copy costs nothing until one of the two is
 * written to.
 */
export class Context {
  /** @internal */
  $values: Values = NO_VALUES
  /** Somebody else has the same map of values, so that it must not change. */
  private $shared = true
  private $entered = false

  /**
   * Call `callback(...args)` in this context and return what it returns.
   * @throws RuntimeError when this context is already entered.
   */
  run<A extends unknown[], R>(callback: (...args: A) => R, ...args: A): R {
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

  /** A new context with the same values (`copy_context()` for any context). */
  copy(): Context {
    const copy = new Context()
    copy.$values = this.$share()
    return copy
  }

  /** The value of `variable` here, else `fallback`. Unlike `ContextVar.get()`, the variable's own default is ignored. */
  get<T, F = undefined>(variable: Variable<T>, fallback?: F): T | F {
    return this.$values.has(variable) ? this.$values.get(variable) as T : fallback as F
  }

  has(variable: Variable<unknown>): boolean { return this.$values.has(variable) }

  /** No variable has been set in it. @internal */
  get $isEmpty(): boolean { return this.$values === NO_VALUES }

  get size(): number { return this.$values.size }

  keys(): IterableIterator<Variable<unknown>> { return this.$share().keys() }

  entries(): IterableIterator<[Variable<unknown>, unknown]> { return this.$share().entries() }

  /** Iterating a context gives its variables, as in Python. */
  [Symbol.iterator](): IterableIterator<Variable<unknown>> { return this.keys() }

  toString(): string { return `<Context size=${this.size}>` }

  /** @internal */
  [INSPECT](): string { return this.toString() }

  /** Give `variable` a value, or take it away. @internal */
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

/** The context for what is called later: a copy of the current one, `null` as long as that is empty. */
export function captureContext(): Context | null {
  const context = currentFiber().$context
  return context === null || context.$isEmpty ? null : context.copy()
}
