import { describe } from '../base/describe.ts'
import { ArgumentError } from '../base/errors.ts'
import { type Mode, RAISE, RETURNED, SEND, THROW, YIELDED } from '../generator/resume.ts'
import { drive } from '../generator/drive.ts'
import { Frame } from '../generator/frame.ts'
import { isNativeGenerator } from '../generator/native-generator.ts'
import { Stack } from '../generator/stack.ts'
import { ANSWER, registers, throwIfForgotten } from '../generator/registers.ts'
import { RESUME } from '../generator/request.ts'
import { badYieldError } from './slips.ts'
import { DEAD, type Fiber, type Parcel, STARTED, WAITING } from './fiber.ts'
import { type Interlude, afterInterlude } from './tracing.ts'

/** How the fiber goes on that control has come to. If that is the main of a drive, it is what the drive returns or throws. */
export const arrival: { mode: Mode; value: unknown } = { mode: SEND, value: undefined }

export function arrive<F extends Fiber>(fiber: F, mode: Mode, value: unknown): F {
  arrival.mode = mode
  arrival.value = value
  return fiber
}

/**
 * Start a fiber: call its `run`.
 * @returns what it ends with, if it has ended already; otherwise `null`.
 */
export function startFiber(fiber: Fiber, body: unknown, brought: Parcel, interlude: Interlude | null): Parcel | null {
  try {
    const result = interlude === null ? callRun(fiber, body, brought) : afterInterlude(interlude, callRunLater(fiber, body, brought))
    const frame = frameOf(result)
    if (frame === null) return finishFiber(fiber, SEND, result)
    fiber.$push(frame)
  } catch (error) {
    return finishFiber(fiber, THROW, error)
  }
  fiber.$state = STARTED
  arrive(fiber, SEND, undefined)
  return null
}

/** A fiber has ended. @returns what its parent gets. */
export function finishFiber(fiber: Fiber, mode: Mode, value: unknown): Parcel {
  fiber.$state = DEAD
  return fiber.$finish(mode, value)
}

/** Go on in a fiber that waits at a `yield*`. */
export function resumeFiber(fiber: Fiber, { mode, value }: Parcel, interlude: Interlude | null): Fiber {
  if (fiber.$state === WAITING) {
    const { $parkedAt: wait, $waiter: waiter } = fiber
    const isReady = wait?.$ended !== false
    try {
      wait?.$unpark(fiber)
    } catch (error) {
      mode = RAISE // the undo has failed, and the fiber that waited gets the error
      value = error
    }
    if (isReady) waiter?.$losesTurn()
    fiber.$state = STARTED
  }
  if (interlude !== null) {
    fiber.$push(new Frame(afterInterlude(interlude, deliver(mode, value))))
    return arrive(fiber, SEND, undefined)
  }
  if (mode !== SEND) return arrive(fiber, RAISE, value)
  ANSWER.value = value
  return arrive(fiber, SEND, RESUME)
}

/** Go on in the plain code that made the drive. */
export function arriveInMain(main: Fiber, { mode, value }: Parcel, interlude: Interlude | null): Fiber {
  if (interlude === null) return arrive(main, mode, value)
  const stack = new Stack()
  stack.$push(new Frame(afterInterlude(interlude, deliver(mode, value))))
  const signal = drive(stack, SEND, undefined)
  if (signal === YIELDED) return arrive(main, THROW, badYieldError(registers.value))
  return arrive(main, signal === RETURNED ? SEND : THROW, registers.value)
}

/** @returns the frame for a coroutine that a function returned; `null` when it returned anything else. */
export function frameOf(result: unknown): Frame | null {
  if (isNativeGenerator(result)) return new Frame(result)
  return result instanceof Frame ? result : null
}

/** Call the body. If control has brought an error, the body is never called, and the error is thrown (G14). */
function callRun(fiber: Fiber, body: unknown, { mode, value, count }: Parcel): unknown {
  if (mode !== SEND) throw value
  if (typeof body !== 'function') {
    throw new ArgumentError(`the run of a greenlet must be a function, not ${describe(body)}`, 'RUN_NOT_CALLABLE')
  }
  const args = count === 0 ? [] : count === 1 ? [value] : value as unknown[]
  const result: unknown = Reflect.apply(body, fiber, args)
  throwIfForgotten()
  return result
}

function* callRunLater(fiber: Fiber, body: unknown, brought: Parcel): Interlude {
  const result = callRun(fiber, body, brought)
  const frame = frameOf(result)
  return frame === null ? result : yield* frame
}

function* deliver(mode: Mode, value: unknown): Interlude {
  if (mode !== SEND) throw value
  return value
}
