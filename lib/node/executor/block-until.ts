import { ctrlC } from '../host/ctrl-c.ts'
import { thisThread } from '../thread/this-thread.ts'

/**
 * Block this thread until a condition holds.
 * @param timeout the longest time in milliseconds; `null` for no limit.
 * @returns whether the condition holds.
 */
export function blockUntil(holds: () => boolean, timeout: number | null): boolean {
  const end = timeout === null ? Infinity : performance.now() + timeout
  thisThread.poll()
  while (!holds()) {
    const left = end - performance.now()
    if (left <= 0) return false
    thisThread.sleep(left === Infinity ? null : left)
    ctrlC.deliver()
  }
  return true
}
