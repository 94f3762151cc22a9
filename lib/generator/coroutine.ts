import { isAsyncFunction, isClass } from '../base/advice.ts'
import { describe } from '../base/describe.ts'
import { ArgumentError } from '../base/errors.ts'
import { INSPECT } from '../base/inspect.ts'
import { alreadyAwaited, beingAwaited } from '../base/reused.ts'
import { closeFrame } from './close.ts'
import { Frame } from './frame.ts'
import { hooks } from './hooks.ts'
import { rememberName } from './names.ts'
import { isNativeGenerator } from './native-generator.ts'
import { CLOSED, CREATED } from './stack.ts'
import type { Coroutine, Delegation } from './types.ts'

/** A coroutine object. It is a frame that can be awaited once (Y16). */
class CoroutineFrame extends Frame {
  /** Somebody awaits it, or drives it. */
  private taken = false

  constructor(body: Generator<unknown, unknown, unknown>) {
    super(body)
    hooks.made?.(this, null)
  }

  override [Symbol.iterator](): this {
    this.take()
    return this
  }

  override take(): void {
    if (this.taken || this.state !== CREATED) throw this.state === CLOSED ? alreadyAwaited() : beingAwaited()
    this.taken = true
  }

  /** @internal */
  override [INSPECT](): string { return `<coroutine object ${this.name}>` }
}

/** @throws TypeError when `fn` is not a function, or is an async function or a class, which never return a generator. */
export function checkGeneratorFunction(fn: unknown, taker: string): void {
  if (typeof fn === 'function' && !isAsyncFunction(fn) && !isClass(fn)) return
  const what = isAsyncFunction(fn) ? 'an async function' : isClass(fn) ? 'a class' : describe(fn)
  throw new ArgumentError(`${taker}() takes a generator function, not ${what}. Write ${taker}(function* () {...})`, 'NOT_A_GENERATOR_FUNCTION')
}

/**
 * Make a function whose coroutines need no `yieldFrom()`: a plain `yield* f(...)` means `yield* yieldFrom(f(...))`. It follows
 * PEP 380 to the letter, it cannot overflow the stack at any depth, and a resume takes constant time. It is Python's
 * `async def`: calling the function runs nothing, and a coroutine object runs once (Y16).
 * @param fn a generator function.
 * @returns a function that takes the same arguments and returns a coroutine object.
 * @throws TypeError when `fn` cannot be a generator function. The function that is returned throws it when `fn` did not
 * return a generator.
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

/** Check what the function returned, at once and not at the first step. @throws TypeError when it is not a generator. */
function checkedBody<G>(body: G, fn: unknown): G {
  if (isNativeGenerator(body)) return body
  throw new ArgumentError(`a generator is expected, not ${describe(body)}, which ${describe(fn)} returned. Write coroutine(function* () {...})`,
    'NOT_A_GENERATOR')
}

/** Has the body of this coroutine object never run? */
export function neverRan(coroutine: object): boolean { return coroutine instanceof CoroutineFrame && coroutine.state === CREATED }

/**
 * Is this a coroutine object (Python's `inspect.iscoroutine`)? That is a generator, or what a function made by `coroutine()`
 * returns. Nobody can know beforehand what a generator will yield. So a generator that yields numbers counts, too.
 */
export function isCoroutine(value: unknown): value is Coroutine<unknown> {
  return value instanceof CoroutineFrame || isNativeGenerator(value)
}

/** Close a coroutine object that nobody wants. Other values are left alone. */
export function discard(coroutine: unknown): void {
  if (coroutine instanceof Frame) closeFrame(coroutine)
  else if (isNativeGenerator(coroutine)) closeFrame(new Frame(coroutine))
}
