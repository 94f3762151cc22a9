// SAMPLE=0.05 SEED=1 npm run mutants [-- floor …]
//
// Mutation tests of the core, floor by floor. Stryker changes the source in small ways, one at a time, and the specs have to notice.
// The core has too many places for one afternoon, so SAMPLE draws a part of its functions by lot.
//
// 1. Each mutant meets the specs of its own floor, which takes a second.
// 2. What survives them meets all specs of the core that are quick.
// 3. What is left meets all specs of the core, which takes minutes for a mutant in much used code.
//
// STAGE=2 ends after the second.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'

/** For each floor the folders of `spec/` that are about it. */
const floors = {
  base: ['base'], context: ['context', 'greenlet'], generator: ['generator'], greenlet: ['greenlet'], loop: ['loop', 'host'], host: ['host'],
  clock: ['tick', 'frame'], tick: ['tick'], task: ['task'], scope: ['scope'], sync: ['sync'], iteration: ['iteration'], queue: ['queue'],
  group: ['group'], streams: ['streams'], frame: ['frame'], replay: ['replay'], inspect: ['inspect'], run: ['run', 'host'], testing: ['testing'],
}

const packages = ['@stryker-mutator/core@9', '@stryker-mutator/jest-runner@9']
const report = 'reports/mutants.json'

/** @returns what became of each mutant: its place, what it was changed to, and its status. */
function stryker(specs, mutate, sample) {
  rmSync(report, { force: true })
  const env = { ...process.env, SPECS: specs.join(' '), SAMPLE: String(sample), SOURCE: process.cwd() }
  spawnSync('npx', ['stryker', 'run', '.ci/mutants/stryker.config.mjs', '--mutate', mutate.join(',')], { env, stdio: ['ignore', 'ignore', 'inherit'] })
  const { files } = JSON.parse(readFileSync(report, 'utf8'))
  return Object.entries(files).flatMap(([file, { mutants, source }]) => mutants
    .filter(({ status }) => status !== 'Ignored')
    .map(mutant => ({ file, was: textAt(source, mutant.location), ...mutant })))
}

function textAt(source, { start, end }) {
  const lines = source.split('\n').slice(start.line - 1, end.line)
  lines[lines.length - 1] = lines.at(-1).slice(0, end.column - 1)
  lines[0] = lines[0].slice(start.column - 1)
  return lines.join('\n')
}

const lives = ({ status }) => status === 'Survived' || status === 'NoCoverage'
const dies = ({ status }) => status === 'Killed' || status === 'Timeout'
const rangeOf = ({ file, location: { start, end } }) => `${file}:${start.line}:${start.column - 1}-${end.line}:${end.column - 1}`

if (!existsSync('node_modules/@stryker-mutator')) execFileSync('npm', ['install', '--no-save', '--no-audit', '--no-fund', ...packages], { stdio: 'inherit' })
mkdirSync('reports', { recursive: true })
const chosen = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(floors)
const sample = Number(process.env.SAMPLE ?? 1)
const all = []
for (const floor of chosen) {
  const mutants = stryker(floors[floor], [`lib/${floor}/**/*.ts`, '!lib/**/index.ts'], sample)
  all.push(...mutants)
  console.log(`${floor}: ${mutants.filter(dies).length} of ${mutants.filter(mutant => dies(mutant) || lives(mutant)).length} are noticed by its own specs`)
  save()
}

for (const [stage, specs] of [[2, ['together']], [3, []]]) {
  const survivors = all.filter(lives)
  if (survivors.length === 0 || Number(process.env.STAGE ?? 3) < stage) continue
  const again = new Map(stryker(specs, survivors.map(rangeOf), 1).map(mutant => [keyOf(mutant), mutant.status]))
  for (const mutant of survivors) mutant.status = again.get(keyOf(mutant)) ?? mutant.status
  console.log(`of ${survivors.length} that survive, stage ${stage} notices ${survivors.filter(dies).length}`)
  save()
}

function keyOf({ file, location: { start, end }, replacement }) { return JSON.stringify([file, start, end, replacement]) }

function save() {
  writeFileSync('reports/all-mutants.json', JSON.stringify(all.map(({ file, location, was, replacement, mutatorName, status }) =>
    ({ file, line: location.start.line, was, replacement, mutatorName, status })), null, 1))
}

const [dead, alive] = [all.filter(dies).length, all.filter(lives)]
console.log(`${dead} of ${dead + alive.length} mutants are noticed: ${(100 * dead / (dead + alive.length)).toFixed(1)} %`)
for (const { file, location, was, replacement } of alive) console.log(`${file}:${location.start.line}\n- ${was}\n+ ${replacement}`)
