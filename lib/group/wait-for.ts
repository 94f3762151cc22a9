import { CancelledError, TimeoutError } from '../base/task-errors.ts'
import { made } from '../generator/made.ts'
import type { Awaitable, Coroutine, Trap } from '../generator/types.ts'
import { yieldFrom } from '../generator/yield-from.ts'
import { ensureFuture } from '../task/create-task.ts'
import { isAwaitable, notAwaitable } from '../task/ensure-future.ts'
import type { Future } from '../task/future.ts'
import { timeoutOf } from '../scope/timeout.ts'
import { use } from '../scope/use.ts'
import { untilEnded } from './endings.ts'

/**
 * Wait for one awaitable, at most `ms` milliseconds: then it is cancelled, and when it has ended, a TimeoutError is thrown
 * (rule 18, as from Python 3.12). A coroutine runs in the task that waits. Without time, one that is not done never
 * begins.
 * @param ms `null` for no limit.
 * @returns what the awaitable returns, even when it does so on being cancelled.
 */
export function waitFor<T>(awaitable: Awaitable<T>, ms: number | null): Coroutine<T> {
  return made($waitFor(awaitable, ms), 'waitFor(…)')
}

function* $waitFor<T>(awaitable: Awaitable<T>, ms: number | null): Coroutine<T> {
  if (!isAwaitable(awaitable)) throw notAwaitable(awaitable)
  if (ms !== null && ms <= 0) return yield* withoutTime(ensureFuture(awaitable), ms)
  return yield* use(timeoutOf('waitFor()', ms, `waitFor(…, ${ms})`), () => yieldFrom<Trap, T>(awaitable))
}

function* withoutTime<T>(future: Future<T>, ms: number): Coroutine<T> {
  if (future.$ended) return future.result()
  yield* untilEnded([future], () => { future.cancel() })
  try {
    return future.result()
  } catch (error) {
    throw error instanceof CancelledError ? new TimeoutError(`waitFor(…, ${ms}): there is no time`, { cause: error }) : error
  }
}
