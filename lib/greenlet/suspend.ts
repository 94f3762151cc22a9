import { RuntimeError } from '../base/errors.ts'
import { type Mode, SEND, THROW } from '../generator/frames.ts'
import { ANSWER, refuseForgotten } from '../generator/trap.ts'
import type { Awaitable } from '../generator/types.ts'
import { type Fiber, Waiting, parcel } from './fiber.ts'
import { awaken } from './landing.ts'

/**
 * Registers how a wait ends, and returns how to take that back. Whichever of `resume` and `raise` is called first ends
 * the wait; later calls do nothing.
 */
export type Register<T> = (resume: (value: T) => void, raise: (error: unknown) => void) => (() => void) | void

/**
 * Wait until somebody outside calls `resume` or `raise`: control goes back to the plain code that drives, whose
 * `g.resume()` returns `undefined`. The call that ends the wait runs the greenlet right there, until control comes
 * back again. An error thrown into the waiting greenlet calls the undo first. This is the third trap: waiting of any
 * kind is made of it.
 */
export function suspend<T = void>(register: Register<T>): Awaitable<T> {
  return new Suspension(register) as unknown as Awaitable<T>
}

class Suspension extends Waiting {
  private undo: (() => void) | void = undefined

  constructor(private readonly register: Register<unknown>) { super() }

  park(fiber: Fiber): boolean {
    const wait = new Wait(fiber)
    const undo = this.register(value => { wait.end(SEND, value) }, error => { wait.end(THROW, error) })
    this.undo = () => {
      wait.over = true
      undo?.()
    }
    return wait.parked()
  }

  unpark(): void { this.undo?.() }

  perform(): never {
    throw new RuntimeError('plain code cannot wait: this generator is driven by next(), close() or runMain(), which ' +
      'return only with a result. Run it in a greenlet, with g.resume()', { code: 'CANNOT_WAIT' })
  }

  override toString(): string { return 'a suspend()' }
}

/** One wait: it ends once, perhaps already while it is registered. */
class Wait {
  over = false
  private outcome: { readonly mode: Mode; readonly value: unknown } | null = null
  private isParked = false

  constructor(private readonly fiber: Fiber) {}

  end(mode: Mode, value: unknown): void {
    if (this.over) return
    refuseForgotten()
    this.over = true
    if (this.isParked) {
      awaken(this.fiber)
      this.fiber.enter(parcel(mode, value))
    } else {
      this.outcome = { mode, value }
    }
  }

  /** Everything is registered. @returns false when the wait is over already. */
  parked(): boolean {
    this.isParked = true
    if (this.outcome === null) return true
    if (this.outcome.mode === THROW) throw this.outcome.value
    ANSWER.value = this.outcome.value
    return false
  }
}
