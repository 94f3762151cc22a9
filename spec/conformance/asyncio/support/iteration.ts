/** One step of an asynchronous generator, logged the same in both languages; the twin of `iteration.py`. */
import type { Awaitable, Coroutine } from '../../../../lib/index.ts'
import { type Log, isWord } from '../../programs.ts'

/** The messages that are a promise; a program's own are single words. */
const PROMISED = new Set([
  'async generator ignored GeneratorExit',
  'anext(): asynchronous generator is already running',
  'athrow(): asynchronous generator is already running',
  'aclose(): asynchronous generator is already running',
])

/** Log what `anext()`, `asend()` or `athrow()` gives. */
export function* step(log: Log, awaitable: Awaitable<IteratorResult<unknown, unknown>>): Coroutine<void> {
  try {
    const { value, done } = yield* awaitable
    if (done === true) log('ends')
    else log('yields', value)
  } catch (error) {
    log('throws', error, said(error))
  }
}

/** Log what `aclose()` does. */
export function* close(log: Log, awaitable: Awaitable<unknown>): Coroutine<void> {
  try {
    yield* awaitable
    log('closed')
  } catch (error) {
    log('not closed', error, said(error))
  }
}

/** The message of an error, if it is to be compared. */
export function said(error: unknown): string {
  const { message } = error as Error
  return PROMISED.has(message) || isWord(message) ? message : '-'
}
