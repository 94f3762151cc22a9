import { isAsyncFunction, isClass } from '../base/advice.ts'
import { describe } from '../base/describe.ts'
import { ArgumentError, RuntimeError } from '../base/errors.ts'
import { INSPECT } from '../base/inspect.ts'
import { closeFrame } from './close.ts'
import { Frame } from './frame.ts'
import { hooks } from './hooks.ts'
import { rememberName } from './names.ts'
import { isNativeGenerator } from './native-generator.ts'
import { CLOSED, CREATED } from './stack.ts'
import type { Coroutine, Delegation } from './types.ts'

/** A coroutine object: a frame that is awaited once (Y16). */
class CoroutineFrame extends Frame {
  /** Somebody awaits it, or drives it. */
  private taken = false

  constructor(body: Generator<unknown, unknown, unknown>) {
    super(body)
    hooks.made?.(this)
  }

  override [Symbol.iterator](): this {
    this.take()
    return this
  }

  override take(): void {
    if (this.taken || this.state !== CREATED) {
      throw new RuntimeError(this.state === CLOSED ? 'cannot reuse already awaited coroutine' : 'coroutine is being awaited already',
        { code: 'COROUTINE_REUSED' })
    }
    this.taken = true
  }

  /** @internal */
  override [INSPECT](): string { return `<coroutine object ${this.name}>` }
}

/** @throws TypeError for what is no function, or cannot be one that returns a generator. */
export function checkGeneratorFunction(fn: unknown, taker: string): void {
  if (typeof fn === 'function' && !isAsyncFunction(fn) && !isClass(fn)) return
  const what = isAsyncFunction(fn) ? 'an async function' : isClass(fn) ? 'a class' : describe(fn)
  throw new ArgumentError(`${taker}() takes a generator function, not ${what}. Write ${taker}(function* () {...})`, 'NOT_A_GENERATOR_FUNCTION')
}

/**
 * Make a function whose coroutines are delegated to by a plain `yield* f(...)` with the meaning of `yieldFrom`:
 * PEP 380 to the letter, stack-safe at any depth, resumed in constant time. As with `async def`, calling it runs
 * nothing, and a coroutine object runs once (Y16).
 */
export function coroutine<This, A extends unknown[], Y, T>(
  fn: (this: This, ...args: A) => Generator<Y, T>,
): (this: This, ...args: A) => Delegation<Y, T> {
  checkGeneratorFunction(fn, 'coroutine')
  rememberName(fn)
  const make = function (this: This, ...args: A): Delegation<Y, T> {
    return new CoroutineFrame(checkedBody(fn.apply(this, args), fn)) as unknown as Delegation<Y, T>
  }
  return Object.defineProperty(make, 'name', { value: fn.name, configurable: true })
}

/** What the function returned. @throws TypeError when that is no generator, here and not at the first step. */
function checkedBody<G>(body: G, fn: unknown): G {
  if (isNativeGenerator(body)) return body
  throw new ArgumentError(`a generator is expected, not ${describe(body)}, which ${describe(fn)} returned. Write coroutine(function* () {...})`,
    'NOT_A_GENERATOR')
}

/** Has the body of this coroutine object never run? */
export function neverRan(coroutine: object): boolean { return coroutine instanceof CoroutineFrame && coroutine.state === CREATED }

/**
 * Is this a coroutine object: a generator, or what a function made by `coroutine()` returns (`inspect.iscoroutine`)? What a
 * generator will yield nobody can see beforehand: one that yields numbers is a coroutine, too, until a task runs it.
 */
export function isCoroutine(value: unknown): value is Coroutine<unknown> {
  return value instanceof CoroutineFrame || isNativeGenerator(value)
}

/** Close a coroutine object that is not wanted. */
export function discard(coroutine: unknown): void {
  if (coroutine instanceof Frame) closeFrame(coroutine)
  else if (isNativeGenerator(coroutine)) closeFrame(new Frame(coroutine))
}
