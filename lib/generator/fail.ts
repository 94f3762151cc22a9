import { GeneratorBusyError, RuntimeError, StopIteration } from '../base/errors.ts'
import { nativeNext } from './native-generator.ts'
import { CLOSED, CREATED, type Stack, type StackFrame } from './stack.ts'
import { dropRequests, registers } from './registers.ts'
import { notify } from './watch.ts'

/** The frames that the last error ended, innermost first: what the logical stack of the error is made of. */
export const trail: { error: unknown; frames: StackFrame[] } = { error: undefined, frames: [] }

/** @returns the frames that this error ended. They are forgotten here. */
export function takeTrail(error: unknown): readonly StackFrame[] {
  const frames = trail.error === error ? trail.frames : []
  forgetTrail()
  return frames
}

/** Keep no frame alive. */
export function forgetTrail(): void {
  if (trail.frames.length === 0) return
  trail.error = undefined
  trail.frames = []
}

/**
 * A frame has ended with an error, or could not be resumed.
 * @returns the frame below, which gets the error that is in `registers.value`.
 */
export function failFrame(stack: Stack, frame: StackFrame, error: unknown): StackFrame | null {
  const ran = frame.state !== CREATED // so the error comes from its body
  dropRequests()
  if (trail.error !== error) {
    trail.error = error
    trail.frames = []
  }
  trail.frames.push(frame)
  registers.value = error
  if (isRunning(frame.body)) {
    registers.value = new GeneratorBusyError()
  } else {
    frame.state = CLOSED
    if (ran && isStopIteration(error) && frame.isGenerator) { // Y8
      registers.value = new RuntimeError('generator raised StopIteration', { code: 'STOP_ITERATION_ESCAPED', cause: error })
    }
  }
  if (registers.observed) notify('raise', frame, registers.value)
  return stack.$pop()
}

/** The same for a frame in its first step, whose error JavaScript itself hands to the delegator. @returns the error. */
export function failFirstStep(stack: Stack, frame: StackFrame, error: unknown): unknown {
  const delegator = failFrame(stack, frame, error)
  const { value } = registers
  if (registers.observed) notify('fail', delegator, value)
  return value
}

function isStopIteration(error: unknown): boolean {
  try {
    return error instanceof StopIteration
  } catch {
    return false // a revoked proxy cannot be asked
  }
}

/**
 * Did the error come from JavaScript, because the generator is running further down on its stack (Y10)? A generator that
 * ended with an error is finished, and one more `next()` does nothing, as long as JavaScript's stack has room for it.
 */
function isRunning(generator: Generator): boolean {
  try {
    nativeNext.call(generator)
    return false
  } catch (error) {
    return !(error instanceof RangeError)
  }
}
