import type { Trap, TrapToken } from '../generator/types.ts'

declare const switched: unique symbol

/**
 * What a `switch()` yields: `Gives` is the value that it gives away, `Gets` the value that it takes when control comes back.
 * It is a token, for any coroutine may switch. Its first property takes one argument more than that of `TrapToken`, so that
 * TypeScript keeps the two apart in a union, and what this one says is not lost.
 */
export interface Switched<Gives, Gets> {
  readonly "write yield* instead of yield": (apart?: undefined) => ReturnType<TrapToken["write yield* instead of yield"]>
  readonly [switched]: readonly [gives: Gives, gets: Gets]
}

/** What `switch()` gives to `yield*`, which gets an `R` for it. */
export interface Switch<Gives, R> {
  [Symbol.iterator](): Iterator<Switched<Gives, R>, R>
}

/**
 * What the body of a greenlet, or a part of it, is declared as, where its switches are to be seen in its type: it gives
 * `Gives` to others, gets `Gets` from them, and returns an `R`. A `Coroutine<R>` hides them.
 */
export type Switching<Gives, Gets, R = void> = Generator<Trap | Switched<Gives, Gets>, R>

/**
 * What several arguments arrive as (G4, G5): none as `undefined`, one as itself, several as an array. Nobody knows which it
 * is where TypeScript does not read the arguments: it does not in `switch<string>(...)`.
 */
export type Arrival<A extends readonly unknown[]> = number extends A['length'] ? unknown : A extends readonly [] ? undefined : A extends readonly [infer V] ? V : A

/** What a greenlet that runs `(...args: A) => Body` may be switched to with: the arguments of its start, and values for its switches. */
export type Taken<A extends readonly unknown[], Body> = A | (Body extends Generator<infer Y> ? Later<Y> : never)
type Later<Y> = SwitchesIn<Y> extends never ? Hidden<Y, [value?: unknown]> : Values<SwitchesIn<Y>>
type Values<S> = S extends Switched<unknown, infer V> ? Value<V> : never
type Value<V> = unknown extends V ? [value?: unknown] : V extends readonly unknown[] ? [value: V] | [...V] : V extends undefined ? [] | [value: V] : [value: V]

/** What comes back from a greenlet with such a body: what it gives to others, and what it returns. */
export type Given<Body> = Body extends Generator<infer Y, infer R> ? GivenBy<Y, R> : Body
type GivenBy<Y, R> = SwitchesIn<Y> extends never ? Hidden<Y, unknown> | R : Gives<SwitchesIn<Y>> | R
type Gives<S> = S extends Switched<infer V, unknown> ? V : never

/** A token that says nothing may stand for a switch. */
type Hidden<Y, Then> = TrapToken extends Y ? Then : never
type SwitchesIn<Y> = Y extends Switched<unknown, unknown> ? Y : never
