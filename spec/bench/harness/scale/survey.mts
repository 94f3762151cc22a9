import { spawnSync } from 'node:child_process'
import { memory, primitives } from '../../groups/scale.mts'
import type { Cost, Limits, Primitive } from './primitive.mts'
import { areMeasured, isFlat } from './verdict.mts'
import type { ScaleOrder } from './worker.mts'

export interface Row {
  readonly name: string
  readonly costs: readonly Cost[]
  /** `null` where it is memory itself. */
  readonly verdict: 'flat' | 'grows' | 'is known to grow' | null
}

/** How far to go. */
export interface Extent {
  readonly counts: readonly number[]
  readonly limits: Limits
  /** Leave out some. */
  readonly quick: boolean
  /** For a process. */
  readonly milliseconds: number
}

export const FULL: Extent = {
  counts: [1_000, 10_000, 100_000, 1_000_000],
  limits: { warmUp: 500e6, together: 100_000, repeat: 600e6, most: 30e9 },
  quick: false,
  milliseconds: 90_000,
}

export const QUICK: Extent = {
  counts: [1_000, 10_000, 100_000],
  limits: { warmUp: 200e6, together: 30_000, repeat: 300e6, most: 4e9 },
  quick: true,
  milliseconds: 15_000,
}

/** The nursery has its full size from the beginning, and less depends on the machine. */
const FLAGS = ['--expose-gc', '--single-threaded', '--min-semi-space-size=16', '--max-old-space-size=4096']
const WORKER = 'dist/bench/harness/scale/worker.mjs'

/**
 * First what memory itself costs, and then all of which the name has the word. What is not flat is measured again, if it
 * can be.
 */
export function* surveyScale(extent: Extent, word = ''): Generator<Row, void> {
  const selected = primitives.filter(({ name, quick }) => name.includes(word) && !(extent.quick && quick === false))
  const ofMemory = new Map<number, readonly Cost[]>()
  for (const objects of new Set(selected.map(({ objects = 1 }) => objects).sort((a, b) => a - b))) {
    const yardstick = memory(objects)
    const costs = measureApart(yardstick, extent)
    ofMemory.set(objects, costs)
    yield { name: yardstick.name, costs, verdict: null }
  }
  for (const primitive of selected) {
    const memory = ofMemory.get(primitive.objects ?? 1) ?? []
    let costs = measureApart(primitive, extent)
    if (primitive.grows !== true && areMeasured(costs) && !isFlat(primitive, costs, memory)) costs = lesser(costs, measureApart(primitive, extent))
    yield { name: primitive.name, costs, verdict: isFlat(primitive, costs, memory) ? 'flat' : primitive.grows === true ? 'is known to grow' : 'grows' }
  }
}

/** In a process of its own. */
function measureApart({ name, most = Infinity }: Primitive, { counts, limits, milliseconds }: Extent): Cost[] {
  const order: ScaleOrder = { name, counts: counts.filter(count => count <= most), limits }
  const { stdout, stderr } = spawnSync(process.execPath, [...FLAGS, WORKER, JSON.stringify(order)], {
    encoding: 'utf8', maxBuffer: Infinity, timeout: milliseconds, killSignal: 'SIGKILL',
  })
  const costs = stdout.split('\n').filter(line => line.startsWith('{')).map(line => JSON.parse(line) as Cost)
  const missing = order.counts[costs.length]
  const isOver = costs.some(cost => 'foretold' in cost)
  if (missing !== undefined && !isOver) costs.push({ count: missing, failure: errorIn(stderr) })
  return costs
}

function errorIn(stderr: string): string {
  return stderr.split('\n').find(line => /^(\w*Error\b|FATAL ERROR)/.test(line)) ?? 'it takes too long'
}

/** What else the machine does only adds. */
function lesser(some: readonly Cost[], others: readonly Cost[]): Cost[] {
  return some.map((cost, i) => {
    const other = others[i]
    return other !== undefined && 'ns' in other && (!('ns' in cost) || other.ns < cost.ns) ? other : cost
  })
}
