import { checkedCount } from '../base/checked.ts'
import { RuntimeError, ValueError } from '../base/errors.ts'
import { INSPECT } from '../base/inspect.ts'
import { WouldBlock } from '../base/sync-errors.ts'
import { made, refuseExcess } from '../generator/made.ts'
import type { Coroutine } from '../generator/types.ts'
import type { ContextManager } from '../scope/use.ts'
import { currentTask } from '../task/current-task.ts'
import { Task } from '../task/task.ts'
import { heldBy } from './holders.ts'
import { type Cargo, ParkingLot, type Place } from './parking-lot.ts'

/** Somebody who waits for a token. */
interface Request extends Cargo {
  readonly borrower: unknown
}

/** Figures about a limiter at one moment. The names are those of anyio and trio. */
export interface CapacityLimiterStatistics {
  /** How many tokens are borrowed. */
  readonly borrowedTokens: number
  /** How many tokens there are. */
  readonly totalTokens: number
  /** Those that have a token: tasks, and the borrowers of `acquireOnBehalfOf()`. */
  readonly borrowers: readonly unknown[]
  /** How many tasks wait for a token. */
  readonly tasksWaiting: number
}

/**
 * A number of tokens to borrow. Unlike a semaphore, it knows who has one. So nobody can borrow two, or give back the token of
 * somebody else. The number of tokens can change. It is the `CapacityLimiter` of trio and anyio.
 */
export class CapacityLimiter implements ContextManager<void> {
  private readonly $lot = new ParkingLot(this)
  private readonly $borrowers = new Set<unknown>()
  private readonly $waiters = new Set<unknown>()
  /** Tokens that were given to waiters whose turn has not come yet. */
  private $reserved = 0
  private $total = 0

  /**
   * @param totalTokens how many tokens there are; may be `Infinity`. @throws ValueError when it is negative; TypeError when it is
   * not whole.
   */
  constructor(totalTokens: number) {
    refuseExcess('new CapacityLimiter()', arguments.length - 1, 'Write new CapacityLimiter(3)')
    this.totalTokens = totalTokens
  }

  /** How many tokens there are. When the number gets smaller, those that have a token keep it. */
  get totalTokens(): number { return this.$total }

  set totalTokens(tokens: number) {
    checkedCount('a CapacityLimiter', tokens)
    if (!(tokens >= 0)) throw new ValueError('totalTokens must be >= 0', { code: 'NEGATIVE' })
    this.$total = tokens
    this.$wake()
  }

  /** How many tokens are borrowed. */
  get borrowedTokens(): number { return this.$borrowers.size + this.$reserved }

  /** How many tokens are free. It is negative when `totalTokens` got smaller than the number of borrowed tokens. */
  get availableTokens(): number { return this.$available }

  /** How many wait for a token. */
  get waiting(): number { return this.$lot.waiting }

  /** Borrow a token for the current task; wait until one is free. @throws RuntimeError when the task has one already; outside of a task. */
  acquire(): Coroutine<void> { return made(this.$$acquire(), 'limiter.acquire()', arguments.length) }

  private *$$acquire(): Coroutine<void> { yield* this.acquireOnBehalfOf(this.$me()) }

  /** `acquire()` without waiting. @throws WouldBlock when no token is free, or others wait for one; the errors of `acquire()`. */
  acquireNowait(): void { this.acquireOnBehalfOfNowait(this.$me()) }

  /** Give back the token of the current task. @throws RuntimeError when the task has none; outside of a task. */
  release(): void { this.releaseOnBehalfOf(this.$me()) }

  /** Borrow a token for any value; wait until one is free. @throws RuntimeError when the value has one, or waits for one. */
  acquireOnBehalfOf(borrower: unknown): Coroutine<void> { return made(this.$$acquireOnBehalfOf(borrower), 'limiter.acquireOnBehalfOf(…)', arguments.length - 1) }

  private *$$acquireOnBehalfOf(borrower: unknown): Coroutine<void> {
    this.$refuseTwice(borrower)
    if (this.$available <= 0 || this.$lot.waiting > 0) {
      const [other] = this.$borrowers
      this.$lot.$refuseOther(other)
      this.$waiters.add(borrower)
      const request: Request = { place: null, borrower }
      yield* this.$lot.$place(request)
      this.$waiters.delete(borrower)
      this.$reserved--
    }
    this.$borrowers.add(borrower)
  }

  /** `acquireOnBehalfOf()` without waiting. @throws WouldBlock when no token is free, or others wait for one. */
  acquireOnBehalfOfNowait(borrower: unknown): void {
    this.$refuseTwice(borrower)
    if (this.$available <= 0 || this.$lot.waiting > 0) {
      throw new WouldBlock('no token is free. Write yield* limiter.acquire() to wait for one')
    }
    this.$borrowers.add(borrower)
  }

  /** Give back the token of a value. @throws RuntimeError when it has none. */
  releaseOnBehalfOf(borrower: unknown): void {
    if (!this.$borrowers.delete(borrower)) {
      throw new RuntimeError("this borrower isn't holding any of this CapacityLimiter's tokens", { code: 'NOT_A_BORROWER' })
    }
    this.$wake()
  }

  enter(): Coroutine<void> { return this.acquire() }

  *exit(): Coroutine<void> { this.release() }

  /** Figures about the limiter at this moment. */
  statistics(): CapacityLimiterStatistics {
    return { borrowedTokens: this.borrowedTokens, totalTokens: this.$total, borrowers: Array.from(this.$borrowers), tasksWaiting: this.waiting }
  }

  /** Which tasks have a token, in the words of a report. @internal */
  get $heldBy(): string { return heldBy(Array.from(this.$borrowers).filter(each => each instanceof Task)) }

  /** @internal */
  [INSPECT](): string { return this.toString() }

  toString(): string { return `<CapacityLimiter [borrowed:${this.borrowedTokens}/${this.$total}, waiting:${this.waiting}]>` }

  /** A waiter gives up. If it had got a token before, the token goes to the next one. @internal */
  $gaveUp(place: Place): void {
    this.$waiters.delete((place.cargo as Request).borrower)
    if (!place.isReleased) return
    this.$reserved--
    this.$wake()
  }

  private get $available(): number { return this.$total - this.$borrowers.size - this.$reserved }

  private $me(): object {
    const task = currentTask()
    if (task !== null) return task
    throw new RuntimeError('a CapacityLimiter is acquired by a task. Elsewhere write acquireOnBehalfOf(borrower)', { code: 'NO_TASK' })
  }

  private $refuseTwice(borrower: unknown): void {
    if (!this.$borrowers.has(borrower) && !this.$waiters.has(borrower)) return
    throw new RuntimeError("this borrower is already holding, or waiting for, one of this CapacityLimiter's tokens",
      { code: 'BORROWED_TWICE' })
  }

  private $wake(): void { this.$reserved += this.$lot.unpark(this.$available) }
}
