import { describe } from '../base/describe.ts'
import { ArgumentError } from '../base/errors.ts'
import type { Runnable, Timer } from '../loop/runnable.ts'
import type { LoopOptions } from '../loop/reports.ts'
import { EventLoop } from '../task/event-loop.ts'
import { Task } from '../task/task.ts'

export interface SeededLoopOptions extends Partial<LoopOptions> {
  /** A whole number, 0 or more. The same seed gives the same order, and 0 gives the usual order. */
  readonly seed: number
}

/**
 * A loop in which the seed decides the order of the tasks. It keeps what asyncio promises: callbacks are called in the order
 * in which they were scheduled, and timers by their deadlines. In each turn it shuffles the tasks that are ready, and the
 * timers that are due at the same time. A program had better not rely on their order.
 */
export class SeededEventLoop extends EventLoop {
  readonly seed: number
  private $state: number

  constructor({ seed, ...options }: SeededLoopOptions) {
    super(options)
    this.seed = this.$state = checkedSeed(seed)
  }

  /** @internal */
  protected override $arrange(): void {
    if (this.seed !== 0 && this.$ready.size > 1) this.$ready.rearrange(items => this.$shuffleAlike(items))
  }

  /** Shuffle the items of each kind that has no order of its own. They change places only with items of the same kind. */
  private $shuffleAlike(items: Runnable[]): Runnable[] {
    const kinds = new Map<unknown, number[]>()
    items.forEach((item, i) => {
      const kind = item instanceof Task ? 'task' : (item as Partial<Timer>).$deadline ?? null
      if (kind === null) return
      const places = kinds.get(kind)
      if (places === undefined) kinds.set(kind, [i])
      else places.push(i)
    })
    const arranged = items.slice()
    for (const places of kinds.values()) {
      this.$shuffle(places.slice()).forEach((from, i) => { arranged[places[i] as number] = items[from] as Runnable })
    }
    return arranged
  }

  private $shuffle<T>(items: T[]): T[] {
    for (let i = items.length - 1; i > 0; i--) {
      const j = Math.floor(this.$random() * (i + 1))
      const item = items[i] as T
      items[i] = items[j] as T
      items[j] = item
    }
    return items
  }

  /** @returns a number from 0 to 1, like `Math.random()`, that depends on the seed (mulberry32). */
  private $random(): number {
    this.$state = (this.$state + 0x6D2B79F5) | 0
    let t = Math.imul(this.$state ^ (this.$state >>> 15), 1 | this.$state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** @returns the seed. @throws TypeError when it is not a whole number, 0 or more. */
export function checkedSeed(seed: unknown): number {
  if (Number.isInteger(seed) && (seed as number) >= 0) return seed as number
  throw new ArgumentError(`a seed is a whole number, 0 or more, not ${describe(seed)}`, 'NOT_A_SEED')
}
