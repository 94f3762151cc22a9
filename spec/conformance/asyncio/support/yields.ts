/** A yield in a coroutine; the twin of `yields.py`. */
import type { Coroutine } from '../../../../lib/index.ts'

export function* yields(value?: unknown): Coroutine<unknown> {
  return (yield value as undefined) as unknown
}
