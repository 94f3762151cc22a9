/* eslint @typescript-eslint/no-unnecessary-type-parameters: off, @typescript-eslint/unified-signatures: off --
   what is compared here is types: each is named once, and none is optional */

/** Two types are the same when nothing tells them apart, not even `any`. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true : false

/**
 * `typeOf(value).is<number>(true)` compiles only if that is exactly the type, and `is<number>(false)` only if it is
 * not; `typeOf<Type>()` asks about a type. The files beside this one are checked by `npm run types`, and never run.
 */
export declare function typeOf<Actual>(): Type<Actual>
export declare function typeOf<Actual>(value: Actual): Type<Actual>

interface Type<Actual> {
  is<Expected>(answer: Same<Actual, Expected>): void
}
