import { RuntimeError } from '../base/errors.ts'
import { INSPECT } from '../base/inspect.ts'
import { made, refuseExcess } from '../generator/made.ts'
import type { Coroutine } from '../generator/types.ts'
import type { ContextManager } from '../scope/use.ts'
import type { Task } from '../task/task.ts'
import { callingTask, heldBy } from './holders.ts'
import { type Cargo, ParkingLot, type Place } from './parking-lot.ts'

/** Figures about a `ReadWriteLock` at one moment. */
export interface ReadWriteLockStatistics {
  /** The tasks that read. */
  readonly readers: readonly Task[]
  /** The task that writes; `null` when none does. */
  readonly writer: Task | null
  /** How many tasks wait to read. */
  readonly tasksWaitingRead: number
  /** How many tasks wait to write. */
  readonly tasksWaitingWrite: number
}

/** Somebody who waits. */
interface Request extends Cargo {
  readonly task: Task
  readonly writes: boolean
}

/**
 * Lets many tasks read, or one task write: `yield* use(lock.read, function* () {...})`, `yield* use(lock.write, …)`. It is fair:
 * the task that has waited longest goes next. So a writer waits for the tasks that read already, and not for those that come later.
 */
export class ReadWriteLock {
  /** The side that tasks take to read. */
  readonly read: Side = new Side(this, false)
  /** The side that tasks take to write. */
  readonly write: Side = new Side(this, true)
  private readonly $lot = new ParkingLot(this)
  private readonly $readers = new Set<Task>()
  private $writer: Task | null = null
  private readonly $waiting = new Set<Request>()

  constructor() { refuseExcess('new ReadWriteLock()', arguments.length, 'A lock is free at first: write new ReadWriteLock()') }

  /** Figures about the lock at this moment. */
  statistics(): ReadWriteLockStatistics {
    let writers = 0
    for (const { writes, place } of this.$waiting) if (writes && place?.$ended === false) writers++
    return { readers: Array.from(this.$readers), writer: this.$writer, tasksWaitingRead: this.$lot.waiting - writers, tasksWaitingWrite: writers }
  }

  /** @returns who holds it, and how many wait, in words. */
  toString(): string {
    const state = this.$writer !== null ? 'writing' : this.$readers.size > 0 ? `reading:${this.$readers.size}` : 'unlocked'
    return `<ReadWriteLock [${state}, waiting:${this.$lot.waiting}]>`
  }

  /** The tasks that have the lock, in the words of a report. @internal */
  get $heldBy(): string { return heldBy(this.$writer !== null ? [this.$writer] : Array.from(this.$readers)) }

  /** @internal */
  [INSPECT](): string { return this.toString() }

  /** Take the lock, to write or to read; wait until it is free for that. @internal */
  *$acquire(writes: boolean): Coroutine<true> {
    const task = callingTask('a ReadWriteLock')
    this.$refuseTwice(task)
    if (!this.$lot.$isBusy && this.$isFreeFor(writes)) {
      this.$take(task, writes)
      return true
    }
    const [reader = null] = this.$readers
    this.$lot.$refuseOther(this.$writer ?? reader)
    const request: Request = { place: null, task, writes }
    this.$waiting.add(request)
    yield* this.$lot.$place(request)
    this.$waiting.delete(request)
    return true
  }

  /** Give the lock back. @internal */
  $release(writes: boolean): void {
    const task = callingTask('a ReadWriteLock')
    if (writes ? this.$writer !== task : !this.$readers.has(task)) {
      throw new RuntimeError(`this task does not ${writes ? 'write' : 'read'}: it has not taken the ReadWriteLock for that`, { code: 'NOT_ACQUIRED' })
    }
    this.$giveBack(task, writes)
    this.$wake()
  }

  /** @internal */
  $isHeld(writes: boolean): boolean { return writes ? this.$writer !== null : this.$readers.size > 0 }

  /** A waiter gives up. If it had got the lock before, it gives the lock back. @internal */
  $gaveUp({ cargo, isReleased }: Place): void {
    const request = cargo as Request
    this.$waiting.delete(request)
    if (isReleased) this.$giveBack(request.task, request.writes)
    this.$wake()
  }

  private $isFreeFor(writes: boolean): boolean { return this.$writer === null && (!writes || this.$readers.size === 0) }

  private $take(task: Task, writes: boolean): void {
    if (writes) this.$writer = task
    else this.$readers.add(task)
  }

  private $giveBack(task: Task, writes: boolean): void {
    if (writes) this.$writer = null
    else this.$readers.delete(task)
  }

  /** Wake those that can have the lock now: one writer, or all readers up to the next writer. They have the lock from now on. */
  private $wake(): void {
    for (let place = this.$lot.$first; place !== null; place = this.$lot.$first) {
      const { task, writes } = place.cargo as Request
      if (!this.$isFreeFor(writes)) return
      this.$take(task, writes)
      this.$lot.$unparkOne(place)
    }
  }

  /** A task that has the lock, and asks for it again, would wait for itself. */
  private $refuseTwice(task: Task): void {
    if (this.$writer !== task && !this.$readers.has(task)) return
    throw new RuntimeError(`this task ${this.$writer === task ? 'writes' : 'reads'} already, and would wait for itself. ` +
      'Give the ReadWriteLock back first', { code: 'ACQUIRED_TWICE' })
  }
}

/** One side of a `ReadWriteLock`. */
export class Side implements ContextManager<void> {
  /** @internal */
  constructor(private readonly $lock: ReadWriteLock, private readonly $writes: boolean) {}

  /** Does somebody have the lock on this side? */
  locked(): boolean { return this.$lock.$isHeld(this.$writes) }

  /**
   * Take the lock on this side; wait until it is free. @throws RuntimeError when the task has the lock on either side; outside of a
   * task.
   */
  acquire(): Coroutine<true> { return made(this.$lock.$acquire(this.$writes), 'lock.acquire()', arguments.length) }

  /** Give the lock back. @throws RuntimeError when the current task does not have it on this side. */
  release(): void { this.$lock.$release(this.$writes) }

  *enter(): Coroutine<void> { yield* this.acquire() }

  *exit(): Coroutine<void> { this.release() }
}
