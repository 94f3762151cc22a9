import { checkedTime } from '../scope/duration.ts'
import { ArgumentError } from '../base/errors.ts'
import { alreadyAwaited } from '../base/reused.ts'
import { CancelledError, TimeoutError } from '../base/task-errors.ts'
import { made } from '../generator/made.ts'
import type { Awaitable, Coroutine, Trap } from '../generator/types.ts'
import { ranToItsEnd } from '../generator/used-up.ts'
import { yieldFrom } from '../generator/yield-from.ts'
import { ensureFuture } from '../task/create-task.ts'
import { isAwaitable, notAwaitable } from '../task/ensure-future.ts'
import type { Future } from '../task/future.ts'
import { timeoutOf } from '../scope/timeout.ts'
import { use } from '../scope/use.ts'
import { untilEnded } from './endings.ts'

/**
 * Wait for one awaitable, for at most `ms` milliseconds. When the time is over, the awaitable is cancelled. When it has ended, a
 * TimeoutError is thrown (rule 18). A coroutine runs in the task that waits. With zero or less, an awaitable that is not done never
 * begins. It is Python's `asyncio.wait_for()`, as of Python 3.12.
 * @param ms the time in milliseconds; `null` for no limit.
 * @returns the result of the awaitable, even if it returns one after it was cancelled.
 * @throws TimeoutError when the time is over; the error of the awaitable; TypeError when it cannot be awaited.
 */
export function waitFor<T>(awaitable: Awaitable<T>, ms: number | null): Coroutine<T> {
  return made($$waitFor(awaitable, ms), 'waitFor(…)', arguments.length - 2)
}

function* $$waitFor<T>(awaitable: Awaitable<T>, ms: number | null): Coroutine<T> {
  if (!isAwaitable(awaitable)) {
    if (typeof awaitable === 'number' && isAwaitable(ms)) throw new ArgumentError('waitFor() takes the awaitable first. Write waitFor(f(), 10)', 'NOT_AWAITABLE')
    throw notAwaitable(awaitable)
  }
  if (ranToItsEnd(awaitable)) throw alreadyAwaited()
  if (ms !== null && checkedTime('waitFor()', ms, ' or null') <= 0) return yield* withoutTime(ensureFuture(awaitable), ms)
  return yield* use(timeoutOf('waitFor()', ms, `waitFor(…, ${ms})`), () => yieldFrom<Trap, T>(awaitable))
}

/** The case of zero or less: the awaitable is done already, or it is cancelled before its first step. */
function* withoutTime<T>(future: Future<T>, ms: number): Coroutine<T> {
  if (future.$ended) return future.result()
  yield* untilEnded([future], () => { future.cancel() })
  try {
    return future.result()
  } catch (error) {
    throw error instanceof CancelledError ? new TimeoutError(`waitFor(…, ${ms}): there is no time`, { cause: error }) : error
  }
}
