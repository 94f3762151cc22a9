import type { Awaitable, Coroutine } from '../../lib/index.ts'

/** An error in a line: its name, its code, its sentence. */
export function words(thrown: unknown): string {
  const { name, code, message } = thrown as Error & { code?: string }
  return `${name} ${String(code)}: ${message}`
}

/** What comes of it: its result, or its error in words. */
export function* attempt(what: () => Awaitable<unknown>): Coroutine<unknown> {
  try {
    return yield* what()
  } catch (thrown) {
    return words(thrown)
  }
}
