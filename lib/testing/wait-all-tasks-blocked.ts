import type { Coroutine } from '../generator/types.ts'
import { getRunningLoop } from '../task/loops.ts'

/**
 * Wait until all other tasks wait for something, and nothing is left to do before time goes on (trio's
 * `wait_all_tasks_blocked`). Everything that can happen at once has then happened.
 */
export function* waitAllTasksBlocked(): Coroutine<void> {
  const loop = getRunningLoop()
  const future = loop.createFuture<void>()
  const release = (): void => { if (!future.$ended) future.setResult() }
  loop.$quiet.add(release)
  try {
    yield* future
  } finally {
    loop.$quiet.delete(release)
  }
}
