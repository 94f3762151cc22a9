import { type Coroutine, gather, sleep } from 'yieldfrom'

/** Brews one cup. Other cups are brewed meanwhile. */
export function* brew(order: string, ms: number): Coroutine<string> {
  yield* sleep(ms)
  return `one ${order}`
}

/** Brews two cups side by side. */
export function* serve(): Coroutine<string[]> {
  return yield* gather([brew('tea', 300), brew('coffee', 500)])
}
