import { describe } from '../base/describe.ts'
import { ArgumentError } from '../base/errors.ts'
import { checkOptions } from '../base/options.ts'
import type { LoopOptions } from '../loop/reports.ts'
import { EventLoop } from '../task/event-loop.ts'
import { seededRandom, shuffledAlike } from './shuffle.ts'

/** The options of `new SeededEventLoop()`. */
export interface SeededLoopOptions extends Partial<LoopOptions> {
  /** A whole number, 0 or more. The same seed gives the same order, and 0 gives the usual order. */
  readonly seed: number
}

const SEEDED = { call: 'new SeededEventLoop({ seed: 7 })', names: ['seed', 'host', 'debug', 'logger'] }

/**
 * A loop in which the seed decides the order of the tasks. It keeps what asyncio promises: callbacks are called in the order
 * in which they were scheduled, and timers by their deadlines. In each turn it shuffles the tasks that are ready, and the
 * timers that are due at the same time. A program had better not rely on their order.
 */
export class SeededEventLoop extends EventLoop {
  /** The seed that decides the order. */
  readonly seed: number
  private readonly $random: () => number

  constructor(options: SeededLoopOptions) {
    const { seed, ...ofTheLoop } = checkedOptions(options)
    super(ofTheLoop)
    this.seed = checkedSeed(seed)
    this.$random = seededRandom(seed)
  }

  /** @internal */
  protected override get $isInOrder(): boolean { return this.seed === 0 && super.$isInOrder }

  /** @internal */
  protected override $arrange(): void {
    if (this.seed !== 0 && this.$ready.size > 1) this.$ready.rearrange(items => shuffledAlike(items, this.$random))
    super.$arrange()
  }
}

function checkedOptions(options: SeededLoopOptions): SeededLoopOptions {
  checkOptions(options, SEEDED)
  return options
}

/** @returns the seed. @throws TypeError when it is not a whole number, 0 or more. */
export function checkedSeed(seed: unknown): number {
  if (Number.isInteger(seed) && (seed as number) >= 0) return seed as number
  throw new ArgumentError(`a seed is a whole number, 0 or more, not ${describe(seed)}`, 'NOT_A_SEED')
}
