/** What programs ask of a semaphore; the twin of `semaphores.py`. */
import type { Coroutine, Semaphore } from '../../../../lib/index.ts'

/** How many may still come in; it takes what is left. */
export function* room(semaphore: Semaphore): Coroutine<number> {
  let count = 0
  for (; !semaphore.locked(); count++) yield* semaphore.acquire()
  return count
}
