import { GeneratorBusyError, RuntimeError } from '../base/errors.ts'
import { hooks } from './hooks.ts'
import { nativeThrow } from './native-generator.ts'
import { registers } from './registers.ts'
import { CREATED, type Stack, type StackFrame } from './stack.ts'

/**
 * Two coroutines may come to the same generator by native `yield*`, which asks nobody. The first is parked in it; when the
 * second steps it, the request at which it is parked refuses. The second is to get an error at its own `yield*`, and the
 * first is not to be touched.
 *
 * The error cannot be thrown through the shared generator, for it would be raised in there. But `yield*` looks up the
 * method `throw` of what it delegates to each time it throws. So the shared generator gets a `throw` of its own for one
 * call, which throws the error to who called it.
 */
export function refuseShared(frame: StackFrame, delegate: StackFrame | null): RefusedPlace {
  const chain = nativeChain(frame.body)
  const awaited = [frame.body, ...chain].find(isAwaited)
  const error = awaited !== undefined || (delegate !== null && isAwaited(delegate.body))
    ? new RuntimeError('coroutine is being awaited already', { code: 'COROUTINE_REUSED' })
    : new GeneratorBusyError()
  registers.value = error
  if (awaited === frame.body || delegate?.below?.body === frame.body) return 'below the frame'
  const shared = awaited ?? (delegate === null ? chain[chain.length - 1] : undefined)
  if (shared !== undefined && throwOnce(shared, error)) return 'at the shared generator'
  return delegate === null ? 'below the frame' : 'at the delegate'
}

/** Where the error is to be thrown. */
export type RefusedPlace = 'at the shared generator' | 'at the delegate' | 'below the frame'

type NativeGenerator = Generator<unknown, unknown, unknown>

/** Is it parked in what one of the fibers does that wait under the running loop? */
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
 * The generators that one which is parked at a request delegates to by native `yield*`, outermost first. A probe is thrown
 * into it, which each generator passes on to the next, and which the request refuses: nothing happens but that we see who
 * passes it on.
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
  } finally {
    registers.probing = false
    prototype.throw = nativeThrow
  }
  return chain
}

/** Of a generator's own realm. */
function prototypeOfAll(generator: NativeGenerator): Prototype {
  let prototype = Object.getPrototypeOf(generator) as Prototype
  while (!Object.prototype.hasOwnProperty.call(prototype, 'throw')) prototype = Object.getPrototypeOf(prototype) as Prototype
  return prototype
}

/** Have the next `throw` of a generator throw an error to who called it. @returns false where that cannot be done. */
function throwOnce(generator: object, error: unknown): boolean {
  return Reflect.defineProperty(generator, 'throw', {
    configurable: true,
    value(this: object) {
      Reflect.deleteProperty(this, 'throw')
      throw error
    },
  })
}
