import { RuntimeError } from '../base/errors.ts'
import { ANSWER } from '../generator/registers.ts'
import type { Asked } from '../generator/request.ts'
import { RAISE } from '../generator/resume.ts'
import { type Fiber, type Wait, WaitRequest } from '../greenlet/fiber.ts'
import type { Outcome } from './listeners.ts'

/** A future, as far as this file needs it. */
interface Awaited extends Outcome {
  $parkHere(fiber: Fiber): Wait
  toString(): string
}

/** The request behind `yield* future`. One object serves all futures: between `promise()` and `park()` no other code runs. */
class AwaitRequest extends WaitRequest {
  private future: Awaited | null = null

  promise(future: Awaited): this {
    this.future = future
    return this[Symbol.iterator]()
  }

  park(fiber: Fiber): Wait {
    const future = this.future as Awaited
    this.future = null
    return future.$parkHere(fiber)
  }

  perform(): never {
    throw new RuntimeError(`plain code cannot wait for ${String(this.future)}: this generator is driven by next(), close() or ` +
      'runMain(). Run it in a task', { code: 'CANNOT_WAIT' })
  }

  override toString(): string { return String(this.future) }
}

export const AWAIT = new AwaitRequest()

/** The iterator behind `yield* future` when the future is done. It gives the result at once, and asks no driver. */
class Answered {
  private future: Outcome | null = null

  with(future: Outcome): this {
    this.future = future
    return this
  }

  next(): Asked {
    const future = this.future as Outcome
    this.future = null
    if (future.$answer() === RAISE) throw ANSWER.value
    return ANSWER
  }
}

export const ANSWERED = new Answered()
