import type { Trap, TrapToken } from '../generator/types.ts'

declare const switched: unique symbol

/**
 * What a `switch()` yields. `Gives` is the value that it gives away, and `Gets` is the value that it gets when control comes
 * back. It is a token, because any coroutine may switch. Its first property takes one argument more than the property of
 * `TrapToken`. So TypeScript keeps the two types apart in a union, and the types of the values are not lost.
 */
export interface Switched<Gives, Gets> {
  /** Its name is what the compiler says about a `yield` without the star. */
  readonly "write yield* instead of yield": (apart?: undefined) => ReturnType<TrapToken["write yield* instead of yield"]>
  /** What goes out, and what comes back. It exists for the compiler alone. */
  readonly [switched]: readonly [gives: Gives, gets: Gets]
}

/** What `switch()` returns. `yield*` makes an `R` of it. */
export interface Switch<Gives, R> {
  /** `yield*` calls this, and control goes over. */
  [Symbol.iterator](): Iterator<Switched<Gives, R>, R>
}

/**
 * The return type to declare for the body of a greenlet, or for a part of it, when its type is to show its switches. It gives
 * `Gives` to others, gets `Gets` from them, and returns an `R`. A `Coroutine<R>` hides the switches.
 */
export type Switching<Gives, Gets, R = void> = Generator<Trap | Switched<Gives, Gets>, R>

/**
 * What the arguments of a `switch()` arrive as (G4, G5): none as `undefined`, one as itself, several as an array. It is
 * `unknown` where TypeScript does not read the arguments, as in `switch<string>(...)`.
 */
export type Arrival<A extends readonly unknown[]> = number extends A['length'] ? unknown : A extends readonly [] ? undefined : A extends readonly [infer V] ? V : A

/** The arguments for switching to a greenlet that runs `(...args: A) => Body`: those of its start, and values for its switches. */
export type Taken<A extends readonly unknown[], Body> = A | (Body extends Generator<infer Y> ? Later<Y> : never)
type Later<Y> = SwitchesIn<Y> extends never ? Hidden<Y, [value?: unknown]> : Values<SwitchesIn<Y>>
type Values<S> = S extends Switched<unknown, infer V> ? Value<V> : never
type Value<V> = unknown extends V ? [value?: unknown] : V extends readonly unknown[] ? [value: V] | [...V] : V extends undefined ? [] | [value: V] : [value: V]

/** What comes back from a greenlet that runs this body: what it gives to others, and what it returns. */
export type Given<Body> = Body extends Generator<infer Y, infer R> ? GivenBy<Y, R> : Body
type GivenBy<Y, R> = SwitchesIn<Y> extends never ? Hidden<Y, unknown> | R : Gives<SwitchesIn<Y>> | R
type Gives<S> = S extends Switched<infer V, unknown> ? V : never

/** A token without types may stand for a switch. */
type Hidden<Y, Then> = TrapToken extends Y ? Then : never
type SwitchesIn<Y> = Y extends Switched<unknown, unknown> ? Y : never
