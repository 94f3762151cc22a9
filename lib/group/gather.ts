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

export interface GatherOptions {
  /** Put errors among the results, instead of ending with the first one. */
  readonly returnExceptions?: boolean
  /** How many may go on at a time. With it, functions that give an awaitable are taken too, and nothing that goes on already. */
  readonly limit?: number
}

const GATHER = { call: 'gather([f(), g()], { returnExceptions: true })', names: ['returnExceptions', 'limit'] }

/** The results of awaitables, by position. */
export type Results<A extends readonly unknown[]> = { -readonly [K in keyof A]: Yielded<A[K]> }

/**
 * Wait for several at once: `const [a, b] = yield* gather([f(), g()])`. Coroutines become tasks. The first error is the
 * error of the whole, and the others go on; cancelling the whole cancels them all (rule 16).
 * @returns a future of the results, in the order of the awaitables. One that is given twice runs once.
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
    throw new ArgumentError(`gather() takes an array, not ${describe(given)}. Write gather([f(), g()])`, 'NOT_AN_ARRAY')
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
    if (outer === null) child.$markRead() // the whole was refused
    else outer.childDone(child)
  }
  let loop: EventLoop | undefined
  for (const awaitable of awaitables as Awaitable<unknown>[]) {
    if (futures.has(awaitable)) continue
    loop ??= loopOf(awaitable)
    const future = ensureFuture(awaitable, { loop })
    futures.set(awaitable, future)
    // To be asked now: when the next one is an eager task, it may end this one, and that is told in the next turn.
    if (future.$ended) finished.push(future)
    else future.$whenDone(childDone, () => outer)
  }
  const children = awaitables.map(awaitable => futures.get(awaitable) as Future)
  outer = new Gathering(children, futures.size, options.returnExceptions === true, loop as EventLoop)
  finished.forEach(childDone)
  return made(outer, 'gather([…])')
}
