import { RuntimeError } from '../base/errors.ts'
import type { Coroutine } from '../generator/types.ts'
import { type Waiter, whoseTurn } from '../greenlet/fiber.ts'
import type { ContextManager } from '../scope/use.ts'
import type { Task } from '../task/task.ts'
import type { LoopWaiter } from '../task/waiter.ts'
import { ParkingLot } from './parking-lot.ts'

/** What can be said of a lock at one moment (anyio's). */
export interface LockStatistics {
  readonly locked: boolean
  /** The task that has taken it; `null` when none has, or plain code. */
  readonly owner: Task | null
  readonly tasksWaiting: number
}

/**
 * One coroutine at a time: `yield* use(lock, function* () {...})` (Python's `asyncio.Lock`, rule 23). Who waits longest
 * goes next, and nobody overtakes.
 */
export class Lock implements ContextManager<void> {
  private $taken = false
  /** Whose turn it was when it was taken. */
  private $owner: Waiter | null = null
  /** @internal */
  readonly $lot = new ParkingLot(this)

  locked(): boolean { return this.$taken }

  /** Take it; wait until it is free. One that is free is taken at once. */
  *acquire(): Coroutine<true> {
    if (this.$taken || this.$lot.$isBusy) yield* this.$lot.$place(null)
    this.$taken = true
    this.$owner = whoseTurn()
    return true
  }

  /** Give it back. @throws RuntimeError when nobody has it. */
  release(): void {
    if (!this.$taken) throw new RuntimeError('Lock is not acquired.', { code: 'NOT_ACQUIRED' })
    this.$taken = false
    this.$owner = null
    this.$wakeFirst()
  }

  *enter(): Coroutine<void> { yield* this.acquire() }

  *exit(): Coroutine<void> { this.release() }

  /** What can be said of it now. */
  statistics(): LockStatistics {
    return { locked: this.$taken, owner: this.$holder, tasksWaiting: this.$lot.waiting }
  }

  /** The task that has it; `null` when it is free, or when plain code has it. @internal */
  get $holder(): Task | null { return (this.$owner as LoopWaiter | null)?.$awaiter as Task | null ?? null }

  /** @internal */
  get $holders(): readonly Task[] { return this.$holder === null ? [] : [this.$holder] }

  toString(): string { return `<Lock [${this.$taken ? 'locked' : 'unlocked'}, waiting:${this.$lot.waiting}]>` }

  /** @internal */
  $gaveUp(): void { if (!this.$taken) this.$wakeFirst() }

  /** One is enough. A waiter that is cancelled wakes the next when its turn comes. */
  private $wakeFirst(): void {
    if (this.$lot.$leavingCount === 0 && !this.$lot.$isBlocked) this.$lot.unpark()
  }
}
