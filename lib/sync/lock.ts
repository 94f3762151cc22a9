import { RuntimeError } from '../base/errors.ts'
import { INSPECT } from '../base/inspect.ts'
import { made } from '../generator/made.ts'
import type { Coroutine } from '../generator/types.ts'
import type { ContextManager } from '../scope/use.ts'
import { currentTask } from '../task/create-task.ts'
import type { Task } from '../task/task.ts'
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
  /** The task that has it. @internal */
  $holder: Task | null = null
  /** @internal */
  readonly $lot = new ParkingLot(this)

  locked(): boolean { return this.$taken }

  /** Take it; wait until it is free. One that is free is taken at once. */
  acquire(): Coroutine<true> { return made(this.$acquire(), 'lock.acquire()') }

  private *$acquire(): Coroutine<true> {
    if (this.$taken || this.$lot.$isBusy) yield* this.$lot.$place(null)
    this.$taken = true
    this.$holder = currentTask()
    return true
  }

  /** Give it back. @throws RuntimeError when nobody has it. */
  release(): void {
    if (!this.$taken) throw new RuntimeError('Lock is not acquired.', { code: 'NOT_ACQUIRED' })
    this.$taken = false
    this.$holder = null
    this.$wakeFirst()
  }

  *enter(): Coroutine<void> { yield* this.acquire() }

  *exit(): Coroutine<void> { this.release() }

  /** What can be said of it now. */
  statistics(): LockStatistics { return { locked: this.$taken, owner: this.$holder, tasksWaiting: this.$lot.waiting } }

  /** @internal */
  [INSPECT](): string { return this.toString() }

  toString(): string { return `<Lock [${this.$taken ? 'locked' : 'unlocked'}, waiting:${this.$lot.waiting}]>` }

  /** Who has it, in the words of a report. @internal */
  get $heldBy(): string { return this.$holder === null ? '' : `, which ${this.$holder.getName()} holds` }

  /** @internal */
  $gaveUp(): void { if (!this.$taken) this.$wakeFirst() }

  /** One is enough. A waiter that is cancelled wakes the next when its turn comes. */
  private $wakeFirst(): void {
    if (this.$lot.$leavingCount === 0 && !this.$lot.$isBlocked) this.$lot.unpark()
  }
}
