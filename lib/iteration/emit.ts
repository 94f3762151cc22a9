import { describe } from '../base/describe.ts'
import { RuntimeError } from '../base/errors.ts'
import { Frame } from '../generator/frame.ts'
import { hooks } from '../generator/hooks.ts'
import { made } from '../generator/made.ts'
import type { Stack, StackFrame } from '../generator/stack.ts'
import { ANSWER, registers } from '../generator/registers.ts'
import { type Asked, RESUME } from '../generator/request.ts'
import type { Emitted } from '../generator/types.ts'
import { notify } from '../generator/watch.ts'
import { WaitRequest } from '../greenlet/fiber.ts'

/** The type of the values that a body emits. */
export type EmittedBy<Y> = Y extends Emitted<infer T, never> ? T : never

/** The type of the values that each `emit()` of a body gets in return; `unknown` when none of them declares it. */
export type SentTo<Y> = ReceiversIn<Y> extends (sent: infer Sent) => void ? Sent : never
type ReceiversIn<Y> = Y extends Emitted<unknown, infer Sent> ? (sent: Sent) => void : never

/** What `emit()` returns, for `yield*`. */
export interface Emit<T, Sent = unknown> {
  /** `yield*` calls this, and the value goes to who asked for it. */
  [Symbol.iterator](): Iterator<Emitted<T, Sent>, Sent | undefined>
}

/**
 * Hand a value over from an asynchronous generator (Python's `yield value` in it, PEP 525). Write `const sent = yield*
 * emit(value)` in the body of an `asyncGenerator()`, or in a coroutine that the body delegates to. Control goes to the code
 * that asked for the next value. To declare what may be sent, write `const sent: string | undefined = yield* emit(value)`,
 * or `emit<number, string>(value)`.
 * @returns an object for `yield*`, which gives what `asend()` sends. After `anext()`, and so in `forEach()`, that is
 * `undefined`.
 * @throws RuntimeError, at the `yield*`, when it is yielded anywhere else.
 */
export function emit<T, Sent = unknown>(value: T): Emit<T, Sent> {
  const emission = new Emission(value) as unknown as Emit<T, Sent>
  return hooks.made === null ? emission : made(emission, `emit(${describe(value)})`)
}

/** The frame of the body of an asynchronous generator. */
export class BodyFrame extends Frame {
  /** The innermost frame that this one delegates to, while the body waits at an `emit()`. */
  top: StackFrame | null = null

  get emits(): boolean { return true }
}

/**
 * A value on its way to the code that asked for it, which is the consumer. The frames of the body stand on top of those of the
 * consumer, as if the consumer had delegated to them. `emit()` takes them off, and the consumer goes on. To ask for the next
 * value, the consumer yields the same emission. The frames are then put on top again, perhaps on another stack.
 */
export class Emission extends WaitRequest {
  private base: BodyFrame | null = null
  private sent: unknown = undefined
  private thrown: { readonly error: unknown } | null = null
  /** True while it is on its way back to the body. */
  private answered = false

  constructor(readonly value: unknown) { super() }

  /** True when it has come to the consumer; false when the body has never yielded it. */
  get arrived(): boolean { return this.base !== null }

  /** Set what the body gets for it. */
  answer(sent: unknown): this {
    this.sent = sent
    this.answered = true
    return this
  }

  /** Set the error that the body gets for it. */
  refuse(error: unknown): this {
    this.thrown = { error }
    this.answered = true
    return this
  }

  override next(value?: unknown): Asked {
    if (value !== RESUME || this.thrown === null) return super.next(value)
    const { error } = this.thrown
    this.thrown = null
    throw error
  }

  override hop(stack: Stack): Stack | null {
    if (this.base === null) return this.cut(stack)
    return this.answered ? this.join(stack, this.base) : null
  }

  park(): never { throw this.misplaced() }

  perform(): never { throw this.misplaced() }

  override toString(): string { return 'emit()' }

  private cut(stack: Stack): Stack | null {
    const base = baseOf(stack)
    if (base === null) return null
    if (registers.observed) notify('emit', stack.$top, this.value)
    this.base = base
    base.top = stack.$top
    for (let frame = stack.$top as StackFrame; frame !== base; frame = frame.below as StackFrame) frame.stack = null
    const consumer = base.below as StackFrame
    stack.$top = consumer
    consumer.delegate = base.below = base.stack = null
    ANSWER.value = this
    return stack
  }

  private join(stack: Stack, base: BodyFrame): Stack | null {
    let frame: StackFrame = base
    while (frame !== base.top) {
      const { delegate } = frame
      if (delegate === null) return null // somebody else drove this frame, and does not know about the emission
      delegate.below = frame
      delegate.stack = stack
      frame = delegate
    }
    this.answered = false
    const consumer = stack.$top as StackFrame
    base.below = consumer
    base.stack = stack
    consumer.delegate = base
    stack.$top = frame
    ANSWER.value = this.sent
    return stack
  }

  private misplaced(): Error {
    if (this.base !== null && !this.answered) {
      return new RuntimeError('cannot reuse an emit() that was yielded already. Call emit() again', { code: 'EMIT_REUSED' })
    }
    if (this.base !== null) {
      return new RuntimeError('somebody else has driven the coroutine that the body of this asynchronous generator delegates to',
        { code: 'DELEGATE_LOST' })
    }
    return new RuntimeError('emit() works in the body of an asyncGenerator() only', { code: 'EMIT_OUTSIDE' })
  }
}

/** @returns the nearest frame that is the body of an asynchronous generator. */
function baseOf(stack: Stack): BodyFrame | null {
  let frame = stack.$top
  while (frame !== null && !(frame instanceof BodyFrame)) frame = frame.below
  return frame
}
