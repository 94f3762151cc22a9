declare const opaque: unique symbol

/** The one token that coroutines yield to their driver; what they ask stands in a register (`trap.ts`). */
export interface TrapToken {
  readonly [opaque]: true
}

/**
 * Passes for a token, and yet is no subtype of it (this is what `any` does): in a union with tokens TypeScript keeps it
 * apart, and what it says is not lost.
 */
export interface TrapTokenApart {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- see above
  readonly [opaque]: any
}

/**
 * What a coroutine may yield. Nobody but this library can make a token, so `yield future` does not compile where
 * `yield* future` was meant; a bare `yield` does: it passes one turn of the loop, as in asyncio.
 */
export type Trap = TrapToken | undefined

/**
 * A generator object that is driven by this library; calling its function runs nothing.
 *
 * The third parameter of `Generator` is left at `any`: JavaScript has one type of `next(value)` for a whole generator,
 * while each `yield*` in it receives a type of its own.
 */
export type Coroutine<T> = Generator<Trap, T>

/** Whatever `yield*` accepts in a coroutine and that completes with a `T`. */
export interface Awaitable<T> {
  [Symbol.iterator](): Iterator<Trap, T>
}

/** The type that `yield*` gives for an awaitable. */
export type Yielded<A> = A extends Awaitable<infer T> ? T : never
