/** A coroutine that fails; the twin of `failing.py`. */
import { type Coroutine, sleep } from '../../../../lib/index.ts'

export class Boom extends Error {}

export function* fail(time: number, error: Error = new Boom()): Coroutine<never> {
  yield* sleep(time)
  throw error
}
