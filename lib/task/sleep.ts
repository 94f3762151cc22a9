import { RuntimeError, ValueError } from '../base/errors.ts'
import { noTime } from '../base/no-time.ts'
import { alreadyAwaited } from '../base/reused.ts'
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
 * Wait for `ms` milliseconds, while others run: `yield* sleep(1000)`. With zero or less it waits for one turn of the loop (rule
 * 15). It is Python's `asyncio.sleep()`.
 * @param ms how long to wait, in milliseconds.
 * @throws ValueError when `ms` is not a number.
 */
export function sleep(ms: number): Awaitable<void>
/**
 * Wait for `ms` milliseconds, while others run, and get a value: `const tea = yield* sleep(1000, 'tea')`.
 * @param ms how long to wait, in milliseconds.
 * @param result the value that `yield*` gives afterwards.
 * @throws ValueError when `ms` is not a number.
 */
export function sleep<T>(ms: number, result: T): Awaitable<T>
export function sleep(ms: number, result?: unknown): Awaitable<unknown> {
  if (typeof ms !== 'number' || Number.isNaN(ms)) {
    throw new ValueError(`sleep() takes a number of milliseconds, not ${noTime(ms)}`, { code: 'NOT_A_TIME' })
  }
  const request = soonest(ms, result)
  return hooks.made === null ? request : made(request, request.toString())
}

function soonest(ms: number, result: unknown): OneTurn | Sleep {
  if (ms > 0) return new Sleep(ms, result)
  return result === undefined ? new OneTurn() : new OneTurnFor(result)
}

/**
 * One sleep. Its time begins when it is awaited. There may be very many, so one object is everything: the request, what the fiber
 * waits for, and the timer.
 */
class Sleep extends WaitRequest implements Wait, OwnedTimer {
  $deadline = 0
  $slot = NOWHERE
  $heldBefore = 0
  private used = false
  /** The waiter that sleeps; `null` before the sleep and after it. */
  private sleeper: LoopWaiter | null = null

  constructor(private readonly ms: number, private readonly result: unknown) { super() }

  park(fiber: Fiber): Wait {
    if (this.used) throw alreadyAwaited('sleep()', 'Call sleep() again')
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

  get $priority(): number { return this.sleeper?.$owner?.priority ?? 0 }

  /** The time of the sleep is over. */
  $run(): void {
    const { sleeper } = this
    if (sleeper === null) return // the sleep was interrupted in the turn in which its time was over
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

  /** End the sleep before its time, without an error. */
  $skip(): void {
    const { sleeper } = this
    this.$unpark()
    sleeper?.$wake(SEND, this.result)
  }

  /** The host finishes the generator that sleeps. */
  override return(value?: unknown): Asked {
    this.$unpark()
    return super.return(value)
  }

  perform(): never {
    getRunningLoop() // where none runs, the error is the same as in a greenlet
    throw new RuntimeError('plain code cannot sleep. Run this generator in a task', { code: 'CANNOT_WAIT' })
  }

  override toString(): string { return `sleep(${this.ms})` }
}
