import { describe } from '../base/describe.ts'
import { ArgumentError } from '../base/errors.ts'
import { checkOptions } from '../base/options.ts'
import { made } from '../generator/made.ts'
import type { Awaitable, Yielded } from '../generator/types.ts'
import { ensureFuture, loopOf } from '../task/create-task.ts'
import type { EventLoop } from '../task/event-loop.ts'
import type { Future } from '../task/future.ts'
import { Gathering } from '../task/gathering.ts'
import { getEventLoop } from '../task/loops.ts'
import { type Startable, type Started, limited } from './limit.ts'
import { isSeveral } from './several.ts'

/** The options of `gather()`. */
export interface GatherOptions {
  /** Put errors among the results, instead of throwing the first one. */
  readonly returnExceptions?: boolean
  /** How many may run at a time. With a limit, functions that give an awaitable are taken, too. Tasks are not, because they have begun. */
  readonly limit?: number
}

const GATHER = { call: 'gather([f(), g()], { returnExceptions: true })', names: ['returnExceptions', 'limit'] }

/** The results of awaitables, by position. */
export type Results<A extends readonly unknown[]> = { -readonly [K in keyof A]: Yielded<A[K]> }

/**
 * Wait for several awaitables at once: `const [a, b] = yield* gather([f(), g()])`. Coroutines become tasks. The first error is
 * thrown, and the others keep running. When the future is cancelled, all of them are (rule 16). It is Python's `asyncio.gather()`.
 * @param options.returnExceptions put errors among the results, instead of throwing the first one.
 * @param options.limit how many may run at a time.
 * @returns a future of the results, in the order of the awaitables. An awaitable that is given twice runs once.
 * @throws TypeError when it is not an array of awaitables.
 */
export function gather<const A extends readonly Awaitable<unknown>[]>(
  awaitables: A, options?: GatherOptions & { readonly returnExceptions?: false },
): Future<Results<A>>
export function gather<const A extends readonly Awaitable<unknown>[]>(
  awaitables: A, options: GatherOptions,
): Future<{ -readonly [K in keyof A]: Yielded<A[K]> | Error }>
export function gather<const S extends readonly Startable<unknown>[]>(
  startables: S, options: GatherOptions & { readonly limit: number; readonly returnExceptions?: false },
): Future<{ -readonly [K in keyof S]: Started<S[K]> }>
export function gather<const S extends readonly Startable<unknown>[]>(
  startables: S, options: GatherOptions & { readonly limit: number },
): Future<{ -readonly [K in keyof S]: Started<S[K]> | Error }>
export function gather(given: readonly Startable<unknown>[], options: GatherOptions = {}): Future<unknown[]> {
  checkOptions(options, GATHER)
  if (!Array.isArray(given)) {
    throw new ArgumentError(`gather() takes an array, not ${describe(given)}. Write gather([${isSeveral(given) ? '...items' : 'f(), g()'}])`, 'NOT_AN_ARRAY')
  }
  const awaitables: unknown[] = options.limit === undefined ? given : limited('gather()', given as readonly Startable<unknown>[], options.limit)
  if (awaitables.length === 0) {
    const outer = getEventLoop().createFuture<unknown[]>()
    outer.setResult([])
    return outer
  }
  const futures = new Map<unknown, Future>()
  const finished: Future[] = []
  let outer: Gathering | null = null
  const childDone = (child: Future): void => {
    if (outer === null) child.$markRead() // gather() itself has thrown
    else outer.childDone(child)
  }
  let loop: EventLoop | undefined
  for (const awaitable of awaitables as Awaitable<unknown>[]) {
    if (futures.has(awaitable)) continue
    loop ??= loopOf(awaitable)
    const future = ensureFuture(awaitable, { loop })
    futures.set(awaitable, future)
    // This must be asked now. When the next awaitable is an eager task, it may end this one, and the callback of that comes in the next turn.
    if (future.$ended) finished.push(future)
    else future.$whenDone(childDone, () => outer)
  }
  const children = awaitables.map(awaitable => futures.get(awaitable) as Future)
  outer = new Gathering(children, futures.size, options.returnExceptions === true, loop as EventLoop)
  finished.forEach(childDone)
  return made(outer, 'gather([…])')
}
