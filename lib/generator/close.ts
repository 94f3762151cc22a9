import { GeneratorBusyError, GeneratorExit, RuntimeError } from '../base/errors.ts'
import { stackless } from '../base/stackless.ts'
import { FAILED, type Mode, RAISE, SEND, type Signal, THROW, YIELDED } from './resume.ts'
import { drive } from './drive.ts'
import { CLOSED, DRIVEN, Stack, type StackFrame } from './stack.ts'
import { ANSWER, registers, takeValue } from './registers.ts'
import { RESUME } from './request.ts'
import { notify } from './watch.ts'

/**
 * Close a frame and all that it delegates to, innermost first (Y6, Y9).
 * @returns the value that the frame's generator returned when it was closed, if it returned one.
 * @throws GeneratorBusyError when it is running; RuntimeError when its generator yields instead of ending; otherwise the
 * error that its generator ends with.
 */
export function closeFrame(outermost: StackFrame): unknown {
  const { mode, value, returned } = closeAll(outermost)
  if (mode === SEND || value instanceof GeneratorExit) return returned
  throw value
}

/**
 * Close what a frame delegates to, before `GeneratorExit` is raised in the frame itself (Y6).
 * @returns how the frame goes on. As a rule it gets the exit; if closing failed, it gets that error.
 */
export function closeDelegate(frame: StackFrame, delegate: StackFrame, exit: GeneratorExit): Resumption {
  frame.stack = HELD
  frame.below = null
  let closed: Resumption
  try {
    closed = closeAll(delegate)
  } catch (error) {
    closed = { mode: RAISE, value: error }
  }
  frame.stack = null
  return closed.quiet === true ? { mode: RAISE, value: exit } : closed
}

/** How a frame goes on. */
export interface Resumption {
  readonly mode: Mode
  readonly value: unknown
  /** Its delegate closed cleanly. The frame gets the `GeneratorExit` that its own caller threw. */
  readonly quiet?: boolean
}

/** A frame is put on this stack while its delegate is being closed, so that it counts as running (Y10). */
const HELD = new Stack()
HELD.$state = DRIVEN

/** @returns how a delegator of the outermost frame goes on, and what the generator of that frame returned. */
function closeAll(outermost: StackFrame): Resumption & { readonly returned: unknown } {
  if (outermost.running) throw new GeneratorBusyError()
  if (registers.observed && outermost.state !== CLOSED) notify('close', outermost, undefined)
  const frames: StackFrame[] = []
  let next: Resumption = { mode: THROW, value: stackless(GeneratorExit, 'GENERATOR_EXIT'), quiet: true }
  for (let frame: StackFrame | null = outermost; frame !== null && frame.state !== CLOSED; frame = frame.delegate) {
    if (frame.running) {
      next = { mode: RAISE, value: new GeneratorBusyError() }
      break
    }
    frames.push(frame)
  }
  frames.forEach((frame, i) => {
    frame.stack = HELD
    frame.below = frames[i - 1] ?? null
  })
  let returned: unknown
  for (let frame = frames.pop(); frame !== undefined; frame = frames.pop()) {
    const stack = new Stack()
    stack.$push(frame)
    const signal = resumeClosed(stack, next)
    const value = takeValue()
    returned = undefined
    if (signal === YIELDED) {
      next = { mode: RAISE, value: new RuntimeError('generator ignored GeneratorExit', { code: 'IGNORED_GENERATOR_EXIT' }) }
    } else if (signal === FAILED) {
      const quiet = frame.isGenerator ? value instanceof GeneratorExit : value === next.value
      next = { mode: RAISE, value: quiet ? stackless(GeneratorExit, 'GENERATOR_EXIT') : value, quiet }
    } else if (!frame.isGenerator) {
      next = { mode: SEND, value } // its close() raised StopIteration, which ends the delegation (Python 3.12)
    } else {
      next = { mode: RAISE, value: stackless(GeneratorExit, 'GENERATOR_EXIT'), quiet: true }
      returned = value
    }
  }
  return { ...next, returned }
}

/** Resume a stack whose top waits at a `yield*`. */
function resumeClosed(stack: Stack, { mode, value }: Resumption): Signal {
  if (mode !== SEND) return drive(stack, mode, value)
  ANSWER.value = value
  return drive(stack, SEND, RESUME)
}
