import { describe } from '../base/describe.ts'
import { ArgumentError } from '../base/errors.ts'
import { ExceptionGroup } from '../base/exception-group.ts'
import { made } from '../generator/made.ts'
import type { Awaitable, Coroutine, Yielded } from '../generator/types.ts'
import { outOfReach } from '../scope/cancel-scope.ts'
import { ensureFuture } from '../task/create-task.ts'
import { type Future } from '../task/future.ts'
import type { Results } from './gather.ts'
import { FIRST_COMPLETED, FIRST_EXCEPTION, type WaitOptions, wait } from './wait.ts'

/**
 * Wait for the first of several awaitables that ends: `const winner = yield* race([waitEvent(button, 'click'), sleep(1000)])`. The
 * others are cancelled, and have ended when this ends. Futures and tasks that are given are not cancelled, because they belong to
 * somebody else.
 * @returns the result of the first.
 * @throws the error of the first; the error of another one that fails while it is cancelled; TypeError when it is not an array of
 * awaitables.
 */
export function race<const A extends readonly Awaitable<unknown>[]>(awaitables: A): Coroutine<Yielded<A[number]>> {
  checkedList('race', awaitables)
  return made(racing(awaitables), 'race([…])', arguments.length - 1)
}

function* racing<A extends readonly Awaitable<unknown>[]>(awaitables: A): Coroutine<Yielded<A[number]>> {
  const { first, errors } = yield* untilFirst(awaitables, FIRST_COMPLETED)
  throwAll(errors)
  return first.result() as Yielded<A[number]>
}

/**
 * Wait for all awaitables: `const [a, b] = yield* all([f(), g()])`. At the first error the others are cancelled, and the error is
 * thrown when they have ended. With `gather()` the others keep running.
 * @returns the results, by position.
 * @throws the error; an ExceptionGroup, when others fail while they are cancelled; TypeError when it is not an array of awaitables.
 */
export function all<const A extends readonly Awaitable<unknown>[]>(awaitables: A): Coroutine<Results<A>> {
  checkedList('all', awaitables)
  return made(allOf(awaitables), 'all([…])', arguments.length - 1)
}

function* allOf<A extends readonly Awaitable<unknown>[]>(awaitables: A): Coroutine<Results<A>> {
  if (awaitables.length === 0) return [] as unknown as Results<A>
  const { futures, errors } = yield* untilFirst(awaitables, FIRST_EXCEPTION)
  throwAll(errors)
  return futures.map(future => future.result()) as Results<A>
}

/** The futures of a race, when it is over. */
interface Outcomes {
  readonly futures: readonly Future[]
  /** The first that has ended. */
  readonly first: Future
  /** The errors of all that failed. */
  readonly errors: unknown[]
}

/** Wait for the first end, or for the first error. Then end what was begun here. */
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
