declare const opaque: unique symbol
declare const emission: unique symbol

/** What nobody but this library can make. */
interface Opaque { readonly [opaque]: true }

/**
 * The one token that coroutines yield to their driver; what they ask stands in a register (`request.ts`). Its property is
 * named so that the compiler's own sentence says what to write: «Property '"write yield* instead of yield"' is missing in
 * type 'Future<number>'».
 */
export interface TrapToken {
  readonly "write yield* instead of yield": () => Opaque
}

/**
 * What a coroutine may yield. Nobody but this library can make a token, so `yield future` does not compile where
 * `yield* future` was meant; a bare `yield` does: it passes one turn of the loop, as in asyncio (rule 10).
 */
export type Trap = TrapToken | undefined

/**
 * A generator object that is driven by this library; calling its function runs nothing (Python's coroutine object, Y16).
 *
 * The third parameter of `Generator` is left at `any`: JavaScript has one type of `next(value)` for a whole generator,
 * while each `yield*` in it receives a type of its own.
 */
export type Coroutine<T> = Generator<Trap, T>

/**
 * What an `emit()` yields: `T` is what it gives away, `Sent` what it takes in return. No driver of coroutines takes it, but
 * those blocks that a body delegates to pass it on: `use()`, `forEach()`, `yieldFrom()`, `coroutine()`.
 */
export interface Emitted<T, Sent = unknown> {
  readonly "write yield* instead of yield": 'emit() works in the body of an asyncGenerator() only'
  readonly [emission]: { readonly value: T; readonly receive: (sent: Sent) => void }
}

/** What a body may yield to a block that passes it on. */
export type Passing = Trap | Emitted<unknown, never>

/** Whatever `yield*` accepts in a coroutine and that completes with a `T` (Python's awaitable, Y16). */
export interface Awaitable<T> {
  [Symbol.iterator](): Iterator<Trap, T>
}

/** The type that `yield*` gives for an awaitable. */
export type Yielded<A> = A extends Awaitable<infer T> ? T : never

/**
 * What delegates to something that yields `Y`s: a coroutine as a rule. Values of its own, as a `pyGenerator()` yields them,
 * and what an `emit()` gives away, stay in the type.
 */
export type Delegation<Y, T> = [Y] extends [Trap] ? Coroutine<T> : Generator<Y | TrapToken, T>
