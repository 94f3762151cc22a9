import { adviceForAwaitable } from '../base/advice.ts'
import { ArgumentError } from '../base/errors.ts'
import { Frame } from '../generator/frame.ts'
import { nameOfGenerator } from '../generator/names.ts'
import { isNativeGenerator } from '../generator/native-generator.ts'
import { WaitRequest } from '../greenlet/fiber.ts'
import { OneTurn } from './pass-turn.ts'
import { type Runs, giveTo, usedUp } from '../generator/used-up.ts'

/** Make the frame in which a task runs its coroutine. @throws TypeError when the value is not a coroutine. */
export function taskFrame(coroutine: unknown, task: Runs): Frame {
  if (!isNativeGenerator(coroutine)) return otherTaskFrame(coroutine)
  return new Frame(giveTo(task, coroutine) ? usedUp() : coroutine)
}

function otherTaskFrame(coroutine: unknown): Frame {
  if (coroutine instanceof Frame) return isTaken(coroutine) ? new Frame(awaiting(coroutine)) : coroutine
  if (coroutine instanceof WaitRequest || coroutine instanceof OneTurn) return new Frame(awaiting(coroutine))
  throw notACoroutine(coroutine, 'createTask(…)')
}

/** @param call the call as it should be, with `…` where the coroutine stands. */
export function notACoroutine(value: unknown, call: string): ArgumentError {
  return new ArgumentError(`a coroutine was expected, got ${adviceForAwaitable(value, call)}`, 'NOT_A_COROUTINE')
}

/** Was the coroutine awaited before? Then it cannot run again, and the task fails with the error that says so. */
function isTaken(coroutine: Frame): boolean {
  try {
    coroutine.take()
    return false
  } catch {
    return true
  }
}

/** A coroutine that awaits a request. It is for tasks that are made of a `sleep()` or the like. */
function* awaiting(request: WaitRequest | OneTurn | Frame): Generator<unknown, unknown, unknown> { return yield* request }

/** The name of a coroutine, for reports. */
export function nameOfCoroutine(coroutine: object): string {
  if (isNativeGenerator(coroutine)) return nameOfGenerator(coroutine)
  return coroutine instanceof Frame ? coroutine.name : (coroutine as WaitRequest | OneTurn).toString()
}
