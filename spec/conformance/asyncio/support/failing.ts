/** Coroutines that fail, and coroutines that take their time to end; the twin of `failing.py`. */
import { type Coroutine, sleep } from '../../../../lib/index.ts'
import type { Log } from '../../programs.ts'
import { Boom, type ErrorClass } from './errors.ts'
import { now } from './witness.ts'

export function* fail(ms: number, Failure: ErrorClass = Boom): Coroutine<never> {
  yield* sleep(ms)
  throw new Failure()
}

/** Waits until it is cancelled, and then takes its time. */
export function* cleaning(log: Log, name: string, ms: number): Coroutine<void> {
  try {
    yield* sleep(1000)
  } finally {
    yield* sleep(ms)
    log(name, 'is through at', now())
  }
}

/** Waits until it is cancelled, and fails some time later. */
export function* failingCleanup(ms: number, Failure: ErrorClass): Coroutine<void> {
  try {
    yield* sleep(1000)
  } catch {
    yield* sleep(ms)
    throw new Failure()
  }
}
