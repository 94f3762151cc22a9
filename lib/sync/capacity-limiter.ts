import { checkedCount } from '../base/checked.ts'
import { RuntimeError, ValueError } from '../base/errors.ts'
import { INSPECT } from '../base/inspect.ts'
import { WouldBlock } from '../base/sync-errors.ts'
import { made } from '../generator/made.ts'
import type { Coroutine } from '../generator/types.ts'
import type { ContextManager } from '../scope/use.ts'
import { currentTask } from '../task/create-task.ts'
import { Task } from '../task/task.ts'
import { heldBy } from './holders.ts'
import { type Cargo, ParkingLot, type Place } from './parking-lot.ts'

/** Who waits for a token. */
interface Request extends Cargo {
  readonly borrower: unknown
}

/** What can be said of a limiter at one moment (anyio's and trio's). */
export interface CapacityLimiterStatistics {
  readonly borrowedTokens: number
  readonly totalTokens: number
  /** Who has a token: a task, or what it was acquired on behalf of. */
  readonly borrowers: readonly unknown[]
  readonly tasksWaiting: number
}

/**
 * A number of tokens to borrow (trio's and anyio's `CapacityLimiter`). Unlike a semaphore it knows who has one: nobody
 * borrows two, or gives back what is not theirs; and the number can change.
 */
export class CapacityLimiter implements ContextManager<void> {
  private readonly $lot = new ParkingLot(this)
  private readonly $borrowers = new Set<unknown>()
  private readonly $waiters = new Set<unknown>()
  /** Tokens for those whose turn has not come yet. */
  private $reserved = 0
  private $total = 0

  /** @param totalTokens how many there are; may be `Infinity`. @throws ValueError when that is negative. */
  constructor(totalTokens: number) { this.totalTokens = totalTokens }

  /** How many tokens there are. If it becomes less, those that have one keep it. */
  get totalTokens(): number { return this.$total }

  set totalTokens(tokens: number) {
    checkedCount('a CapacityLimiter', tokens)
    if (!(tokens >= 0)) throw new ValueError('total_tokens must be >= 0', { code: 'NEGATIVE' })
    this.$total = tokens
    this.$wake()
  }

  get borrowedTokens(): number { return this.$borrowers.size + this.$reserved }

  get availableTokens(): number { return this.$available }

  /** How many wait for one. */
  get waiting(): number { return this.$lot.waiting }

  /** Borrow a token for the current task; wait until there is one. @throws RuntimeError when it has one. */
  acquire(): Coroutine<void> { return made(this.$acquire(), 'limiter.acquire()') }

  private *$acquire(): Coroutine<void> { yield* this.acquireOnBehalfOf(this.$me()) }

  /** The same without waiting. @throws WouldBlock when there is none, or others wait for one. */
  acquireNowait(): void { this.acquireOnBehalfOfNowait(this.$me()) }

  /** Give the token of the current task back. @throws RuntimeError when it has none. */
  release(): void { this.releaseOnBehalfOf(this.$me()) }

  /** Borrow a token for whatever is to be told apart from others. */
  acquireOnBehalfOf(borrower: unknown): Coroutine<void> { return made(this.$acquireOnBehalfOf(borrower), 'limiter.acquireOnBehalfOf(…)') }

  private *$acquireOnBehalfOf(borrower: unknown): Coroutine<void> {
    this.$refuseTwice(borrower)
    if (this.$available <= 0 || this.$lot.waiting > 0) {
      this.$waiters.add(borrower)
      const request: Request = { place: null, borrower }
      yield* this.$lot.$place(request)
      this.$waiters.delete(borrower)
      this.$reserved--
    }
    this.$borrowers.add(borrower)
  }

  /** The same without waiting. @throws WouldBlock when there is none, or others wait for one. */
  acquireOnBehalfOfNowait(borrower: unknown): void {
    this.$refuseTwice(borrower)
    if (this.$available <= 0 || this.$lot.waiting > 0) {
      throw new WouldBlock('no token is free. Write yield* limiter.acquire() to wait for one')
    }
    this.$borrowers.add(borrower)
  }

  /** Give back what was borrowed for it. @throws RuntimeError when it has none. */
  releaseOnBehalfOf(borrower: unknown): void {
    if (!this.$borrowers.delete(borrower)) {
      throw new RuntimeError("this borrower isn't holding any of this CapacityLimiter's tokens", { code: 'NOT_A_BORROWER' })
    }
    this.$wake()
  }

  enter(): Coroutine<void> { return this.acquire() }

  *exit(): Coroutine<void> { this.release() }

  /** What can be said of it now. */
  statistics(): CapacityLimiterStatistics {
    return { borrowedTokens: this.borrowedTokens, totalTokens: this.$total, borrowers: Array.from(this.$borrowers), tasksWaiting: this.waiting }
  }

  /** Who has a token, in the words of a report. @internal */
  get $heldBy(): string { return heldBy(Array.from(this.$borrowers).filter(each => each instanceof Task)) }

  /** @internal */
  [INSPECT](): string { return this.toString() }

  toString(): string { return `<CapacityLimiter [borrowed:${this.borrowedTokens}/${this.$total}, waiting:${this.waiting}]>` }

  /** @internal */
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
