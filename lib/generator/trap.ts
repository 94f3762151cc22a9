import { RuntimeError } from '../base/errors.ts'
import type { TrapToken } from './types.ts'

/**
 * How a coroutine talks to its driver.
 *
 * A generator can only yield to whoever called `next()`. So `yield* request` first yields a token, and leaves the
 * request itself in a register; the driver does what is asked and resumes the generator with another token, `RESUME`;
 * and the request, asked again by `yield*`, says that it is done. A few objects, made once, are all it takes: to ask and
 * to be answered allocates nothing.
 */
function token(name: string): TrapToken { return Object.freeze({ toString: () => name }) as unknown as TrapToken }

/** The frame in `registers.asked` is to be delegated to. */
export const DELEGATE = token('yieldfrom: ask')
/** The request in `registers.asked` is asked. */
export const REQUEST = token('yieldfrom: keep')
/** Somebody else resumed the generator, which waits for its driver: it says so, and goes on waiting. */
export const REFUSED = token('yieldfrom: busy')
/** A frame has begun inside of its delegator, and waits: what it yielded stands in `registers.begun`. */
export const DELEGATE_STARTED = token('yieldfrom: begun')
/** One turn of the loop is to pass; the answer is nothing. */
export const NEXT_TURN = token('yieldfrom: pass')
/** What the driver sends to a generator that waits at a `yield*`; the answer itself is in `ANSWER`. */
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

/** `yield* request` is answered: `value` is set just before the generator is resumed, and read at once. */
export const ANSWER: { value: unknown; done: true } = { value: undefined, done: true }

/** In the place of a stack. */
export const PLAIN_CODE = 'plain code'

/** The registers of the machine: what is on its way between a generator and its driver. There is one of each. */
export const registers = {
  /** The frame whose `ASK`, or the request whose `KEEP`, is on its way to the driver. */
  asked: null as Question | null,
  /** A request that was made and is still to be asked, by the `yield*` at which it was made or is to be handed to. */
  promised: null as Request | null,
  /** What the delegator was given when it asked for its delegate, which gets it as its own. */
  sent: undefined as unknown,
  /** What came out of a stack of frames: the value it yielded or returned, the error, or the request. */
  value: undefined as unknown,
  /** The stack whose frames run; `null` for that of the current fiber, `PLAIN` in plain code that is in no drive. */
  stack: PLAIN_CODE as unknown,
  /** A frame makes its first step inside of its delegator. */
  beginning: false,
  /** It waits, and is on its way to the driver, if only the token arrives there. */
  arriving: null as Arriving | null,
  /** What it yielded. */
  begun: undefined as unknown,
  /** An error is on its way from the driver to the `yield*` that waits for it. */
  raising: false,
  /** How many drives are running, one inside the other. */
  depth: 0,
  /** Somebody watches or traces: everything is to be reported. */
  observed: false,
}

/** An error on its way to a delegate, in the register for what is sent. */
export class Thrown {
  constructor(readonly error: unknown) {}
}

/** A frame that has begun, and stands on top of a stack already. */
export interface Arriving {
  /** It will not arrive: take it off. */
  withdraw(): void
}

/** What is asked of a driver, if only it arrives there. */
export interface Question {
  /** In the words of an error message. */
  toString(): string
  /** The error for a question that was put and never reached a driver. */
  forgotten(): Error
}

/**
 * What `yield*` can be applied to: something to ask of the driver. `yield*` calls `[Symbol.iterator]()`, which promises
 * the request, and `next()`, which keeps the promise; and when it is resumed, it calls `next()` or `throw()` again.
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
    if (registers.asked !== null) throw takeForgotten() // plain code took its token for a value
    if (registers.promised !== this) return REFUSING
    registers.promised = null
    registers.asked = this
    return REQUESTING
  }

  throw(error: unknown): Asked {
    if (!registers.raising) return REFUSING
    registers.raising = false
    throw error
  }

  /** The generator is finished from outside: there is nothing left to ask. */
  return(value?: unknown): Asked { return { value, done: true } }

  /**
   * A request may be able to go on in another stack at once, its answer being in `ANSWER`.
   * @param _asker the stack that asks.
   * @returns that stack, or `null` when the driver has to do it.
   */
  hop(_asker: unknown): unknown { return null }

  /** What plain code does in the driver's stead, when a generator that it drives itself asks this. */
  abstract perform(): unknown

  abstract toString(): string

  forgotten(): Error { return noDriver(this) }
}

export function noDriver(question: { toString(): string }): Error {
  return new RuntimeError(`${question.toString()} has no driver: plain code (for...of, spread, next) iterates the generator ` +
    'that asks for it. Write yield* generator, iterate pyGenerator(generator), or run it in a greenlet', { code: 'NO_DRIVER' })
}

/** Before a new drive begins: what the calling code made and did not yield is its slip. */
export function throwIfForgotten(): void {
  if (registers.asked !== null || registers.promised !== null) throw takeForgotten()
}

/** The error for a request that was made and never reached a driver; the registers are free again. */
export function takeForgotten(): Error {
  const question = (registers.asked ?? registers.promised) as Question
  dropRequests()
  return question.forgotten()
}

/** Nothing is on its way any more. */
export function dropRequests(): void {
  registers.asked = registers.promised = null
  registers.arriving?.withdraw()
}
