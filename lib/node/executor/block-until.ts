import { interrupts } from '../host/interrupts.ts'
import { thisThread } from '../thread/this-thread.ts'

/** Block this thread until something is so, at most for so many milliseconds. @returns whether it is. */
export function blockUntil(isSo: () => boolean, timeout: number | null): boolean {
  const end = timeout === null ? Infinity : performance.now() + timeout
  thisThread.poll()
  while (!isSo()) {
    const left = end - performance.now()
    if (left <= 0) return false
    thisThread.sleep(left === Infinity ? null : left)
    interrupts.look()
  }
  return true
}
