import type { Group, Kind, Target, Unit } from './group.mts'
import type { Samples } from './round.mts'

/** Over all rounds. */
export interface Spread {
  readonly median: number
  readonly least: number
  readonly most: number
}

export interface Figure {
  readonly name: string
  readonly kind: Kind
  /** One operation, in the unit of the group. */
  readonly figure: Spread
  /** Times the anchor, each time of the same round. */
  readonly ratio: Spread
}

export interface Verdict extends Target {
  readonly measured: number
  readonly kept: boolean
}

export interface Result {
  readonly title: string
  readonly unit: Unit
  readonly anchor: string
  readonly rounds: number
  readonly figures: readonly Figure[]
  readonly verdicts: readonly Verdict[]
}

export function summarize(group: Group, rounds: readonly Samples[]): Result {
  const column = (name: string): number[] => rounds.map(samples => samples[name]?.usual ?? NaN)
  const ratios = (of: string, per: string): number[] => {
    const divisors = column(per)
    return column(of).map((figure, round) => figure / (divisors[round] as number))
  }
  const names = Object.keys(rounds[0] ?? {})
  return {
    title: group.title,
    unit: group.unit ?? 'ns',
    anchor: group.anchor,
    rounds: rounds.length,
    figures: names.map(name => ({
      name,
      kind: kindOf(group, name),
      figure: spread(column(name)),
      ratio: spread(ratios(name, group.anchor)),
    })),
    verdicts: (group.targets ?? [])
      .filter(({ of, per }) => names.includes(of) && (per === undefined || names.includes(per)))
      .map(target => {
        const measured = spread(target.per === undefined ? column(target.of) : ratios(target.of, target.per)).median
        return { ...target, measured, kept: measured <= target.atMost }
      }),
  }
}

function kindOf({ entries }: Group, name: string): Kind {
  const entry = entries.find(entry => entry.name === name)
  return entry === undefined ? 'peer' : entry.kind ?? 'ours'
}

export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length / 2
  const median = ((sorted[Math.floor(middle - 0.5)] ?? NaN) + (sorted[Math.floor(middle)] ?? NaN)) / 2
  return { median, least: sorted[0] ?? NaN, most: sorted.at(-1) ?? NaN }
}
