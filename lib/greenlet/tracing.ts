import { type Mode, SEND } from '../generator/resume.ts'
import { hooks, setHook } from '../generator/hooks.ts'
import { isNativeGenerator } from '../generator/native-generator.ts'
import { ANSWER } from '../generator/registers.ts'
import type { Fiber } from './fiber.ts'

/** What a tracer that wants to switch itself (G26) returns: a generator, to run before the target goes on. */
export type Interlude = Generator<unknown, unknown, unknown>

/**
 * Tell the tracer of a jump that has been made.
 * @throws what the tracer throws; it is removed then, and the error belongs to the target (G25).
 */
export function trace(origin: Fiber, target: Fiber, mode: Mode): Interlude | null {
  const { tracer } = hooks
  if (tracer === null) return null
  const answer = ANSWER.value // the target's; the tracer may drive others
  try {
    const interlude = tracer(mode === SEND ? 'switch' : 'throw', [origin, target])
    return isNativeGenerator(interlude) ? interlude : null
  } catch (error) {
    setHook('tracer', null)
    throw error
  } finally {
    ANSWER.value = answer
  }
}

/** Run the tracer's generator, then what the target came for. */
export function* afterInterlude(interlude: Interlude, next: Interlude): Interlude {
  try {
    yield* interlude
  } catch (error) {
    setHook('tracer', null)
    throw error
  }
  return yield* next
}
