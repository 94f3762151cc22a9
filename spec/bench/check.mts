/**
 * npm run bench:check [-- --update]
 *
 * A short form: the main ratios, against those that are committed. It ends with 1 when one of them is more than 1.5
 * times worse. `--update` writes them anew.
 *
 * Of several rounds the least counts, of an entry and of its anchor: what else the machine does only adds. A group that
 * fails gets more rounds.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { machine } from './harness/machine.mts'
import { flag } from './harness/options.mts'
import { type Located, measureApart } from './harness/round.mts'
import { select } from './harness/select.mts'
import { short } from './harness/table.mts'

const FILE = 'spec/bench/baseline.json'
const ROUNDS = 2
const MORE_ROUNDS = 4
const TOLERANCE = 1.5

/** By group and entry: times the anchor of the group. */
type Ratios = Record<string, Record<string, number>>

class Watch {
  private readonly least = new Map<string, number>()
  readonly title: string

  readonly anchor: string
  /** More rounds give nothing new. */
  readonly enough: number

  constructor(private readonly located: Located) {
    this.title = located.group.title
    this.anchor = located.group.anchor
    this.enough = located.group.unit === undefined ? Infinity : 1
  }

  round(): void {
    const { file, group: { title, anchor, watched = [] } } = this.located
    for (const name of [anchor, ...watched]) {
      const answer = measureApart(process.cwd(), { file, title, name, quick: true })
      if ('name' in answer) this.least.set(name, Math.min(answer.least, this.least.get(name) ?? Infinity))
    }
  }

  ratios(): Record<string, number> {
    const { anchor, watched = [] } = this.located.group
    const divisor = this.least.get(anchor) ?? NaN
    return Object.fromEntries(watched.map(name => [name, (this.least.get(name) ?? NaN) / divisor]))
  }
}

function rounds(watches: readonly Watch[], count: number): void {
  for (let round = 0; round < count; round++) for (const watch of watches) if (round < watch.enough) watch.round()
}

function update(watches: readonly Watch[]): void {
  rounds(watches, MORE_ROUNDS)
  const ratios: Ratios = {}
  for (const watch of watches) {
    const rounded = Object.entries(watch.ratios()).map(([name, ratio]) => [name, Number(ratio.toPrecision(3))])
    ratios[watch.title] = Object.fromEntries(rounded) as Record<string, number>
  }
  writeFileSync(FILE, `${JSON.stringify(ratios, null, 2)}\n`)
  console.log(`${FILE} is written`)
}

function check(watches: readonly Watch[]): void {
  const committed = JSON.parse(readFileSync(FILE, 'utf8')) as Ratios
  const worse = (watch: Watch): number[] =>
    Object.entries(watch.ratios()).map(([name, ratio]) => ratio / (committed[watch.title]?.[name] ?? NaN))
  const fails = (watch: Watch): boolean => !worse(watch).every(factor => factor <= TOLERANCE)
  rounds(watches.filter(fails), MORE_ROUNDS)
  for (const watch of watches) {
    const factors = worse(watch)
    console.log(`${watch.title}, times ${watch.anchor}`)
    for (const [i, [name, ratio]] of Object.entries(watch.ratios()).entries()) {
      const factor = factors[i] ?? NaN
      const mark = factor <= TOLERANCE ? '✓' : '✗'
      console.log(`  ${mark} ${name}: ${short(ratio)}, committed ${short(ratio / factor)}, times ${short(factor)}`)
    }
  }
  if (watches.some(fails)) process.exitCode = 1
}

console.log(machine)
const watches = (await select()).filter(({ group }) => group.watched !== undefined).map(located => new Watch(located))
rounds(watches, ROUNDS)
if (flag('update')) update(watches)
else check(watches)
