import { adviceFor } from '../base/advice.ts'
import { describe } from '../base/describe.ts'
import { BadYieldError } from '../base/errors.ts'
import { isCoroutine } from '../generator/coroutine.ts'
import { Frame } from '../generator/frame.ts'
import { NEXT_TURN } from '../generator/request.ts'
import type { StackFrame } from '../generator/stack.ts'
import { Fiber, whoseTurn } from './fiber.ts'

/** The error for a value that a fiber yielded and that its driver does not understand. */
export function badYieldError(value: unknown, fiber: Fiber | null = null): Error {
  try {
    return new BadYieldError(slip(value, fiber))
  } catch {
    return new BadYieldError(`${handOver(fiber)}, and this is ${describe(value)}`) // it throws when it is looked at
  }
}

function slip(value: unknown, fiber: Fiber | null): string {
  if (value === undefined) return 'a bare yield passes one turn of an event loop, and none runs here'
  if (value === NEXT_TURN) return 'sleep(0) passes one turn of an event loop, and none runs here'
  if (value instanceof Fiber) return `yield was used on ${String(value)}. Write yield* g.switch(...)`
  if (isCoroutine(value)) return 'yield was used on a generator. Write yield* f(...), or yield* yieldFrom(f(...))'
  if (value instanceof Frame) return `yield was used on a ${value.toString()}. Write yield* yieldFrom(...)`
  if (Array.isArray(value) && value.length > 0 && value.every(isIterable)) return 'yield was used on an array. To wait for all of its items, write yield* gather([f(), g()])'
  if (isIterable(value)) return `yield was used on ${wordsFor(value)}. Did you mean yield* ${wordsFor(value)}?`
  const advice = adviceFor(value, 'yield* …')
  if (advice !== describe(value)) return `yield was used on ${advice}`
  return `${handOver(fiber)}, and this is ${describe(value)}. ${instead(fiber, value)}`
}

/** The words for who yielded it, and for what may be yielded there. */
function handOver(fiber: Fiber | null): string {
  return `${isBody(fiber) ? 'an asynchronous generator' : isTask(fiber) ? 'a task' : 'a greenlet'} yields nothing but requests`
}

function instead(fiber: Fiber | null, value: unknown): string {
  const words = describe(value)
  if (isBody(fiber)) return `To hand a value over, write yield* emit(${words})`
  if (isTask(fiber)) {
    const pause = typeof value === 'number' ? `To wait so many milliseconds, write yield* sleep(${words})` : 'To wait, write yield* sleep(ms), or a bare yield for one turn'
    return `To end with a value, write return ${words}; to hand over many, yield* emit(value) in an asyncGenerator(). ${pause}`
  }
  return 'To hand a value over, write yield* other.switch(value)'
}

function isTask(fiber: Fiber | null): boolean { return fiber !== null && whoseTurn()?.$home === fiber }

/** Does it run the body of an asynchronous generator? */
function isBody(fiber: Fiber | null): boolean {
  let frame: StackFrame | null = fiber?.$top ?? null
  while (frame !== null && frame.emits !== true) frame = frame.below
  return frame !== null
}

function isIterable(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Symbol.iterator in value
}

/** What its own `toString()` says, such as `sleep(5)`; else what `describe()` says. */
function wordsFor(value: object): string {
  const own: unknown = Reflect.get(value, 'toString')
  const callsItself = typeof own === 'function' && own !== Object.prototype.toString && !Array.isArray(value)
  return callsItself ? String(Reflect.apply(own, value, [])) : describe(value)
}
