import { otherCopy } from '../base/copies.ts'
import { RuntimeError } from '../base/errors.ts'
import { INSPECT } from '../base/inspect.ts'
import { ANSWER, type Question, registers, takeForgotten, takeRaising, throwIfForgotten } from './registers.ts'
import type { TrapToken } from './types.ts'

/**
 * How a coroutine talks to its driver.
 *
 * A generator can only yield to whoever called `next()`. So `yield* request` puts the request into a register and yields
 * a token. The driver does what is asked, puts the answer into another register, and resumes the generator with the token
 * `RESUME`. `yield*` passes that on to the request. The request says that it is done, and gives the answer. The tokens are
 * made once, so that asking and answering allocate nothing.
 */
function token(name: string): TrapToken { return Object.freeze({ toString: () => name }) as unknown as TrapToken }

/** It asks the driver to delegate to the frame in `registers.asked`. */
export const DELEGATE = token('yieldfrom: delegate')
/** It asks the driver to do the request in `registers.asked`. */
export const REQUEST = token('yieldfrom: request')
/** Somebody other than its driver resumed a generator that waits. The generator says so by this token, and goes on waiting. */
export const REFUSED = token('yieldfrom: refused')
/**
 * A delegate made its first step inside of its delegator, and yielded. `registers.arriving` is its frame, and
 * `registers.firstYield` is what it yielded. See "A delegate begins inside of its delegator" in docs/architecture.md.
 */
export const DELEGATE_STARTED = token('yieldfrom: delegate started')
/** It asks the driver to go on in the next turn of the loop. */
export const NEXT_TURN = token('yieldfrom: next turn')
/** What the driver sends to a generator that waits at a `yield*`. The answer itself is in `ANSWER`. */
export const RESUME: unknown = token('yieldfrom: resume')

/** What `next()` of a request returns. */
export type Asked = IteratorResult<TrapToken, unknown>
export const DELEGATING: Asked = Object.freeze({ value: DELEGATE, done: false })
export const REQUESTING: Asked = Object.freeze({ value: REQUEST, done: false })
export const DELEGATE_STARTING: Asked = Object.freeze({ value: DELEGATE_STARTED, done: false })
export const PASSING_TURN: Asked = Object.freeze({ value: NEXT_TURN, done: false })
/** The turn has passed. */
export const TURN_PASSED: Asked = Object.freeze({ value: undefined, done: true })
export const REFUSING: Asked = Object.freeze({ value: REFUSED, done: false })

/** An error on its way to a delegate. It stands in the register `sentToDelegate`. */
export class Thrown {
  constructor(readonly error: unknown) {}
}

/**
 * Something to ask of the driver, by `yield*`. First `yield*` calls `[Symbol.iterator]()`, which promises the request. Then it
 * calls `next()`, which keeps the promise. When the generator is resumed, `yield*` calls `next()` or `throw()` again.
 */
export abstract class Request implements Question, Iterator<TrapToken, unknown, unknown> {
  [Symbol.iterator](): this {
    if (registers.depth === 0) throw noDriver(this)
    throwIfForgotten()
    registers.promised = this
    return this
  }

  next(value?: unknown): Asked {
    if (value === RESUME) return ANSWER
    if (registers.asked !== null) throw takeForgotten() // plain code took the token of another request for a value
    if (registers.promised !== this) return REFUSING
    registers.promised = null
    registers.asked = this
    return REQUESTING
  }

  throw(error: unknown): Asked {
    if (takeRaising()) throw error
    return REFUSING
  }

  /** The generator is finished from outside, so there is nothing left to ask. */
  return(value?: unknown): Asked { return { value, done: true } }

  /**
   * A request may go on in another stack at once. It has then put the answer into `ANSWER`.
   * @param _asker the stack that asks.
   * @returns the other stack, or `null` when the driver has to do the request.
   */
  hop(_asker: unknown): unknown { return null }

  /** Plain code drives a generator itself, and the generator asks this: do it there. */
  abstract perform(): unknown

  /** @internal */
  [INSPECT](): string { return this.toString() }

  abstract toString(): string

  forgotten(_yielded: boolean): Error { return noDriver(this) }
}

export function noDriver(question: { toString(): string }): Error {
  return new RuntimeError(`${question.toString()} has no driver: plain code (for...of, spread, next) iterates the generator ` +
    'that asks for it. Write yield* generator, iterate pyGenerator(generator), or run it in a greenlet' + otherCopy(registers.depth > 0), { code: 'NO_DRIVER' })
}
