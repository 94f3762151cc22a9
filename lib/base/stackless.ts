/** V8 captures so many frames for each new error. Other engines have no such number. */
interface StackCapture {
  stackTraceLimit?: number
}

/**
 * Make an error without capturing JavaScript's stack. The stack takes seven eighths of the time to make an error, and
 * nobody reads that of an error which is thrown to end a coroutine.
 */
export function stackless<E extends Error>(errorClass: new (message?: string) => E, message?: string): E {
  const capture = Error as StackCapture
  const limit = capture.stackTraceLimit
  if (typeof limit !== 'number' || !setLimit(capture, 0)) return new errorClass(message)
  try {
    return new errorClass(message)
  } finally {
    capture.stackTraceLimit = limit
  }
}

/** @returns false where `Error` is frozen. */
function setLimit(capture: StackCapture, limit: number): boolean {
  try {
    capture.stackTraceLimit = limit
    return true
  } catch {
    return false
  }
}
