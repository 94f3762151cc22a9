import { describe } from '../base/describe.ts'
import { checkedName } from '../base/checked.ts'
import { ArgumentError, LookupError, RuntimeError, ValueError } from '../base/errors.ts'
import { INSPECT } from '../base/inspect.ts'
import { checkOptions } from '../base/options.ts'
import { Context, type Variable, currentFiber } from './context.ts'

/** @returns the context that the code runs in. It is made when it is first needed. */
function currentContext(): Context {
  return currentFiber().$context ??= new Context()
}

/** @returns a copy of the current context (Python's `copy_context()`). This takes constant time. */
export function copyContext(): Context {
  return currentContext().copy()
}

/** What `ContextVar.set()` returns (Python's `contextvars.Token`). It can be given to `reset()` once. */
export class Token<T> {
  /** This is the `oldValue` of a variable that had no value. */
  static readonly MISSING: unique symbol = Symbol('Token.MISSING')

  private $used = false

  /** @internal */
  constructor(
    /** The variable that was set (Python's `var`). */
    readonly variable: ContextVar<T>,
    /** The value that it had before; `Token.MISSING` when it had none (Python's `old_value`). */
    readonly oldValue: T | typeof Token.MISSING,
    private readonly $context: Context,
  ) {}

  /** @returns the variable, and whether the token was used, in words. */
  toString(): string { return `<Token ${this.$used ? 'used ' : ''}var=${this.variable.toString()}>` }

  /** @internal */
  [INSPECT](): string { return this.toString() }

  /** Mark the token as used. @internal */
  $spend(variable: ContextVar<T>): void {
    if (this.$used) throw new RuntimeError('this Token has already been used once', { code: 'TOKEN_USED' })
    if (this.variable !== variable) {
      throw new ValueError(`this Token was created by ${this.variable.toString()}, not by ${variable.toString()}`,
        { code: 'TOKEN_OF_OTHER_VARIABLE' })
    }
    if (this.$context !== currentFiber().$context) {
      throw new ValueError('this Token was created in a different Context', { code: 'TOKEN_OF_OTHER_CONTEXT' })
    }
    this.$used = true
  }
}

const CONTEXT_VAR = { call: "new ContextVar('user', { default: null })", names: ['default'] }

/**
 * A variable whose value belongs to the current context (Python's `contextvars.ContextVar`): each greenlet and each
 * task sees its own.
 */
export class ContextVar<T> implements Variable<T> {
  private readonly $fallback: { readonly value: T } | null

  /**
   * @param name the name that it prints.
   * @param options.default what `get()` returns where no value is set.
   * @throws TypeError for an option that does not exist.
   */
  constructor(readonly name: string, options: { readonly default?: T } = {}) {
    checkedName('new ContextVar()', name)
    checkOptions(options, CONTEXT_VAR)
    this.$fallback = 'default' in options ? { value: options.default } : null
  }

  /**
   * @returns the value in the current context. If there is none, it is `fallback`, and without a `fallback` the default.
   * @throws LookupError when there is none of these.
   */
  get(...fallback: [] | [T]): T {
    const context = currentFiber().$context
    if (context?.$values.has(this) === true) return context.$values.get(this) as T
    if (fallback.length > 0) return fallback[0] as T
    if (this.$fallback !== null) return this.$fallback.value
    throw new LookupError(`${this.toString()} has no value in this context and no default`, { code: 'NO_VALUE' })
  }

  /** Set the value in the current context. @returns a token, with which `reset(token)` puts the old value back. */
  set(value: T): Token<T> {
    const context = currentContext()
    const oldValue = context.$values.has(this) ? context.$values.get(this) as T : Token.MISSING
    context.$assign(this, value, true)
    return new Token(this, oldValue, context)
  }

  /**
   * Put back the value that the variable had before the `set()` that returned `token`.
   * @throws RuntimeError when the token was used already; ValueError when it belongs to another variable or another context.
   */
  reset(token: Token<T>): void {
    if (!(token instanceof Token)) throw new ArgumentError(`reset() takes what set() returned, not ${describe(token)}`, 'NOT_A_TOKEN')
    token.$spend(this)
    currentContext().$assign(this, token.oldValue, token.oldValue !== Token.MISSING)
  }

  /** @internal */
  [INSPECT](): string { return this.toString() }

  toString(): string { return `ContextVar('${this.name}')` }
}
