import { execFileSync } from 'node:child_process'
import { measure } from 'mitata'

/** Something to measure: `run()` does `ops` operations. */
export interface Case {
  readonly name: string
  readonly ops: number
  readonly run: () => unknown
}

/** A program in another language that prints the nanoseconds of one operation. `null` where it is not installed. */
export interface Peer {
  readonly name: string
  readonly command: readonly string[] | null
}

/** A promise about two entries: the first takes at most so many times the time of the second. */
export interface Target {
  readonly of: string
  readonly per: string
  readonly atMost: number
}

export interface Group {
  readonly title: string
  /** The entry that the others are compared with. */
  readonly anchor: string
  readonly cases: readonly Case[]
  readonly peers?: readonly Peer[]
  readonly targets?: readonly Target[]
}

export interface Entry {
  readonly name: string
  /** Nanoseconds for one operation, the median of all rounds. */
  readonly ns: number
  /** Times the anchor, measured in the same round: the median, the least and the most. */
  readonly ratio: { readonly median: number; readonly least: number; readonly most: number }
}

export interface Verdict extends Target {
  readonly measured: number
}

export interface Result {
  readonly title: string
  readonly anchor: string
  readonly entries: readonly Entry[]
  readonly verdicts: readonly Verdict[]
}

/**
 * Measure all entries of a group, one after the other, and that several times over: what the machine does meanwhile
 * hits all of them alike, and a ratio is taken within a round.
 */
export async function compare(group: Group, rounds: number): Promise<Result> {
  const peers = (group.peers ?? []).filter(peer => peer.command !== null)
  const names = [...group.cases, ...peers].map(({ name }) => name)
  const times = new Map<string, number[]>(names.map(name => [name, []]))
  for (let round = 0; round < rounds; round++) {
    for (const { name, ops, run } of group.cases) {
      const stats = await measure(run, { min_cpu_time: 50_000_000, min_samples: 10 })
      times.get(name)?.push(stats.p50 / ops)
    }
    for (const { name, command } of peers) times.get(name)?.push(runPeer(command ?? []))
  }
  const ratio = (of: string, per: string): number[] =>
    (times.get(of) ?? []).map((ns, round) => ns / (times.get(per)?.[round] ?? NaN))
  return {
    title: group.title,
    anchor: group.anchor,
    entries: names.map(name => {
      const ratios = ratio(name, group.anchor)
      return {
        name,
        ns: median(times.get(name) ?? []),
        ratio: { median: median(ratios), least: Math.min(...ratios), most: Math.max(...ratios) },
      }
    }),
    verdicts: (group.targets ?? [])
      .filter(({ of, per }) => times.has(of) && times.has(per))
      .map(target => ({ ...target, measured: median(ratio(target.of, target.per)) })),
  }
}

function runPeer([program = '', ...args]: readonly string[]): number {
  return Number(execFileSync(program, args, { encoding: 'utf8' }))
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[sorted.length >> 1] ?? NaN
}

/** The result as lines for a terminal. */
export function table({ title, anchor, entries, verdicts }: Result): string {
  const width = Math.max(...entries.map(({ name }) => name.length))
  return [
    `\n${title}`,
    ...entries.map(({ name, ns, ratio }) => {
      const times = name === anchor ? '' : `  ${figure(ratio.median)} × (${figure(ratio.least)}–${figure(ratio.most)})`
      return `  ${name.padEnd(width)}  ${ns.toFixed(1).padStart(9)} ns${times}`
    }),
    ...verdicts.map(({ of, per, atMost, measured }) =>
      `  ${measured <= atMost ? '✓' : '✗'} ${of} : ${per} = ${figure(measured)}, at most ${String(atMost)}`),
  ].join('\n')
}

function figure(value: number): string { return value < 10 ? value.toFixed(2) : value.toFixed(0) }
