import { describe } from '../base/describe.ts'
import { ArgumentError } from '../base/errors.ts'
import { ExceptionGroup } from '../base/exception-group.ts'
import type { Awaitable, Coroutine, Yielded } from '../generator/types.ts'
import { outOfReach } from '../scope/cancel-scope.ts'
import { ensureFuture } from '../task/create-task.ts'
import { type Future } from '../task/future.ts'
import type { Results } from './gather.ts'
import { FIRST_COMPLETED, FIRST_EXCEPTION, type WaitOptions, wait } from './wait.ts'

/**
 * The first of several that ends: `const winner = yield* race([waitEvent(button, 'click'), sleep(1000)])`. The others are
 * cancelled, and are over when this goes on. Futures that are given are left alone: they belong to somebody else.
 * @returns the result of the first.
 * @throws what the first ends with; what another one fails with when it is cancelled.
 */
export function race<const A extends readonly Awaitable<unknown>[]>(awaitables: A): Coroutine<Yielded<A[number]>> {
  checkedList('race', awaitables)
  return racing(awaitables)
}

function* racing<A extends readonly Awaitable<unknown>[]>(awaitables: A): Coroutine<Yielded<A[number]>> {
  const { first, errors } = yield* untilFirst(awaitables, FIRST_COMPLETED)
  throwAll(errors)
  return first.result() as Yielded<A[number]>
}

/**
 * All of several: `const [a, b] = yield* all([f(), g()])`. With the first error the others are cancelled, and are over when it is
 * thrown. `gather()` lets them go on.
 * @returns the results, by position.
 * @throws the error; an `ExceptionGroup`, when others fail while they are cancelled.
 */
export function all<const A extends readonly Awaitable<unknown>[]>(awaitables: A): Coroutine<Results<A>> {
  checkedList('all', awaitables)
  return allOf(awaitables)
}

function* allOf<A extends readonly Awaitable<unknown>[]>(awaitables: A): Coroutine<Results<A>> {
  if (awaitables.length === 0) return [] as unknown as Results<A>
  const { futures, errors } = yield* untilFirst(awaitables, FIRST_EXCEPTION)
  throwAll(errors)
  return futures.map(future => future.result()) as Results<A>
}

interface Outcomes {
  readonly futures: readonly Future[]
  /** The first that has ended. */
  readonly first: Future
  readonly errors: unknown[]
}

/** Wait for the first, or for the first error; then end what was begun here. @returns with the errors of all that failed. */
function* untilFirst(awaitables: readonly Awaitable<unknown>[], returnWhen: WaitOptions['returnWhen'] & string): Coroutine<Outcomes> {
  const futures = awaitables.map(awaitable => ensureFuture(awaitable))
  const begun = futures.filter(future => !awaitables.includes(future))
  const errors: unknown[] = []
  let first = (futures as [Future])[0]
  try {
    yield* wait(futures, { returnWhen })
    first = futures.find(future => future.$ended) as Future
  } finally {
    for (const future of futures) if (future.$hasError && !future.$isCancelled) errors.push(future.$takeError())
    const others = begun.filter(future => !future.$ended)
    for (const future of others) future.cancel()
    if (others.length > 0) yield* outOfReach(end(others))
    for (const future of others) if (future.$hasError && !future.$isCancelled) errors.push(future.$takeError())
  }
  return { futures, first, errors }
}

function* end(futures: readonly Future[]): Coroutine<void> { yield* wait(futures) }

function throwAll(errors: unknown[]): void {
  if (errors.length === 1) throw errors[0]
  if (errors.length > 1) throw new ExceptionGroup('several have failed', errors)
}

function checkedList(name: string, awaitables: unknown): void {
  if (Array.isArray(awaitables) && (name === 'all' || awaitables.length > 0)) return
  throw new ArgumentError(`${name}() takes an array of what can be awaited, not ${describe(awaitables)}. Write ${name}([f(), g()])`, 'NOT_AN_ARRAY')
}
