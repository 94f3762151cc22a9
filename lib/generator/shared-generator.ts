import { GeneratorBusyError } from '../base/errors.ts'
import { beingAwaited } from '../base/reused.ts'
import { hooks } from './hooks.ts'
import { nativeThrow } from './native-generator.ts'
import { registers } from './registers.ts'
import { CREATED, type Stack, type StackFrame } from './stack.ts'

/**
 * Two coroutines may come to the same generator by native `yield*`, because that asks nobody. The first is parked in the
 * generator. When the second steps the generator, the request at which it is parked refuses. The second coroutine has to get
 * an error at its own `yield*`, and the first must not be touched.
 *
 * The error cannot be thrown through the shared generator, because it would be raised in there. But each time `yield*`
 * throws, it looks up the method `throw` of what it delegates to. So the shared generator gets a method `throw` of its own
 * for one call. That method throws the error to its caller.
 */
export function refuseShared(frame: StackFrame, delegate: StackFrame | null): RefusedPlace {
  const chain = nativeChain(frame.body)
  const awaited = [frame.body, ...chain].find(isAwaited)
  const error = awaited !== undefined || (delegate !== null && isAwaited(delegate.body))
    ? beingAwaited()
    : new GeneratorBusyError()
  registers.value = error
  if (awaited === frame.body || delegate?.below?.body === frame.body) return 'below the frame'
  const shared = awaited ?? (delegate === null ? chain[chain.length - 1] : undefined)
  if (shared !== undefined && throwOnce(shared, error)) return 'at the shared generator'
  return delegate === null ? 'below the frame' : 'at the delegate'
}

/** The place where the error is to be thrown. */
export type RefusedPlace = 'at the shared generator' | 'at the delegate' | 'below the frame'

type NativeGenerator = Generator<unknown, unknown, unknown>

/** Is the generator parked in one of the fibers that wait under the running loop? */
function isAwaited(generator: NativeGenerator): boolean {
  for (const stack of (hooks.waitingStacks?.() ?? []) as Iterable<Stack>) {
    for (let frame = stack.$top; frame !== null; frame = frame.below) {
      if (frame.body === generator || (frame.state !== CREATED && nativeChain(frame.body).includes(generator))) return true
    }
  }
  return false
}

type Prototype = { throw: typeof nativeThrow }

/**
 * The generators that `body` delegates to by native `yield*`, outermost first; `body` is parked at a request. A probe is
 * thrown into `body`. Each generator passes it on to the next, and the request refuses it. Nothing else happens, and we see
 * who passed it on.
 */
function nativeChain(body: NativeGenerator): NativeGenerator[] {
  const chain: NativeGenerator[] = []
  const prototype = prototypeOfAll(body)
  try {
    prototype.throw = function (this: NativeGenerator, error: unknown) {
      chain.push(this)
      return nativeThrow.call(this, error)
    }
  } catch {
    return chain // it is frozen
  }
  registers.probing = true
  try {
    nativeThrow.call(body, undefined)
  } catch { // it is parked at no request: a script has yielded the token itself, and gets an error for that
  } finally {
    registers.probing = false
    prototype.throw = nativeThrow
  }
  return chain
}

/** The prototype of all generators of this generator's realm. */
function prototypeOfAll(generator: NativeGenerator): Prototype {
  let prototype = Object.getPrototypeOf(generator) as Prototype
  while (!Object.prototype.hasOwnProperty.call(prototype, 'throw')) prototype = Object.getPrototypeOf(prototype) as Prototype
  return prototype
}

/** Let the next `throw` of a generator throw an error to its caller. @returns false when that cannot be done. */
function throwOnce(generator: object, error: unknown): boolean {
  return Reflect.defineProperty(generator, 'throw', {
    configurable: true,
    value(this: object) {
      Reflect.deleteProperty(this, 'throw')
      throw error
    },
  })
}
