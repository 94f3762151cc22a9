import { describe } from '../base/describe.ts'
import { ArgumentError, GeneratorBusyError, RuntimeError, StopIteration } from '../base/errors.ts'
import { isNativeGenerator, nativeNext } from './native-generator.ts'
import { CLOSED, CREATED, type Stack, type StackFrame } from './stack.ts'
import { dropRequests, registers } from './trap.ts'
import { notify } from './watch.ts'

/** The way of the last error: the frames that it ended, innermost first. An error that leaves a task shows them. */
export const trail: { error: unknown; frames: StackFrame[] } = { error: undefined, frames: [] }

/**
 * The frame has ended with an error, which goes to the frame below: it is in `registers.value`.
 */
export function failFrame(stack: Stack, frame: StackFrame, error: unknown): StackFrame | null {
  const ran = frame.state !== CREATED // so the error comes from there
  dropRequests()
  if (trail.error !== error) {
    trail.error = error
    trail.frames = []
  }
  trail.frames.push(frame)
  registers.value = error
  if (!isNativeGenerator(frame.body)) {
    frame.state = CLOSED
    registers.value = new ArgumentError(`a generator is expected, not ${describe(frame.body)}. Write coroutine(function* () {...})`,
      'NOT_A_GENERATOR')
  } else if (isRunning(frame.body)) {
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

/** The same for a frame that has just begun: its delegator is told by JavaScript itself. @returns the error. */
export function failFirstStep(stack: Stack, frame: StackFrame, error: unknown): unknown {
  const delegator = failFrame(stack, frame, error)
  const { value } = registers
  if (registers.observed) notify('throw', delegator, value)
  return value
}

function isStopIteration(error: unknown): boolean {
  try {
    return error instanceof StopIteration
  } catch {
    return false // a revoked proxy: it cannot even be asked
  }
}

/**
 * Did the error come from JavaScript, because the generator is running further down (Y10)? One that ended with an
 * error of its own is finished, and to ask it again does nothing, if only there is some stack left.
 */
function isRunning(generator: Generator): boolean {
  try {
    nativeNext.call(generator)
    return false
  } catch (error) {
    return !(error instanceof RangeError)
  }
}
