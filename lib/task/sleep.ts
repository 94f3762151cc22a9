import { describe } from '../base/describe.ts'
import { RuntimeError, ValueError } from '../base/errors.ts'
import { hooks } from '../generator/hooks.ts'
import { made } from '../generator/made.ts'
import { SEND } from '../generator/resume.ts'
import type { Asked } from '../generator/request.ts'
import type { Awaitable } from '../generator/types.ts'
import { type Fiber, type Wait, WaitRequest } from '../greenlet/fiber.ts'
import { NOWHERE } from '../loop/runnable.ts'
import { getRunningLoop } from './loops.ts'
import type { OwnedTimer } from './owner-link.ts'
import type { LoopWaiter } from './waiter.ts'
import { OneTurn, OneTurnFor } from './pass-turn.ts'

/**
 * Let others run for `ms` milliseconds: `yield* sleep(1000)`. Zero and less wait for one turn of the loop (rule 15).
 * @returns to `yield*`, the `result`.
 * @throws ValueError when `ms` is no number.
 */
export function sleep(ms: number): Awaitable<void>
export function sleep<T>(ms: number, result: T): Awaitable<T>
export function sleep(ms: number, result?: unknown): Awaitable<unknown> {
  if (typeof ms !== 'number' || Number.isNaN(ms)) {
    throw new ValueError(`sleep() takes a number of milliseconds, not ${describe(ms)}`, { code: 'NOT_A_TIME' })
  }
  const request = soonest(ms, result)
  return hooks.made === null ? request : made(request, request.toString())
}

function soonest(ms: number, result: unknown): OneTurn | Sleep {
  if (ms > 0) return new Sleep(ms, result)
  return result === undefined ? new OneTurn() : new OneTurnFor(result)
}

/**
 * One sleep, from the moment at which it is awaited. There may be very many: so it is everything in one, the request,
 * what the fiber waits for, and the timer.
 */
class Sleep extends WaitRequest implements Wait, OwnedTimer {
  $deadline = 0
  $slot = NOWHERE
  $heldBefore = 0
  private used = false
  /** Who sleeps, until that ends. */
  private sleeper: LoopWaiter | null = null

  constructor(private readonly ms: number, private readonly result: unknown) { super() }

  park(fiber: Fiber): Wait {
    if (this.used) throw new RuntimeError('cannot reuse already awaited sleep(). Call sleep() again', { code: 'COROUTINE_REUSED' })
    const loop = getRunningLoop()
    this.sleeper = loop.$currentWaiter()
    this.used = true
    const { $owner: owner } = this.sleeper
    if (owner === null) {
      this.$deadline = loop.time() + this.ms
      loop.$schedule(this)
    } else {
      owner.$schedule(this, owner.now() + this.ms)
    }
    this.sleeper.$park(fiber, this)
    return this
  }

  get $ended(): boolean { return this.sleeper === null }

  /** Its time has come. */
  $run(): void {
    const { sleeper } = this
    if (sleeper === null) return // interrupted in the turn in which its time came
    if (sleeper.$owner !== null && !sleeper.$owner.$isDue(this)) return
    this.sleeper = null
    sleeper.$wake(SEND, this.result)
  }

  $unpark(): void {
    const { sleeper } = this
    this.sleeper = null
    if (sleeper === null) return
    if (sleeper.$owner === null) sleeper.$loop.$cancelTimer(this)
    else sleeper.$owner.$cancelTimer(this)
  }

  /** It is over before its time, without an error. */
  $skip(): void {
    const { sleeper } = this
    this.$unpark()
    sleeper?.$wake(SEND, this.result)
  }

  /** The generator that sleeps is finished by its host. */
  override return(value?: unknown): Asked {
    this.$unpark()
    return super.return(value)
  }

  perform(): never {
    throw new RuntimeError('plain code cannot sleep. Run this generator in a task', { code: 'CANNOT_WAIT' })
  }

  override toString(): string { return `sleep(${this.ms})` }
}
