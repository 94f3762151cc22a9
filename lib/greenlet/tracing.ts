import { type Mode, SEND } from '../generator/resume.ts'
import { hooks, setHook } from '../generator/hooks.ts'
import { isNativeGenerator } from '../generator/native-generator.ts'
import { ANSWER } from '../generator/registers.ts'
import type { Fiber } from './fiber.ts'

/** A generator that runs before the target goes on. A tracer that wants to switch returns one (G26). */
export type Interlude = Generator<unknown, unknown, unknown>

/**
 * Tell the tracer of a jump that has been made.
 * @returns the generator that the tracer wants to run, or `null`.
 * @throws what the tracer throws. The tracer is then removed, and the target gets the error (G25).
 */
export function trace(origin: Fiber, target: Fiber, mode: Mode): Interlude | null {
  const { tracer } = hooks
  if (tracer === null) return null
  const answer = ANSWER.value // it belongs to the target, and the tracer may drive other generators
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

/** Run the tracer's generator, and then what the target was to do. */
export function* afterInterlude(interlude: Interlude, next: Interlude): Interlude {
  try {
    yield* interlude
  } catch (error) {
    setHook('tracer', null)
    throw error
  }
  return yield* next
}
