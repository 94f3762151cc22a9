import { GeneratorBusyError } from '../base/errors.ts'
import { REQUESTED, FAILED, type Mode, RAISE, RETURNED, SEND, type Signal, THROW, YIELDED } from './control.ts'
import { failFrame } from './fail.ts'
import { nativeNext, nativeThrow } from './native-generator.ts'
import { CLOSED, CREATED, SUSPENDED, type Stack, type StackFrame } from './stack.ts'
import { ANSWER, DELEGATE, DELEGATE_STARTED, REFUSED, REQUEST, RESUME, type Request, Thrown, registers, takeForgotten } from './trap.ts'
import { notify } from './watch.ts'

/**
 * Resume the top of a stack, and go on until control leaves the stack: `send`, `throw`, delegate and return, with the
 * meaning of PEP 342, 380 and 479. A promised request may hop: go on in another stack at once, and then the stack that
 * control leaves is that one.
 */
export function run(stack: Stack, mode: Mode, value: unknown): Signal {
  const frame = stack.$top as StackFrame
  if (registers.observed) notifyResume(frame, mode, value)
  return follow(stack, frame, step(frame, mode, value))
}

/**
 * One step of a generator: it runs until it yields or ends.
 * @returns null when it ends with an error, which is in `registers.value`.
 */
export function step(frame: StackFrame, mode: Mode, value: unknown): IteratorResult<unknown, unknown> | null {
  try {
    if (mode !== SEND) return throwInto(frame, mode, value)
    frame.state = SUSPENDED
    return nativeNext.call(frame.body, value)
  } catch (error) {
    registers.value = error
    return null
  }
}

/** What came of a step, and of the steps that follow from it. All that generators ask arrives here. */
export function follow(stack: Stack, top: StackFrame, result: IteratorResult<unknown, unknown> | null): Signal {
  let frame: StackFrame | null = top
  for (;;) {
    let mode: Mode = SEND
    let value: unknown = RESUME
    if (result === null) {
      frame = failFrame(stack, frame, registers.value)
      mode = RAISE
      value = registers.value
    } else {
      let out = result.value
      if (out === DELEGATE_STARTED) {
        frame = registers.arriving as StackFrame
        registers.arriving = null
        out = registers.begun
        if (out !== REQUEST && out !== DELEGATE) registers.asked = null
      }
      if (out === REQUEST) {
        const request = registers.asked as Request
        registers.asked = null
        const next = request.hop(stack) as Stack | null
        if (next === null) {
          registers.value = request
          return REQUESTED
        }
        stack = next
        frame = stack.$top
      } else if (out === DELEGATE) {
        const delegate = registers.asked as StackFrame
        registers.asked = null
        if (delegate.stack === null || !delegate.stack.$busy) {
          if (registers.observed) notify('delegate', frame, delegate)
          stack.$push(delegate)
          frame = delegate
          value = registers.sent
          if (value instanceof Thrown) {
            mode = THROW
            value = value.error
          }
        } else {
          frame = refuse(stack, frame, delegate.below?.body === frame.body)
          mode = RAISE
          value = registers.value
        }
      } else if (registers.asked !== null || registers.promised !== null) {
        // Something was asked for, and it never arrived here: a slip, shown to the frame that made it.
        value = takeForgotten()
        mode = THROW
        if (result.done) {
          frame = failFrame(stack, frame, value)
          mode = RAISE
        }
      } else if (result.done) {
        if (registers.observed) notify('return', frame, out)
        frame.state = CLOSED
        frame = stack.$pop()
        if (frame === null) {
          registers.value = out
          return RETURNED
        }
        ANSWER.value = out
      } else if (out === REFUSED) {
        frame = refuse(stack, frame, true)
        mode = RAISE
        value = registers.value
      } else {
        if (registers.observed) notify('yield', frame, out)
        registers.value = out
        return YIELDED
      }
    }
    if (frame === null) return FAILED // the error went past the last frame
    if (registers.observed) notifyResume(frame, mode, value)
    result = step(frame, mode, value)
  }
}

function throwInto(frame: StackFrame, mode: Mode, error: unknown): IteratorResult<unknown, unknown> {
  registers.raising = mode === RAISE
  try {
    return nativeThrow.call(frame.body, error)
  } finally {
    registers.raising = false
  }
}

/**
 * Another drive is in the middle of what this one came to (Y10), which is left as it is. The error goes to `frame`, if it
 * just wants to delegate to it; when its own generator is `inUse`, to the one who resumed it.
 */
function refuse(stack: Stack, frame: StackFrame, inUse: boolean): StackFrame | null {
  registers.value = new GeneratorBusyError()
  return inUse ? stack.$pop() : frame
}

function notifyResume(frame: StackFrame, mode: Mode, value: unknown): void {
  if (mode !== SEND) notify('throw', frame, value)
  else notify(frame.state === CREATED ? 'enter' : 'send', frame, value === RESUME ? ANSWER.value : value)
}
