import { describe } from '../base/describe.ts'
import { ArgumentError } from '../base/errors.ts'
import type { Runnable, Timer } from '../loop/runnable.ts'
import type { LoopOptions } from '../loop/reports.ts'
import { EventLoop } from '../task/event-loop.ts'
import { Task } from '../task/task.ts'

export interface SeededLoopOptions extends Partial<LoopOptions> {
  /** The same seed gives the same order; 0 gives that of every other loop. */
  readonly seed: number
}

/**
 * A loop whose tasks take their turns in an order that only the seed decides. What asyncio promises, it keeps: callbacks
 * are called in the order in which they were scheduled, and timers by their deadlines. What a program had better not
 * rely on is shuffled in each turn: which of the tasks that are ready goes first, and which of the timers that are due
 * at the same time.
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

  /** Of each kind that has no order of its own, the places stay, and who stands there changes. */
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

  /** From 0 to 1, as `Math.random()`, but by the seed (mulberry32). */
  private $random(): number {
    this.$state = (this.$state + 0x6D2B79F5) | 0
    let t = Math.imul(this.$state ^ (this.$state >>> 15), 1 | this.$state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** @throws TypeError when it is no seed. */
export function checkedSeed(seed: unknown): number {
  if (Number.isInteger(seed) && (seed as number) >= 0) return seed as number
  throw new ArgumentError(`a seed is a whole number, 0 or more, not ${describe(seed)}`, 'NOT_A_SEED')
}
