declare const opaque: unique symbol
declare const emission: unique symbol

/** A value of this type can be made by this library only. */
interface Opaque { readonly [opaque]: true }

/**
 * The type of the tokens that coroutines yield to their driver. What they ask stands in a register (`request.ts`). The name
 * of the property makes the compiler say what to write: «Property '"write yield* instead of yield"' is missing in type
 * 'Future<number>'».
 */
export interface TrapToken {
  /** Its name is what the compiler says about a `yield` without the star. */
  readonly "write yield* instead of yield": () => Opaque
}

/**
 * What a coroutine may yield. Only this library can make a token, so `yield future` does not compile where `yield* future`
 * was meant. A bare `yield` does compile: it passes one turn of the loop, as in asyncio (rule 10).
 */
export type Trap = TrapToken | undefined

/**
 * A generator object that this library drives (Python's coroutine object, Y16). Calling its function runs nothing.
 *
 * The third parameter of `Generator` is left at `any`: JavaScript has one type of `next(value)` for a whole generator,
 * while each `yield*` in it receives a type of its own.
 */
export type Coroutine<T> = Generator<Trap, T>

/**
 * What an `emit()` yields: `T` is the value that it gives away, and `Sent` is the value that it gets in return. No driver of
 * coroutines takes it. The blocks that a body delegates to pass it on: `use()`, `forEach()`, `yieldFrom()`, `coroutine()`.
 */
export interface Emitted<T, Sent = unknown> {
  /** Its name is what the compiler says about a `yield` without the star. */
  readonly "write yield* instead of yield": 'emit() works in the body of an asyncGenerator() only'
  /** The value that goes out, and who takes what is sent back. */
  readonly [emission]: { readonly value: T; readonly receive: (sent: Sent) => void }
}

/** What a body may yield to a block that passes it on. */
export type Passing = Trap | Emitted<unknown, never>

/** Anything that `yield*` accepts in a coroutine, and that ends with a `T` (Python's awaitable, Y16). */
export interface Awaitable<T> {
  /** `yield*` calls this (Python's `__await__`). */
  [Symbol.iterator](): Iterator<Trap, T>
}

/** The type that `yield*` gives for an awaitable. */
export type Yielded<A> = A extends Awaitable<infer T> ? T : never

/**
 * What delegates to something that yields values of type `Y`. As a rule it is a coroutine. Values that a `pyGenerator()`
 * yields, and values that an `emit()` gives away, stay in the type.
 */
export type Delegation<Y, T> = [Y] extends [Trap] ? Coroutine<T> : Generator<Y | TrapToken, T>
