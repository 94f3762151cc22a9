import { describe } from '../base/describe.ts'
import { RuntimeError, ValueError } from '../base/errors.ts'
import { type Asked, registers } from '../generator/trap.ts'
import type { Awaitable } from '../generator/types.ts'
import { type Fiber, type Wait, Waiting } from '../greenlet/fiber.ts'
import type { TimerHandle } from '../loop/handle.ts'
import { Future, parkAt } from './future.ts'
import { getRunningLoop } from './loops.ts'
import { OneTurn } from './turn.ts'

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
  return (ms <= 0 ? new OneTurn(result) : new Sleep(ms, result)) as unknown as Awaitable<unknown>
}

/** One sleep, from the moment at which it is awaited. */
class Sleep extends Waiting {
  private begun = false
  private timer: TimerHandle | null = null

  constructor(private readonly ms: number, private readonly result: unknown) { super() }

  park(fiber: Fiber): Wait | null {
    if (this.begun) throw new RuntimeError('cannot reuse already awaited sleep(). Call sleep() again', { code: 'COROUTINE_REUSED' })
    this.begun = true
    const loop = getRunningLoop()
    const future = new Waking(this.ms, loop)
    this.timer = loop.callLater(this.ms, wakeUp, future, this.result)
    return parkAt(future, fiber)
  }

  /** The wait is interrupted: the timer is not needed any more. */
  override throw(error: unknown): Asked {
    if (registers.raising) this.timer?.cancel()
    return super.throw(error)
  }

  override return(value?: unknown): Asked {
    this.timer?.cancel()
    return super.return(value)
  }

  perform(): never {
    throw new RuntimeError('plain code cannot sleep. Run this generator in a task', { code: 'CANNOT_WAIT' })
  }

  override toString(): string { return `sleep(${this.ms})` }
}

/** What a sleeper waits for. */
class Waking extends Future {
  constructor(private readonly ms: number, loop: Future['loop']) { super({ loop }) }

  override toString(): string { return `sleep(${this.ms})` }
}

function wakeUp(future: Future, result: unknown): void {
  if (!future.done()) future.setResult(result)
}
