import { BadYieldError } from '../base/errors.ts'
import { failFrame } from './fail.ts'
import { nativeNext, nativeThrow } from './native-generator.ts'
import { throwPastList } from './lists.ts'
import { refuseShared } from './shared-generator.ts'
import { CLOSED, CREATED, SUSPENDED, type Stack, type StackFrame } from './stack.ts'
import { ANSWER, registers, takeForgotten } from './registers.ts'
import { DELEGATE, DELEGATE_STARTED, REFUSED, REQUEST, RESUME, type Request, Thrown } from './request.ts'
import { notify } from './watch.ts'

/** How a frame is resumed. `THROW` throws at a `yield`. `RAISE` throws at a `yield*` that waits for its driver. */
export const SEND = 0
export const THROW = 1
export const RAISE = 2
export type Mode = typeof SEND | typeof THROW | typeof RAISE

/** Why control left a stack. `registers.value` has the value, the error or the request. */
export const YIELDED = 0
export const RETURNED = 1
export const FAILED = 2
export const REQUESTED = 3
export type Signal = typeof YIELDED | typeof RETURNED | typeof FAILED | typeof REQUESTED

/**
 * Resume the top of a stack, and go on until control leaves the stack. `send`, `throw`, delegation and return have the
 * meaning of PEP 342, 380 and 479. A request may hop, which means that it goes on in another stack at once. Control then
 * leaves that other stack.
 * @returns why control left; `registers.value` has the value, the error or the request.
 */
export function resumeTop(stack: Stack, mode: Mode, value: unknown): Signal {
  const frame = stack.$top as StackFrame
  if (registers.observed) notifyResume(frame, mode, value, false)
  return follow(stack, frame, stepFrame(frame, mode, value))
}

/**
 * Make one step of a generator: it runs until it yields or ends.
 * @returns null when it ends with an error, which is in `registers.value`.
 */
export function stepFrame(frame: StackFrame, mode: Mode, value: unknown): IteratorResult<unknown, unknown> | null {
  if (mode !== SEND) return throwInto(frame, mode, value)
  try {
    frame.state = SUSPENDED
    return nativeNext.call(frame.body, value)
  } catch (error) {
    registers.value = error
    return null
  }
}

/**
 * Do what the top of a stack asked in its last step. Then make the steps that follow, until control leaves the stack.
 * Everything that generators ask arrives here.
 */
export function follow(stack: Stack, top: StackFrame, result: IteratorResult<unknown, unknown> | null): Signal {
  let frame: StackFrame | null = top
  for (;;) {
    let mode: Mode = SEND
    let value: unknown = RESUME
    let delegateEnded = false
    if (result === null) {
      delegateEnded = true
      frame = failFrame(stack, frame, registers.value)
      mode = RAISE
      value = registers.value
    } else {
      let out = result.value
      if (out === DELEGATE_STARTED && registers.arriving !== null) {
        frame = registers.arriving as StackFrame
        registers.arriving = null
        out = registers.firstYield
        registers.firstYield = undefined
        if (out !== REQUEST && out !== DELEGATE) registers.asked = null
      }
      if (out === REQUEST && registers.asked !== null) { // a script may yield a token that it has kept, and then nothing is asked
        const request = registers.asked as Request
        registers.asked = null
        const next = request.hop(stack) as Stack | null
        if (next === null) {
          registers.value = request
          return REQUESTED
        }
        stack = next
        frame = stack.$top
      } else if (out === DELEGATE && registers.asked !== null) {
        const delegate = registers.asked as StackFrame
        registers.asked = null
        if (delegate.stack === null || !delegate.stack.$busy) {
          if (registers.observed) notify('delegate', frame, delegate)
          stack.$push(delegate)
          frame = delegate
          value = registers.sentToDelegate
          if (value instanceof Thrown) {
            mode = THROW
            value = value.error
          }
        } else {
          const place = refuseShared(frame, delegate)
          mode = place === 'at the shared generator' ? THROW : RAISE
          if (place === 'below the frame') frame = stack.$pop()
          value = registers.value
        }
      } else if (registers.asked !== null || registers.promised !== null) {
        // A request was made and its token never arrived here: a slip, thrown into the frame that made it.
        value = takeForgotten(out)
        mode = THROW
        if (result.done) {
          frame = failFrame(stack, frame, value)
          mode = RAISE
          delegateEnded = true
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
        delegateEnded = true
      } else if (out === REFUSED) {
        const place = refuseShared(frame, null)
        mode = place === 'at the shared generator' ? THROW : RAISE
        if (place === 'below the frame') frame = stack.$pop()
        value = registers.value
      } else {
        if (registers.observed) notify('yield', frame, out)
        registers.value = out
        return YIELDED
      }
    }
    if (frame === null) return FAILED // no frame is left to throw the error into
    if (registers.observed) notifyResume(frame, mode, value, delegateEnded)
    result = stepFrame(frame, mode, value)
  }
}

/** It catches what it throws itself: V8 compiles no function that never returns, and interprets it for ever. */
function throwInto(frame: StackFrame, mode: Mode, error: unknown): IteratorResult<unknown, unknown> | null {
  registers.raising = mode === RAISE
  try {
    return error instanceof BadYieldError ? throwPastList(frame.body, error) : nativeThrow.call(frame.body, error)
  } catch (thrown) {
    registers.value = thrown
    return null
  } finally {
    registers.raising = false
  }
}

/** Report how a frame goes on. @param delegateEnded whether it does because its delegate has ended. */
export function notifyResume(frame: StackFrame, mode: Mode, value: unknown, delegateEnded: boolean): void {
  if (mode !== SEND) notify(delegateEnded ? 'fail' : 'throw', frame, value)
  else if (value !== RESUME) notify(frame.state === CREATED ? 'enter' : 'send', frame, value)
  else notify(delegateEnded ? 'result' : 'answer', frame, ANSWER.value)
}
