/** Many that sleep, and are cancelled together: from the request until all have ended. */
import { setMaxListeners } from 'node:events'
import { CancelScope, type Coroutine, TaskGroup, sleep, use } from 'yieldfrom'
import type { Stopwatch } from '../../harness/stopwatch.mts'
import { aborted } from './cancelling.mts'

export const SLEEPERS = 1_000
const HOUR = 3_600_000

let ended = 0

function* sleeping(): Coroutine<void> {
  try {
    yield* sleep(HOUR)
  } finally {
    ended++
  }
}

/** Put them into a group. When all of them sleep, the watch runs. */
function* fill(group: TaskGroup, watch: Stopwatch): Coroutine<void> {
  ended = 0
  for (let i = 0; i < SLEEPERS; i++) group.createTask(sleeping())
  yield* sleep(0)
  watch.start()
}

/** Cancel a scope around a group. */
export function* cancelScope(watch: Stopwatch): Coroutine<number> {
  yield* use(new CancelScope(), function* (scope) {
    yield* use(new TaskGroup(), function* (group) {
      yield* fill(group, watch)
      scope.cancel()
    })
  })
  watch.stop()
  return ended
}

export function* cancelGroup(watch: Stopwatch): Coroutine<number> {
  yield* use(new TaskGroup(), function* (group) {
    yield* fill(group, watch)
    group.cancel()
  })
  watch.stop()
  return ended
}

class Failed extends Error {}

/** Throw in the body of a group. */
export function* failInGroup(watch: Stopwatch): Coroutine<number> {
  try {
    yield* use(new TaskGroup(), function* (group) {
      yield* fill(group, watch)
      throw new Failed('no')
    })
  } catch {
    watch.stop()
  }
  return ended
}

async function waiting(controller: AbortController): Promise<void> {
  try {
    await aborted(controller)
  } finally {
    ended++
  }
}

/** Abort one signal for all of them. */
export async function abortAll(watch: Stopwatch): Promise<number> {
  ended = 0
  const controller = new AbortController()
  setMaxListeners(SLEEPERS, controller.signal)
  const all = Array.from({ length: SLEEPERS }, () => waiting(controller))
  watch.start()
  controller.abort()
  await Promise.allSettled(all)
  watch.stop()
  return ended
}
