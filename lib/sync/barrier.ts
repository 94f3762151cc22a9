import { checkedCount } from '../base/checked.ts'
import { ValueError } from '../base/errors.ts'
import { INSPECT } from '../base/inspect.ts'
import { BrokenBarrierError } from '../base/sync-errors.ts'
import { made, refuseExcess } from '../generator/made.ts'
import type { Coroutine } from '../generator/types.ts'
import { type ContextManager, use } from '../scope/use.ts'
import { Condition } from './condition.ts'

type Stage = 'filling' | 'draining' | 'resetting' | 'broken'

/** Figures about a barrier at one moment. */
export interface BarrierStatistics {
  /** How many have to come. */
  readonly parties: number
  /** How many tasks wait for the others. */
  readonly tasksWaiting: number
  /** Is the barrier broken? */
  readonly broken: boolean
}

/** Coroutines wait here until enough have come, and then go on together (Python's `asyncio.Barrier`, rule 25). It can be used again. */
export class Barrier implements ContextManager<number> {
  private readonly $condition = new Condition()
  private $stage: Stage = 'filling'
  /** How many are inside. */
  private $count = 0
  /** The numbers of those who are inside. */
  private readonly $numbers = new Set<number>()

  /** @param parties how many have to come. @throws TypeError when that is not a whole number; ValueError when it is less than 1. */
  constructor(readonly parties: number) {
    refuseExcess('new Barrier()', arguments.length - 1, 'Write new Barrier(3)')
    checkedCount('Barrier()', parties)
    if (!(parties >= 1)) throw new ValueError('parties must be >= 1', { code: 'NO_PARTIES' })
    this.$condition.$lot.$owner = this
  }

  /** How many wait for the others. */
  get nWaiting(): number { return this.$stage === 'filling' ? this.$count : 0 }

  /** Is the barrier broken? Then all who wait, and all who come, get a `BrokenBarrierError`. */
  get broken(): boolean { return this.$stage === 'broken' }

  /**
   * Wait for the others. While the coroutines of the last round are leaving, a new one waits until they have left.
   * @returns a number from 0 to `parties - 1`, which is different for each coroutine of a round.
   * @throws BrokenBarrierError when the barrier is broken, or is reset during the wait.
   */
  wait(): Coroutine<number> { return made(this.$$wait(), 'barrier.wait()', arguments.length) }

  private *$$wait(): Coroutine<number> {
    return yield* use(this.$condition, () => this.$meet())
  }

  /** Make the barrier empty again. Coroutines that wait get a BrokenBarrierError. A broken barrier works again after this. */
  reset(): Coroutine<void> { return made(this.$$reset(), 'barrier.reset()', arguments.length) }

  private *$$reset(): Coroutine<void> {
    yield* use(this.$condition, () => this.$change(this.$count > 0 ? 'resetting' : 'filling'))
  }

  /** Break the barrier. Coroutines that wait get a BrokenBarrierError, and so do all that come later. */
  abort(): Coroutine<void> { return made(this.$$abort(), 'barrier.abort()', arguments.length) }

  private *$$abort(): Coroutine<void> {
    yield* use(this.$condition, () => this.$change('broken'))
  }

  enter(): Coroutine<number> { return this.wait() }

  *exit(): Coroutine<void> { /* nobody has to leave */ }

  /** How many wait, and for how many. */
  statistics(): BarrierStatistics { return { parties: this.parties, tasksWaiting: this.nWaiting, broken: this.broken } }

  /** @internal */
  [INSPECT](): string { return this.toString() }

  toString(): string {
    return `<Barrier [${this.$stage}${this.broken ? '' : `, waiting:${this.nWaiting}/${this.parties}`}]>`
  }

  private *$meet(): Coroutine<number> {
    yield* this.$condition.waitFor(() => this.$stage === 'filling' || this.broken)
    if (this.broken) throw new BrokenBarrierError('Barrier aborted')
    const number = this.$takeNumber()
    this.$count++
    try {
      if (this.$count === this.parties) yield* this.$change('draining')
      else yield* this.$untilFull()
      return number
    } finally {
      this.$count--
      this.$numbers.delete(number)
      if (this.$count === 0) this.$begin()
    }
  }

  /** How many have come before. If that number is taken, because somebody was cancelled, it is the least number that is free. */
  private $takeNumber(): number {
    let number = this.$count
    if (this.$numbers.has(number)) for (number = 0; this.$numbers.has(number);) number++
    this.$numbers.add(number)
    return number
  }

  private *$untilFull(): Coroutine<void> {
    yield* this.$condition.waitFor(() => this.$stage !== 'filling')
    if (this.$stage !== 'draining') throw new BrokenBarrierError('Abort or reset of barrier')
  }

  private *$change(stage: Stage): Coroutine<void> {
    this.$stage = stage
    this.$condition.notifyAll()
  }

  /** The last one has left, so the next round begins. */
  private $begin(): void {
    if (this.$stage !== 'broken') this.$stage = 'filling'
    this.$condition.notifyAll()
  }
}
