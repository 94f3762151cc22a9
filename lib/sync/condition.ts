import { checkedCount, checkedFunction } from '../base/checked.ts'
import { describe } from '../base/describe.ts'
import { ArgumentError, RuntimeError } from '../base/errors.ts'
import { INSPECT } from '../base/inspect.ts'
import { CancelledError } from '../base/task-errors.ts'
import { made, refuseExcess } from '../generator/made.ts'
import type { Coroutine } from '../generator/types.ts'
import { checkedAnswer } from '../generator/unrun.ts'
import { outOfReach } from '../scope/cancel-scope.ts'
import type { ContextManager } from '../scope/use.ts'
import { Lock, type LockStatistics } from './lock.ts'
import { ParkingLot } from './parking-lot.ts'

/** Figures about a condition at one moment. The names are those of anyio. */
export interface ConditionStatistics {
  /** How many wait for `notify()`. */
  readonly tasksWaiting: number
  /** The figures of its lock. */
  readonly lockStatistics: LockStatistics
}

/**
 * Lets coroutines wait until other coroutines, which use the same lock, have changed something: `yield* use(condition, function* ()
 * { yield* condition.waitFor(() => items.length > 0) })`. It is Python's `asyncio.Condition` (rule 24).
 */
export class Condition implements ContextManager<void> {
  /** Those that wait for `notify()`. @internal */
  readonly $lot = new ParkingLot(this)

  /** @param $lock the lock; a new one by default. Several conditions may share one. @throws TypeError when it is not a Lock. */
  constructor(private readonly $lock = new Lock()) {
    refuseExcess('new Condition()', arguments.length - 1, 'Write new Condition(lock)')
    if ($lock instanceof Lock) return
    throw new ArgumentError(`Condition() takes a Lock, not ${describe($lock)}`, 'NOT_A_LOCK')
  }

  /** Is the lock taken? */
  locked(): boolean { return this.$lock.locked() }

  /** Take the lock; wait until it is free. */
  acquire(): Coroutine<true> { return this.$lock.acquire() }

  /** Give the lock back. @throws RuntimeError when it is not taken. */
  release(): void { this.$lock.release() }

  *enter(): Coroutine<void> { yield* this.$lock.acquire() }

  *exit(): Coroutine<void> { this.$lock.release() }

  /**
   * Give the lock back, wait for `notify()`, and take the lock again. The wait may end although nothing has changed. So look again,
   * or write `waitFor()`. The lock is taken again in any case, even after an error. If this waiter is cancelled after it was
   * notified, another one is notified instead.
   * @throws RuntimeError when the lock is not taken.
   */
  wait(): Coroutine<true> { return made(this.$$wait(), 'condition.wait()', arguments.length) }

  private *$$wait(): Coroutine<true> {
    this.$refuseIfFree('wait on')
    this.$lot.$bind() // a wrong loop must be refused while the lock is still taken
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

  /** Wait until the predicate returns something true. @returns what it returns. */
  waitFor<T>(predicate: () => T): Coroutine<T> { return made(this.$$waitFor(predicate), 'condition.waitFor(…)', arguments.length - 1) }

  private *$$waitFor<T>(predicate: () => T): Coroutine<T> {
    checkedFunction('condition.waitFor()', predicate)
    for (;;) {
      const result = checkedAnswer(predicate(), 'condition.waitFor()')
      if (result) return result
      yield* this.wait()
    }
  }

  /**
   * Wake `n` waiters. They go on when they get the lock. @throws RuntimeError when the lock is not taken; TypeError when `n` is not
   * whole.
   */
  notify(n = 1): void {
    this.$refuseIfFree('notify on')
    this.$lot.unpark(checkedCount('notify()', n))
  }

  /** Wake all waiters. @throws RuntimeError when the lock is not taken. */
  notifyAll(): void { this.notify(Infinity) }

  /** Figures about the condition at this moment. */
  statistics(): ConditionStatistics { return { tasksWaiting: this.$lot.waiting, lockStatistics: this.$lock.statistics() } }

  /** @internal */
  $gaveUp(): void { /* wait() passes the wake-up on, once it has the lock */ }

  /** @internal */
  [INSPECT](): string { return this.toString() }

  toString(): string { return `<Condition [${this.locked() ? 'locked' : 'unlocked'}, waiting:${this.$lot.waiting}]>` }

  /** Take the lock again, even if this is cancelled several times meanwhile. The last of these errors is thrown at the end. */
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
