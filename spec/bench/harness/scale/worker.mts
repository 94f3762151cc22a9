/** Measures one primitive, in a process of its own, and prints a line for each count. */
import { memory, primitives } from '../../groups/scale.mts'
import { measure } from './measure.mts'
import type { Cost, Limits, Primitive } from './primitive.mts'

export interface ScaleOrder {
  readonly name: string
  readonly counts: readonly number[]
  readonly limits: Limits
}

const { name, counts, limits } = JSON.parse(process.argv[2] as string) as ScaleOrder
const yardsticks = primitives.map(({ objects = 1 }) => memory(objects))
const tell = (cost: Cost): void => { console.log(JSON.stringify(cost)) }
measure([...yardsticks, ...primitives].find(primitive => primitive.name === name) as Primitive, counts, limits, tell)
process.exit() // whatever is left
