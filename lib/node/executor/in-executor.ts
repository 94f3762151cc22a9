import type { Coroutine } from '../../generator/types.ts'
import type { EventLoop } from '../../task/event-loop.ts'
import type { Future } from '../../task/future.ts'
import { getRunningLoop } from '../../task/loops.ts'
import { sleep } from '../../task/sleep.ts'
import type { Executor } from './executor.ts'
import { type Work } from './portable-call.ts'
import { wrapFuture } from './wrap-future.ts'

/** How long to wait before it is looked again whether an executor has ended; in milliseconds. */
const LOOK_EVERY = 5

export function runInExecutor(loop: EventLoop, executor: Executor, work: unknown, args: readonly unknown[]): Future {
  return wrapFuture(executor.submit<unknown[], unknown>(work as Work<unknown[]>, ...args), { loop })
}

/** Shut an executor down, and wait for its end without blocking. */
export function* shutdownExecutor(executor: Executor & { readonly $ended?: boolean }): Coroutine<void> {
  executor.shutdown({ wait: false })
  while (executor.$ended === false) yield* sleep(LOOK_EVERY)
}

/** Run a function in another thread (Python's `asyncio.to_thread`). It travels as in `submit()`. @returns its result. */
export function* toThread<A extends unknown[], T>(work: Work<A, T>, ...args: A): Coroutine<T> {
  return yield* getRunningLoop().runInExecutor<T>(null, work, ...args)
}
