import { isSeveral } from './several.ts'
import { describe } from '../base/describe.ts'
import { ArgumentError, ValueError } from '../base/errors.ts'
import { checkOptions } from '../base/options.ts'
import { isCoroutine } from '../generator/coroutine.ts'
import { made } from '../generator/made.ts'
import type { Coroutine } from '../generator/types.ts'
import { Future } from '../task/future.ts'
import { checkedTime } from '../scope/duration.ts'
import { getRunningLoop } from '../task/loops.ts'
import { callLaterHere } from '../task/script-time.ts'

/** `wait()` ends when one future is done. */
export const FIRST_COMPLETED = 'FIRST_COMPLETED'
/** `wait()` ends when one future has failed, or all are done. */
export const FIRST_EXCEPTION = 'FIRST_EXCEPTION'
/** `wait()` ends when all futures are done. */
export const ALL_COMPLETED = 'ALL_COMPLETED'

/** The options of `wait()`. */
export interface WaitOptions {
  /** How long to wait, in milliseconds; `null`, the default, for no limit. */
  readonly timeout?: number | null
  /** When to stop waiting; when all are done by default. For `FIRST_EXCEPTION` an error counts, and a cancellation does not. */
  readonly returnWhen?: typeof FIRST_COMPLETED | typeof FIRST_EXCEPTION | typeof ALL_COMPLETED
}

const WAIT = { call: 'wait(tasks, { timeout: 100 })', names: ['timeout', 'returnWhen'] }

/**
 * Wait for several futures: `const [done, pending] = yield* wait(tasks)`. It never throws their errors. A timeout is not an error.
 * Neither a timeout nor a cancellation of the waiter touches the futures (rule 17). It is Python's `asyncio.wait()`.
 * @param options.timeout how long to wait, in milliseconds.
 * @param options.returnWhen `ALL_COMPLETED` (the default), `FIRST_COMPLETED` or `FIRST_EXCEPTION`.
 * @returns the set of those that are done, and the set of those that are not.
 * @throws ValueError when there are no futures; TypeError for coroutines, which must be made tasks first.
 */
export function wait<F extends Future>(futures: Iterable<F>, options: WaitOptions = {}): Coroutine<[done: Set<F>, pending: Set<F>]> {
  return made($$wait(futures, options), 'wait([…])')
}

function* $$wait<F extends Future>(futures: Iterable<F>, options: WaitOptions): Coroutine<[done: Set<F>, pending: Set<F>]> {
  checkOptions(options, WAIT)
  const { timeout = null, returnWhen = ALL_COMPLETED } = options
  const all = checked(futures)
  if (![FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED].includes(returnWhen)) {
    throw new ValueError(`wait() takes returnWhen as FIRST_COMPLETED, FIRST_EXCEPTION or ALL_COMPLETED, not ${describe(returnWhen)}`,
      { code: 'NOT_A_CONDITION' })
  }
  const loop = getRunningLoop()
  const waiter = loop.createFuture<void>()
  const release = (): void => { if (!waiter.$ended) waiter.setResult() }
  const timer = timeout === null ? null : callLaterHere(checkedTime('wait()', timeout, ' or null for timeout'), release)
  let left = all.size
  const count = (future: Future): void => {
    left--
    if (left > 0 && returnWhen !== FIRST_COMPLETED && !(returnWhen === FIRST_EXCEPTION && failed(future))) return
    timer?.cancel()
    release()
  }
  for (const future of all) future.$whenDone(count, () => waiter)
  try {
    yield* waiter
  } finally {
    timer?.cancel()
    for (const future of all) future.$forgetCallback(count)
  }
  const done = new Set<F>()
  const pending = new Set<F>()
  for (const future of all) (future.$ended ? done : pending).add(future)
  return [done, pending]
}

function failed(future: Future): boolean {
  future.$markRead() // looking at the error counts as reading it, as in asyncio
  return future.$hasError && !future.$isCancelled
}

function checked<F extends Future>(futures: Iterable<F>): Set<F> {
  if (!isSeveral(futures)) {
    throw new ArgumentError(`wait() takes several futures, not ${describe(futures)}. Write wait([...])`, 'NOT_A_LIST')
  }
  const all = new Set(futures)
  if (all.size === 0) throw new ValueError('Set of Tasks/Futures is empty.', { code: 'NOTHING_TO_WAIT_FOR' })
  for (const future of all as Set<unknown>) {
    if (future instanceof Future) continue
    throw new ArgumentError(`wait() takes futures, not ${describe(future)}` +
      (isCoroutine(future) ? '. Write createTask(coroutine) first' : ''), 'NOT_A_FUTURE')
  }
  return all
}
