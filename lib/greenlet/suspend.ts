import { describe } from '../base/describe.ts'
import { ArgumentError, RuntimeError } from '../base/errors.ts'
import { type Mode, SEND, THROW } from '../generator/resume.ts'
import { made } from '../generator/made.ts'
import { ANSWER, throwIfForgotten } from '../generator/registers.ts'
import type { Awaitable } from '../generator/types.ts'
import { type Fiber, STARTED, type Wait, WaitRequest, parcel, scheduling } from './fiber.ts'

/**
 * A function that registers how a wait ends. It may return a function that undoes this. The first call of `resume` or
 * `raise` ends the wait, and later calls do nothing.
 */
export type Register<T> = (resume: (value: T) => void, raise: (error: unknown) => void) => (() => void) | void

/**
 * Wait until somebody outside calls `resume` or `raise`: `const value = yield* suspend((resume, raise) => {...})`.
 *
 * Control goes back to the plain code that drives, whose `g.resume()` returns `undefined`. Without an event loop, the call
 * that ends the wait runs the greenlet at once, and returns when control comes back. In an event loop, the greenlet goes on
 * in its next turn. If an error is thrown into the greenlet while it waits, the undo function is called first.
 * @param register is called when the wait begins. It may return a function that undoes what it has registered.
 * @returns an object for `yield*`, which gives what `resume` was called with.
 * @throws at the `yield*`: what `raise` was called with, and what `register` throws. TypeError when `register` is not a
 * function.
 */
export function suspend<T = void>(register: Register<T>): Awaitable<T> {
  if (typeof register !== 'function') {
    throw new ArgumentError(`suspend() takes a function, not ${describe(register)}. Write suspend((resume, raise) => {...})`,
      'REGISTER_NOT_CALLABLE')
  }
  return made(suspension(register, 'a suspend()'), 'suspend(…)')
}

/** A `suspend()` of the library's own. @param words what is awaited, as a report says it: `waitSignal(…)`. */
export function suspension<T>(register: Register<T>, words: string): Awaitable<T> {
  return new Suspension(register, words) as unknown as Awaitable<T>
}

class Suspension extends WaitRequest {
  constructor(private readonly register: Register<unknown>, private readonly words: string) { super() }

  park(fiber: Fiber): Wait | null {
    const wait = new Suspended(fiber, this.words)
    return wait.begin(this.register) ? wait : null
  }

  perform(): never {
    throw new RuntimeError('plain code cannot wait: this generator is driven by next(), close() or runMain(), which ' +
      'return only with a result. Run it in a greenlet, with g.resume()', { code: 'CANNOT_WAIT' })
  }

  override toString(): string { return this.words }
}

/** One wait. It ends once, and it may end while it is being registered. */
class Suspended implements Wait {
  private undo: (() => void) | undefined = undefined
  private outcome: { readonly mode: Mode; readonly value: unknown } | null = null
  private parked = false
  private over = false

  constructor(private readonly fiber: Fiber, private readonly words: string) {}

  /** @returns false when the wait is over already. */
  begin(register: Register<unknown>): boolean {
    const undo: unknown = register(value => { this.end(SEND, value) }, error => { this.end(THROW, error) })
    if (undo !== undefined && typeof undo !== 'function') {
      this.over = true
      throw notAnUndo(undo)
    }
    this.undo = undo as (() => void) | undefined
    this.parked = true
    if (this.outcome === null) {
      this.fiber.$waiter = null
      scheduling.scheduler?.adopt(this.fiber, this)
      return true
    }
    if (this.outcome.mode === THROW) throw this.outcome.value
    ANSWER.value = this.outcome.value
    return false
  }

  get $ended(): boolean { return this.over }

  $unpark(): void {
    this.over = true
    this.undo?.()
  }

  $wasted(): void { this.undo?.() }

  /** No task is known to end it. */
  get $isFromOutside(): boolean { return true }

  toString(): string { return this.words }

  private end(mode: Mode, value: unknown): void {
    if (this.over) return
    throwIfForgotten()
    this.over = true
    const { fiber } = this
    if (!this.parked) {
      this.outcome = { mode, value }
    } else if (fiber.$waiter !== null) {
      fiber.$waiter.$wake(mode, value)
    } else {
      fiber.$state = STARTED
      fiber.$drive(parcel(mode, value))
    }
  }
}

function notAnUndo(value: unknown): Error {
  return new ArgumentError(`the function of suspend() returned ${describe(value)}. Return a function that undoes what it has registered, ` +
    'or nothing: suspend(resume => { later(resume) })', 'UNDO_NOT_CALLABLE')
}
