/** Waiting and notifying with the lock of a condition held, as one should; the twin of `conditions.py`. */
import { type Condition, type Coroutine, use } from '../../../../lib/index.ts'

export function* waitInside(condition: Condition): Coroutine<true> {
  return yield* use(condition, () => condition.wait())
}

export function* notify(condition: Condition, n = 1): Coroutine<void> {
  yield* use(condition, function* () { condition.notify(n) })
}

export function* notifyAll(condition: Condition): Coroutine<void> {
  yield* use(condition, function* () { condition.notifyAll() })
}
