import { RuntimeError } from '../base/errors.ts'
import { INSPECT } from '../base/inspect.ts'
import { checkedOperation } from '../generator/awaited.ts'
import { made, refuseExcess } from '../generator/made.ts'
import type { Coroutine } from '../generator/types.ts'
import type { ContextManager } from '../scope/use.ts'
import { callingTask } from './holders.ts'
import { Lock, type LockStatistics } from './lock.ts'

/**
 * A lock that a task may take several times, and must give back as often: `yield* use(lock, function* () {...})`. The task that has
 * waited longest goes next, and nobody overtakes. It is Python's `threading.RLock`, for tasks.
 */
export class ReentrantLock implements ContextManager<void> {
  private readonly $lock: Lock
  private $count = 0

  constructor() {
    refuseExcess('new ReentrantLock()', arguments.length, 'A lock is free at first: write new ReentrantLock()')
    this.$lock = new Lock()
    this.$lock.$lot.$owner = this
  }

  /** Is the lock taken? */
  locked(): boolean { return this.$lock.locked() }

  /** How often the task that has the lock has taken it, and not given it back. */
  get depth(): number { return this.$count }

  /** Take the lock, or take it once more; wait until it is free. @throws RuntimeError outside of a task. */
  acquire(): Coroutine<true> { return made(this.$$acquire(), 'lock.acquire()', arguments.length) }

  private *$$acquire(): Coroutine<true> {
    const task = callingTask('a ReentrantLock')
    if (this.$lock.$holder !== task) yield* this.$lock.acquire()
    this.$count++
    return true
  }

  /** Give the lock back, once. @throws RuntimeError when the current task does not have it. */
  release(): void {
    if (this.$lock.$holder !== callingTask('a ReentrantLock')) {
      throw new RuntimeError('this task does not have the ReentrantLock. Only the task that took it can give it back',
        { code: 'NOT_ACQUIRED' })
    }
    if (--this.$count === 0) this.$lock.release()
  }

  *enter(): Coroutine<void> { yield* checkedOperation(this.acquire(), this, 'acquire') }

  *exit(): Coroutine<void> { this.release() }

  /** Figures about the lock at this moment. */
  statistics(): LockStatistics { return this.$lock.statistics() }

  toString(): string {
    const { locked, tasksWaiting } = this.statistics()
    return `<ReentrantLock [${locked ? `locked, depth:${this.$count}` : 'unlocked'}, waiting:${tasksWaiting}]>`
  }

  /** The task that has the lock, in the words of a report. @internal */
  get $heldBy(): string { return this.$lock.$heldBy }

  /** @internal */
  [INSPECT](): string { return this.toString() }
}
