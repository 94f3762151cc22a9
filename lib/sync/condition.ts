import { checkedCount } from '../base/checked.ts'
import { describe } from '../base/describe.ts'
import { ArgumentError, RuntimeError } from '../base/errors.ts'
import { INSPECT } from '../base/inspect.ts'
import { CancelledError } from '../base/task-errors.ts'
import { made } from '../generator/made.ts'
import type { Coroutine } from '../generator/types.ts'
import { outOfReach } from '../scope/cancel-scope.ts'
import type { ContextManager } from '../scope/use.ts'
import { Lock, type LockStatistics } from './lock.ts'
import { ParkingLot } from './parking-lot.ts'

/** What can be said of a condition at one moment (anyio's). */
export interface ConditionStatistics {
  /** How many wait to be notified. */
  readonly tasksWaiting: number
  readonly lockStatistics: LockStatistics
}

/**
 * Wait for something that others, who share a lock, bring about (Python's `asyncio.Condition`, rule 24):
 * `yield* use(condition, function* () { yield* condition.waitFor(() => items.length > 0) })`.
 */
export class Condition implements ContextManager<void> {
  /** @internal */
  readonly $lot = new ParkingLot(this)

  /** @param $lock several conditions may share one. */
  constructor(private readonly $lock = new Lock()) {
    if ($lock instanceof Lock) return
    throw new ArgumentError(`Condition() takes a Lock, not ${describe($lock)}`, 'NOT_A_LOCK')
  }

  locked(): boolean { return this.$lock.locked() }

  acquire(): Coroutine<true> { return this.$lock.acquire() }

  release(): void { this.$lock.release() }

  *enter(): Coroutine<void> { yield* this.$lock.acquire() }

  *exit(): Coroutine<void> { this.$lock.release() }

  /**
   * Give the lock back, wait until somebody notifies, and take it again. It may be woken for nothing: look again, or use
   * `waitFor()`. However the wait ends, the lock is taken; a notification that came too late goes to the next.
   * @throws RuntimeError when the lock is not taken.
   */
  wait(): Coroutine<true> { return made(this.$wait(), 'condition.wait()') }

  private *$wait(): Coroutine<true> {
    this.$refuseIfFree('wait on')
    this.$lot.$bind() // or it is refused while the lock is still taken
    this.$lock.release()
    try {
      try {
        yield* this.$lot.$place(null)
      } finally {
        yield* this.$takeAgain()
      }
    } catch (error) {
      this.$lot.unpark()
      throw error
    }
    return true
  }

  /** Wait until the predicate gives something true. @returns what it gives. */
  waitFor<T>(predicate: () => T): Coroutine<T> { return made(this.$waitFor(predicate), 'condition.waitFor(…)') }

  private *$waitFor<T>(predicate: () => T): Coroutine<T> {
    for (;;) {
      const result = predicate()
      if (result) return result
      yield* this.wait()
    }
  }

  /** Wake `n` that wait; they go on when they get the lock. @throws RuntimeError when the lock is not taken. */
  notify(n = 1): void {
    this.$refuseIfFree('notify on')
    this.$lot.unpark(checkedCount('notify()', n))
  }

  /** Wake all that wait. @throws RuntimeError when the lock is not taken. */
  notifyAll(): void { this.notify(Infinity) }

  /** What can be said of it now. */
  statistics(): ConditionStatistics { return { tasksWaiting: this.$lot.waiting, lockStatistics: this.$lock.statistics() } }

  /** @internal */
  $gaveUp(): void { /* wait() passes the wake-up on, once it has the lock */ }

  /** @internal */
  [INSPECT](): string { return this.toString() }

  toString(): string { return `<Condition [${this.locked() ? 'locked' : 'unlocked'}, waiting:${this.$lot.waiting}]>` }

  /** However often it is cancelled meanwhile; the last error is thrown in the end. */
  private *$takeAgain(): Coroutine<void> {
    let cancelled: CancelledError | null = null
    for (;;) {
      try {
        yield* cancelled === null ? this.$lock.acquire() : outOfReach(this.$lock.acquire())
        break
      } catch (error) {
        if (!(error instanceof CancelledError)) throw error
        cancelled = error
      }
    }
    if (cancelled !== null) throw cancelled
  }

  private $refuseIfFree(what: string): void {
    if (this.$lock.locked()) return
    throw new RuntimeError(`cannot ${what} un-acquired lock. Write yield* use(condition, function* () {...})`,
      { code: 'NOT_ACQUIRED' })
  }
}
