import { RuntimeError } from '../base/errors.ts'
import { INSPECT } from '../base/inspect.ts'
import { made } from '../generator/made.ts'
import type { Coroutine } from '../generator/types.ts'
import type { ContextManager } from '../scope/use.ts'
import { callingTask } from './holders.ts'
import { Lock, type LockStatistics } from './lock.ts'

/**
 * A lock that the task that has it may take again, and gives back as often (Python's `threading.RLock`, for tasks):
 * `yield* use(lock, function* () {...})`. Who waits longest goes next, and nobody overtakes.
 */
export class ReentrantLock implements ContextManager<void> {
  private readonly $lock: Lock
  private $count = 0

  constructor() {
    this.$lock = new Lock()
    this.$lock.$lot.$owner = this
  }

  locked(): boolean { return this.$lock.locked() }

  /** How often the task that has it has taken it, and not given it back. */
  get depth(): number { return this.$count }

  /** Take it, or take it once more; wait until it is free. @throws RuntimeError outside of a task. */
  acquire(): Coroutine<true> { return made(this.$acquire(), 'lock.acquire()') }

  private *$acquire(): Coroutine<true> {
    const task = callingTask('a ReentrantLock')
    if (this.$lock.$holder !== task) yield* this.$lock.acquire()
    this.$count++
    return true
  }

  /** Give it back, once. @throws RuntimeError when the current task does not have it. */
  release(): void {
    if (this.$lock.$holder !== callingTask('a ReentrantLock')) {
      throw new RuntimeError('this task does not have the ReentrantLock. Who takes it gives it back', { code: 'NOT_ACQUIRED' })
    }
    if (--this.$count === 0) this.$lock.release()
  }

  *enter(): Coroutine<void> { yield* this.acquire() }

  *exit(): Coroutine<void> { this.release() }

  /** What can be said of it now. */
  statistics(): LockStatistics { return this.$lock.statistics() }

  toString(): string {
    const { locked, tasksWaiting } = this.statistics()
    return `<ReentrantLock [${locked ? `locked, depth:${this.$count}` : 'unlocked'}, waiting:${tasksWaiting}]>`
  }

  /** Who has it, in the words of a report. @internal */
  get $heldBy(): string { return this.$lock.$heldBy }

  /** @internal */
  [INSPECT](): string { return this.toString() }
}
