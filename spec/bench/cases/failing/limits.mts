/** Tasks that sleep for longer than their time limit allows: from making the first until the last has ended. */
import { type Coroutine, TimeoutError, createTask, moveOnAfter, sleep, timeout, use } from 'yieldfrom'
import { aborted } from './cancelling.mts'

export const LIMITED = 1_000
const HOUR = 3_600_000
const LIMIT = 10

let over = 0

function* nap(): Coroutine<void> { yield* sleep(HOUR) }

function* underTimeout(): Coroutine<void> {
  try {
    yield* use(timeout(LIMIT), nap)
  } catch (error) {
    if (error instanceof TimeoutError) over++
  }
}

function* movingOn(): Coroutine<void> {
  const scope = moveOnAfter(LIMIT)
  yield* use(scope, nap)
  if (scope.cancelledCaught) over++
}

function* all(limited: () => Coroutine<void>): Coroutine<number> {
  over = 0
  for (const task of Array.from({ length: LIMITED }, () => createTask(limited()))) yield* task
  return over
}

export const timeouts = (): Coroutine<number> => all(underTimeout)

export const moves = (): Coroutine<number> => all(movingOn)

/** Natively time is real, and the limit the shortest there is. */
async function aborting(): Promise<void> {
  const controller = new AbortController()
  const timer = setTimeout(() => { controller.abort() }, 1)
  try {
    await aborted(controller)
  } catch (error) {
    if (error === controller.signal.reason) over++
  } finally {
    clearTimeout(timer)
  }
}

export async function abortions(): Promise<number> {
  over = 0
  await Promise.all(Array.from({ length: LIMITED }, aborting))
  return over
}
