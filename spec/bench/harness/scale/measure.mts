import { Stopwatch, now } from '../stopwatch.mts'
import type { Cost, Limits, Primitive } from './primitive.mts'

/** To warm up, there are no more than so many. */
const FEW = 1_000
const REPETITIONS = 3

const collect = globalThis.gc as () => void

/** So many small arrays fill V8's nursery twice. */
const LITTER = 400_000
const litter: unknown[] = []

/**
 * Before it starts, all that is young is made old by making garbage: to move it about is no part of the work. To collect
 * would throw away what the compiler has learned.
 */
class ScaleWatch extends Stopwatch {
  constructor(private readonly count: number) { super() }

  override start(): void {
    if (this.count > FEW) for (let i = 0; i < LITTER; i++) litter[i % 64] = [i, i, i, i, i, i, i, i, i, i]
    super.start()
  }
}

/** With so many of it: what one operation costs; and how long it took to do them all, and to make what they need. */
interface Repeated {
  readonly count: number
  readonly ns: number
  readonly work: number
  readonly making: number
}

/** Measure a primitive with ever more of it, and tell each time. */
export function measure(primitive: Primitive, counts: readonly number[], limits: Limits, tell: (cost: Cost) => void): void {
  collect() // now, and not later
  const warm = now() + limits.warmUp
  do once(primitive, Math.min(counts[0] as number, FEW), new Stopwatch())
  while (now() < warm)
  let last: Repeated | null = null
  let growth = 1
  for (const count of counts) {
    if (last !== null && (last.making + last.work * growth) * count / last.count > limits.most) {
      tell({ count, foretold: last.ns * growth })
      return
    }
    const repeated = repeat(primitive, count, limits)
    if (last !== null) growth = Math.min(count / last.count, Math.max(1, repeated.ns / last.ns))
    last = repeated
    tell({ count, ns: last.ns })
  }
}

/** The least of some repetitions. Where there are few of a thing, several times are timed together. */
function repeat(primitive: Primitive, count: number, { together, repeat }: Limits): Repeated {
  const watch = new ScaleWatch(count)
  const start = now()
  const isTime = (): boolean => now() < start + repeat
  const figures: number[] = []
  let times = 0
  let work = 0
  do {
    let ops = 0
    do {
      ops += once(primitive, count, watch)
      times++
    } while (ops < together && isTime())
    const took = watch.read()
    work += took
    figures.push(took / ops)
  } while (figures.length < REPETITIONS && isTime())
  return { count, ns: Math.min(...figures), work: work / times, making: (now() - start - work) / times }
}

function once({ name, work, ops }: Primitive, count: number, watch: Stopwatch): number {
  const done = work(count, watch)
  if (done === (ops ?? count)) return done
  throw new Error(`${name}: ${String(done)} are done and not ${String(ops ?? count)}`)
}
