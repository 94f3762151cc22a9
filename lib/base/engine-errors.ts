import { isInstance } from './throwable.ts'

/**
 * Two slips make the engine itself throw, inside of the library or in a line of the program, and its sentence does not say what to write
 * instead. When such an error leaves a task, it gets a second sentence.
 */
export function explainEngineError(error: unknown): void {
  if (!isInstance(error, TypeError) || 'code' in error) return
  const advice = adviceFor(error.message)
  if (advice === '') return
  try {
    const { message, stack } = error
    const explained = `${message}. ${advice}`
    error.message = explained
    if (typeof stack === 'string') error.stack = stack.replace(message, () => explained)
  } catch { // it is frozen, or a getter of it throws
  }
}

function adviceFor(message: unknown): string {
  if (typeof message !== 'string' || ADVICE.some(advice => message.endsWith(advice))) return ''
  if (namesInternals(message)) return LOST_OBJECT
  if (!message.includes('is not iterable')) return ''
  return message.startsWith('yield* ') ? NOT_A_COROUTINE : PERHAPS_BEHIND_YIELD
}

/** A name of the library's own that begins with `$`, looked up in nothing. */
function namesInternals(message: string): boolean {
  return message.includes('undefined') && OPENINGS.some(opening => message.includes(`${opening}$`))
}

/** What stands before the name in V8, QuickJS and SpiderMonkey, and in JavaScriptCore. */
const OPENINGS = ['\'', '"', 'this.']

const LOST_OBJECT = 'Was a method taken from its object, as put is by const { put } = queue? Write queue.put(…)'
// V8 does not even say that a method does not exist.
const NOT_A_COROUTINE = 'yield* takes a coroutine, a future or a request. Does the method exist, and does it wait? ' +
  'task.cancel() and queue.putNowait() do not: call them without yield*. A promise goes into yield* fromPromise(promise), of yieldfrom/promise'
// When a variable stands behind `yield*`, V8 says the same as for a loop or an array.
const PERHAPS_BEHIND_YIELD = 'If it stands behind yield*: call the function, as in yield* f(); a promise goes into yield* fromPromise(promise), of yieldfrom/promise'
const ADVICE = [LOST_OBJECT, NOT_A_COROUTINE, PERHAPS_BEHIND_YIELD]
