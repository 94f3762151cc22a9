import { RuntimeError } from '../base/errors.ts'
import { INSPECT } from '../base/inspect.ts'
import { checkedOperation } from '../generator/awaited.ts'
import { made, refuseExcess } from '../generator/made.ts'
import type { Coroutine } from '../generator/types.ts'
import type { ContextManager } from '../scope/use.ts'
import { currentTask } from '../task/current-task.ts'
import type { Task } from '../task/task.ts'
import { ParkingLot } from './parking-lot.ts'

/** Figures about a lock at one moment. The names are those of anyio. */
export interface LockStatistics {
  /** Is it held? */
  readonly locked: boolean
  /** The task that has taken the lock. It is `null` when the lock is free, and when plain code has taken it. */
  readonly owner: Task | null
  /** How many tasks wait for it. */
  readonly tasksWaiting: number
}

/**
 * Lets one coroutine run at a time: `yield* use(lock, function* () {...})`. The one that has waited longest goes next, and nobody
 * overtakes. It is Python's `asyncio.Lock` (rule 23).
 */
export class Lock implements ContextManager<void> {
  private $taken = false
  /** The task that has taken the lock. @internal */
  $holder: Task | null = null
  /** Those that wait for the lock. @internal */
  readonly $lot = new ParkingLot(this)

  constructor() { refuseExcess('new Lock()', arguments.length, 'A lock is free at first: write new Lock()') }

  /** Is the lock taken? */
  locked(): boolean { return this.$taken }

  /** Take the lock; wait until it is free. A free lock is taken at once. */
  acquire(): Coroutine<true> { return made(this.$$acquire(), 'lock.acquire()', arguments.length) }

  private *$$acquire(): Coroutine<true> {
    if (this.$taken || this.$lot.$isBusy) {
      this.$lot.$refuseOther(this.$holder)
      yield* this.$lot.$place(null)
    }
    this.$taken = true
    this.$holder = currentTask()
    return true
  }

  /** Give the lock back. @throws RuntimeError when it is not taken. */
  release(): void {
    if (!this.$taken) throw new RuntimeError('Lock is not acquired.', { code: 'NOT_ACQUIRED' })
    this.$taken = false
    this.$holder = null
    this.$wakeFirst()
  }

  *enter(): Coroutine<void> { yield* checkedOperation(this.acquire(), this, 'acquire') }

  *exit(): Coroutine<void> { this.release() }

  /** Figures about the lock at this moment. */
  statistics(): LockStatistics { return { locked: this.$taken, owner: this.$holder, tasksWaiting: this.$lot.waiting } }

  /** @internal */
  [INSPECT](): string { return this.toString() }

  toString(): string { return `<Lock [${this.$taken ? 'locked' : 'unlocked'}, waiting:${this.$lot.waiting}]>` }

  /** The task that has taken the lock, in the words of a report. @internal */
  get $heldBy(): string { return this.$holder === null ? '' : `, which ${this.$holder.getName()} holds` }

  /** A waiter gives up. If the lock is free, the next one is woken instead. @internal */
  $gaveUp(): void { if (!this.$taken) this.$wakeFirst() }

  /** Wake one waiter, if none is awake yet. If that one is cancelled, it wakes the next when its turn comes. */
  private $wakeFirst(): void {
    if (this.$lot.$leavingCount === 0 && !this.$lot.$isBlocked) this.$lot.unpark()
  }
}
