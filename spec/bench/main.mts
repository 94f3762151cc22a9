/**
 * npm run bench [-- --rounds N] [--json FILE]
 *
 * Every figure is a ratio of things measured in the same run, in turn, several times over.
 */
import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { groups as delegation } from './delegation.mts'
import { type Result, compare, table } from './harness.mts'
import { missing } from './peers.mts'
import { groups as switching } from './switching.mts'

function option(name: string): string | undefined {
  const at = process.argv.indexOf(`--${name}`)
  return at === -1 ? undefined : process.argv[at + 1]
}

const rounds = Number(option('rounds') ?? 7)
const machine = `Node ${process.version} on ${cpus()[0]?.model ?? 'an unknown processor'}`
console.log(`${machine}, ${String(rounds)} rounds`)
for (const peer of missing) console.log(`without ${peer}: not installed`)

const results: Result[] = []
for (const group of [...switching, ...delegation]) {
  const result = await compare(group, rounds)
  results.push(result)
  console.log(table(result))
}

const file = option('json')
if (file !== undefined) writeFileSync(file, `${JSON.stringify({ machine, rounds, results }, null, 1)}\n`)
