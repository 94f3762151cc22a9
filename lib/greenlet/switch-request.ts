import { GreenletError } from '../base/errors.ts'
import { current, currentFiber } from '../context/context.ts'
import { type Mode, SEND, THROW } from '../generator/resume.ts'
import { ANSWER, registers, takeForgotten } from '../generator/registers.ts'
import { Request } from '../generator/request.ts'
import { type Fiber, type Parcel, STARTED, parcel } from './fiber.ts'

/** Stands for the number of arguments when the value is an error, which is to be thrown. */
export const THROWN = -1

/**
 * The request behind `yield* g.switch(...)`. One object serves all switches, because no other greenlet runs between the call
 * and the `yield*`. Its fields say where control goes, and with what.
 */
class SwitchRequest extends Request {
  target: Fiber | null = null
  value: unknown = undefined
  /** How many arguments `value` stands for, which matters when they start a greenlet. `THROWN` means that it is an error. */
  count = 0

  get mode(): Mode { return this.count === THROWN ? THROW : SEND }

  /** `switch()` has promised it already. */
  override [Symbol.iterator](): this {
    if (registers.promised === this) return this
    throw new GreenletError('this switch() has been made already: each one is yielded once. Call switch() again',
      { code: 'SWITCH_REUSED' })
  }

  /**
   * The short way to a greenlet that is parked in a `switch()`. It is not taken while somebody watches or traces, because
   * watchers and tracers are called on the long way.
   */
  override hop(asker: unknown): Fiber | null {
    const target = this.target as Fiber
    if (target.$state !== STARTED || this.count === THROWN || asker !== currentFiber() || registers.observed) return null
    current.fiber = target
    ANSWER.value = this.value
    return target
  }

  /** The switch has been made: forget the target and the value, so that they are not kept alive. */
  forget(): void {
    this.target = null
    this.value = undefined
  }

  parcel(): Parcel { return parcel(this.mode, this.value, this.count) }

  perform(): unknown { return (this.target as Fiber).$drive(this.parcel()) }

  override forgotten(yielded: boolean): Error {
    const call = this.mode === SEND ? 'switch' : 'throw'
    if (yielded) {
      return new GreenletError(`yield was used on ${String(this.target)}.${call}(). Write yield* g.${call}(...)`, { code: 'SWITCH_NOT_YIELDED' })
    }
    return new GreenletError(`${String(this.target)}.${call}() was called and never yielded, so control stayed here. ` +
      `Write yield* g.${call}(...)`, { code: 'SWITCH_NOT_YIELDED' })
  }

  override toString(): string { return `switch to ${String(this.target)}` }
}

export const SWITCH = new SwitchRequest()

/**
 * Note where control goes at the `yield*` that has to follow.
 * @throws GreenletError in plain code, or when the switch before this one was never yielded.
 */
export function promiseSwitch(target: Fiber, value: unknown, count: number): Request {
  if (registers.promised !== null || registers.depth === 0) throw mistake(target, count)
  SWITCH.target = target
  SWITCH.value = value
  SWITCH.count = count
  return registers.promised = SWITCH
}

function mistake(target: Fiber, count: number): Error {
  if (registers.promised !== null) return takeForgotten()
  const [here, there] = count === THROWN ? ['throw', 'resumeThrow'] : ['switch', 'resume']
  return new GreenletError(`${here}() works in a greenlet, and this is plain code. Write ${String(target)}.${there}(...)`,
    { code: 'SWITCH_FROM_HOST' })
}
