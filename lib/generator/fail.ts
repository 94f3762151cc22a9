import { isInstance } from '../base/throwable.ts'
import { GeneratorBusyError, RuntimeError, StopIteration } from '../base/errors.ts'
import { nativeNext } from './native-generator.ts'
import { CLOSED, CREATED, type Stack, type StackFrame } from './stack.ts'
import { dropRequests, registers } from './registers.ts'
import { notify } from './watch.ts'

/** The frames that the last error ended, innermost first. The logical stack of the error is made of them. */
export const trail: { error: unknown; frames: StackFrame[] } = { error: undefined, frames: [] }

/** @returns the frames that this error ended. They are forgotten here. */
export function takeTrail(error: unknown): readonly StackFrame[] {
  const frames = trail.error === error ? trail.frames : []
  forgetTrail()
  return frames
}

/** Forget the frames, so that they are not kept alive. */
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
  const ran = frame.state !== CREATED // then the error comes from its body
  dropRequests()
  if (trail.error === error) {
    trail.frames.push(frame)
  } else {
    trail.error = error
    trail.frames = [frame]
  }
  registers.value = error
  if (isRunning(frame.body)) {
    registers.value = new GeneratorBusyError()
  } else {
    frame.state = CLOSED
    if (ran && isInstance(error, StopIteration) && frame.isGenerator) { // Y8
      registers.value = new RuntimeError('generator raised StopIteration', { code: 'STOP_ITERATION_ESCAPED', cause: error })
    }
  }
  if (registers.observed) notify('raise', frame, registers.value)
  return stack.$pop()
}

/** Do the same for a frame in its first step. JavaScript itself hands the error to the delegator. @returns the error. */
export function failFirstStep(stack: Stack, frame: StackFrame, error: unknown): unknown {
  const delegator = failFrame(stack, frame, error)
  const { value } = registers
  if (registers.observed) notify('fail', delegator, value)
  return value
}

/**
 * Is the generator running further down on JavaScript's stack (Y10)? Then the error came from JavaScript. A generator that
 * ended with an error is finished, so that one more `next()` does nothing, unless JavaScript's stack is full.
 */
function isRunning(generator: Generator): boolean {
  try {
    nativeNext.call(generator)
    return false
  } catch (error) {
    return !(error instanceof RangeError)
  }
}
