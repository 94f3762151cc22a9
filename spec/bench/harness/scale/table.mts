import { primitives } from '../../groups/scale.mts'
import { grouped } from '../table.mts'
import type { Cost } from './primitive.mts'
import type { Row } from './survey.mts'

const COLUMN = 13
const WIDTH = Math.max(...primitives.map(({ name }) => name.length))

/** The first lines, above those of the rows. */
export function headOf(counts: readonly number[]): string {
  return `nanoseconds of one operation, when there are so many\n${line(' ', '', counts.map(count => count.toLocaleString('en-US')))}`
}

/** A row as a line for a terminal, and one more for what went wrong. */
export function lineOf({ name, costs, verdict }: Row): string {
  const text = line(markOf(verdict), name, costs.map(textOf))
  const failure = costs.find(cost => 'failure' in cost)
  return failure === undefined ? text : `${text}\n  ${failure.failure}`
}

function line(mark: string, name: string, cells: readonly string[]): string {
  return `  ${mark} ${name.padEnd(WIDTH)}${cells.map(cell => cell.padStart(COLUMN)).join('')}`
}

/** What is foretold has a mark. */
export function textOf(cost: Cost): string {
  if ('ns' in cost) return grouped(cost.ns)
  return 'foretold' in cost ? `~${grouped(cost.foretold)}` : 'fails'
}

const MARKS = { flat: '✓', grows: '✗', 'is known to grow': '~' }

export function markOf(verdict: Row['verdict']): string { return verdict === null ? ' ' : MARKS[verdict] }
