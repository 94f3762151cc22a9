import { describe } from '../base/describe.ts'
import { BadYieldError } from '../base/errors.ts'
import { isCoroutine } from '../generator/coroutine.ts'
import { Frame } from '../generator/frame.ts'
import { NEXT_TURN } from '../generator/request.ts'
import { Fiber } from './fiber.ts'

/** The error for a value that a greenlet yielded and that its driver does not understand. */
export function badYieldError(value: unknown): Error { return new BadYieldError(slip(value)) }

function slip(value: unknown): string {
  if (value === undefined) return 'a bare yield passes one turn of an event loop, and none runs here'
  if (value === NEXT_TURN) return 'sleep(0) passes one turn of an event loop, and none runs here'
  if (value instanceof Fiber) return `yield was used on ${String(value)}. Write yield* g.switch(...)`
  if (isCoroutine(value)) return 'yield was used on a generator. Write yield* f(...), or yield* yieldFrom(f(...))'
  if (value instanceof Frame) return `yield was used on a ${value.toString()}. Write yield* yieldFrom(...)`
  if (isIterable(value)) return `yield was used on ${nameOf(value)}. Did you mean yield* ${nameOf(value)}?`
  return `a greenlet yields nothing but requests, and this is ${describe(value)}. To hand a value over, write ` +
    'yield* other.switch(value)'
}

function isIterable(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Symbol.iterator in value
}

/** As it calls itself, if it does: `sleep(5)`. */
function nameOf(value: object): string {
  const own: unknown = Reflect.get(value, 'toString')
  const callsItself = typeof own === 'function' && own !== Object.prototype.toString && !Array.isArray(value)
  return callsItself ? String(Reflect.apply(own, value, [])) : describe(value)
}
