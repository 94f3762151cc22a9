import { type Coroutine, type Future, isCoroutine, isFuture } from 'yieldfrom'
import { typeOf } from './type-of.ts'

// What a guard has seen, TypeScript knows.
export function* wait(given: unknown): Coroutine<void> {
  if (isCoroutine(given)) {
    typeOf(given).is<Coroutine<unknown>>(true)
    yield* given
  }
  if (isFuture(given)) {
    typeOf(given).is<Future>(true)
    typeOf(given.exception()).is<Error | null>(true)
  }
  // @ts-expect-error: nobody has looked
  yield* given
}
