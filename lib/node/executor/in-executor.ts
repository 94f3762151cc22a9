import { describe } from '../../base/describe.ts'
import { ArgumentError } from '../../base/errors.ts'
import { made } from '../../generator/made.ts'
import type { Coroutine } from '../../generator/types.ts'
import type { EventLoop } from '../../task/event-loop.ts'
import type { Future } from '../../task/future.ts'
import { getRunningLoop } from '../../task/loops.ts'
import { sleep } from '../../task/sleep.ts'
import type { Executor } from './executor.ts'
import type { Work } from './portable-call.ts'
import { thisThread } from '../thread/this-thread.ts'
import { wrapFuture } from './wrap-future.ts'

/** The time between two looks whether an executor has ended, in milliseconds. */
const LOOK_EVERY = 5

/** Submit work to an executor. @returns a future of the loop for its result. */
export function runInExecutor(loop: EventLoop, executor: Executor, work: unknown, args: readonly unknown[]): Future {
  if (typeof (executor as Partial<Executor> | undefined)?.submit !== 'function') {
    throw new ArgumentError(`runInExecutor() takes an executor first, or null for that of the loop, not ${describe(executor)}. Write loop.runInExecutor(null, f, ...args)`,
      'NOT_AN_EXECUTOR')
  }
  return wrapFuture(executor.submit<unknown[], unknown>(work as Work<unknown[]>, ...args), { loop })
}

/** Shut an executor down, and wait for its end. Other tasks go on meanwhile. */
export function* shutdownExecutor(executor: Executor & { readonly $ended?: boolean }): Coroutine<void> {
  executor.shutdown({ wait: false })
  while (executor.$ended === false) {
    yield* sleep(LOOK_EVERY)
    thisThread.poll()
  }
}

/**
 * Run a function in another thread. Other tasks go on meanwhile. It is Python's `asyncio.to_thread()`.
 * @param work the function, sent as `executor.submit()` sends it.
 * @returns the result of the function.
 */
export function toThread<A extends unknown[], T>(work: Work<A, T>, ...args: A): Coroutine<T> { return made(inThread(work, args), 'toThread(…)') }

function* inThread<A extends unknown[], T>(work: Work<A, T>, args: A): Coroutine<T> {
  return yield* getRunningLoop().runInExecutor<T>(null, work, ...args)
}
