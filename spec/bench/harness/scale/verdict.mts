import type { Cost, Measured, Primitive } from './primitive.mts'

/** With so many, what is compared with it begins. */
const FROM = 10_000
const AT_MOST = 2

/**
 * With more than ten thousand of it, does an operation cost no more than twice as much? Not counted is by how much memory
 * itself has become slower meanwhile; and of a heap, the logarithm.
 * @param memory what it costs to make and visit what one operation does.
 */
export function isFlat({ heap }: Primitive, costs: readonly Cost[], memory: readonly Cost[]): boolean {
  const base = costAt(costs, FROM)
  const memoryAt = (count: number): number => costAt(memory, count)
  return areMeasured(costs) && costs.filter(({ count }) => count > FROM).every(({ count, ns }) => {
    const forgiven = Math.max(0, memoryAt(count) - memoryAt(FROM))
    const logarithm = heap === true ? Math.log(count) / Math.log(FROM) : 1
    return ns - forgiven <= AT_MOST * logarithm * base
  })
}

/** Is there a figure for each? */
export function areMeasured(costs: readonly Cost[]): costs is readonly Measured[] {
  return costs.every(cost => 'ns' in cost)
}

function costAt(costs: readonly Cost[], count: number): number {
  const cost = costs.find(cost => cost.count === count)
  return cost !== undefined && 'ns' in cost ? cost.ns : NaN
}
