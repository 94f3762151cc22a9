// SAMPLE=0.05 SEED=1 npm run mutants [-- floor …]
//
// Mutation tests of the core: the source is changed in small ways, one at a time, and the specs have to notice. Stryker's
// instrumenter makes the changes. All of them are in one copy of the library, each behind a switch.
//
// A first run, with no change, notes which tests come by each place. Then each mutant gets a process of its own, and meets the
// tests that come by it, those of its own floor first, until one fails. SAMPLE draws a part of the mutants by lot.
// PATIENCE=5 lets a mutant meet tests of five seconds at most: what survives then may be noticed by others.
// SLOW=1 lets what survives also meet the specs that run programs by the thousand.
import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeTree } from './tree.mjs'

const FLOORS = ['base', 'context', 'generator', 'greenlet', 'loop', 'host', 'clock', 'tick', 'task', 'scope', 'sync', 'iteration', 'queue', 'group',
  'streams', 'frame', 'replay', 'inspect', 'run', 'testing']
/** The specs of a floor are in the folder of its name. These floors have specs elsewhere. */
const ALSO = { context: ['greenlet'], loop: ['host'], clock: ['tick', 'frame'], run: ['host'] }
const ELSEWHERE = /^spec\/((cli|eslint|engines|node|promise|study|examples|bench|types)\/|docs\/(?!misuse))/
const SLOW = /^spec\/(fuzz\/|properties\/|hostile|keeps-nothing|sync\/crowds|loop\/ready-queue)/

const PACKAGES = ['@stryker-mutator/instrumenter@9', 'typed-inject@5']

const { SAMPLE = '1', SEED = '1', JOBS = '2', PATIENCE = '600', SLOW: alsoSlow = '' } = process.env
const chosen = process.argv.length > 2 ? process.argv.slice(2) : FLOORS
const tree = join(process.cwd(), 'reports/mutants')
const report = `reports/mutants-${SEED}.json`

/** A number from 0 to 1 that depends on the text alone (FNV-1a, and a mix of its bits). */
function lotOf(text) {
  let hash = 2166136261
  for (const character of text) hash = Math.imul(hash ^ character.codePointAt(0), 16777619)
  hash = Math.imul(hash ^ (hash >>> 16), 2246822507)
  hash = Math.imul(hash ^ (hash >>> 13), 3266489909)
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32
}

const floorOf = file => file.split('/')[1]
const filesIn = folder => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(file => join(folder, file)).sort()

/** Run tests in a process of their own. @returns what it says, or `null` when it takes more than its time of the processor. */
function run(job, ms = Infinity) {
  return new Promise(settle => {
    const child = spawn(process.execPath, ['--stack-size=900', '.ci/mutants/runner.cjs'], {
      stdio: ['pipe', 'ignore', 'ignore', 'pipe'], env: { ...process.env, SOURCE: process.cwd() },
    })
    child.stdin.on('error', () => { /* it has ended */ })
    child.stdin.end(JSON.stringify({ tree, mutant: null, ...job }))
    let text = ''
    let isOver = false
    child.stdio[3].setEncoding('utf8').on('data', part => { text += part })
    const look = setInterval(() => { if (processorTime(child.pid) > ms) { isOver = true; child.kill('SIGKILL') } }, 500)
    child.on('close', () => {
      clearInterval(look)
      settle(isOver ? null : text.split('\n').filter(Boolean).map(line => JSON.parse(line)))
    })
  })
}

/** Other programs may slow the machine down, so the time of the processor counts. */
function processorTime(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /, '').split(' ')
    return (Number(fields[11]) + Number(fields[12])) * 10
  } catch {
    return 0
  }
}

/** Run all tests without a change. @returns which of them come by each mutant, and how long they take. */
async function dryRun(files) {
  const said = await run({ files: files.map(file => ({ file, only: null })) })
  const tests = new Map()
  const loading = new Map()
  for (const { id, name, ms, error, loaded } of said) {
    if (loaded !== undefined) loading.set(loaded, ms)
    else if (error) console.log(`left out: ${name}: ${error.split('\n')[0]}`)
    else if (id !== undefined) tests.set(id, { name, ms, file: id.split('#')[0], index: Number(id.split('#')[1]) })
  }
  if (!said.some(({ done }) => done)) throw new Error('the first run did not come to its end')
  const { coverage } = said.find(part => part.coverage !== undefined)
  const byMutant = new Map()
  for (const [test, hits] of Object.entries(coverage.perTest)) {
    if (tests.has(test)) for (const [mutant, count] of Object.entries(hits)) {
      const entry = byMutant.get(mutant) ?? { tests: [], hits: 0 }
      entry.tests.push(test)
      entry.hits += count
      byMutant.set(mutant, entry)
    }
  }
  // What runs when a file is loaded may matter to every test.
  for (const [mutant, count] of Object.entries(coverage.static)) {
    const entry = byMutant.get(mutant) ?? { tests: [], hits: 0 }
    byMutant.set(mutant, { tests: entry.tests, hits: count + entry.hits * 10, others: [...tests.keys()] })
  }
  console.log(`${tests.size} tests in ${files.length} files, ${Math.round([...tests.values()].reduce((sum, { ms }) => sum + ms, 0) / 1000)} s`)
  return { tests, loading, byMutant }
}

/** The files with the tests that come by a mutant: those of its own floor first, then the quick ones. */
function jobFor(mutant, { tests, loading, byMutant }) {
  const { tests: ids, hits, others = [] } = byMutant.get(mutant.id) ?? { tests: [], hits: 0 }
  const files = filesOf(ids)
  const rest = filesOf(others).filter(({ file }) => !files.some(entry => entry.file === file))
  const own = [floorOf(mutant.file), ...ALSO[floorOf(mutant.file)] ?? []]
  const rank = ({ file, ms }) => (own.includes(floorOf(file)) ? 0 : 1e6) + ms
  let ms = 0
  const byRank = (one, other) => rank(one) - rank(other)
  const ordered = [...files.sort(byRank), ...rest.sort(byRank)].filter(entry => {
    if (ms > 0 && ms + entry.ms > PATIENCE * 1000) return false
    ms += entry.ms
    return true
  })
  return { job: { files: ordered, mutant: mutant.id, hitLimit: Math.max(hits, 10) * 100 }, ms, count: ids.length + others.length }

  function filesOf(which) {
    const files = new Map()
    for (const id of which) {
      const { file, index, ms } = tests.get(id)
      const entry = files.get(file) ?? { file, only: [], ms: loading.get(file) ?? 0 }
      entry.only.push(index)
      entry.ms += ms
      files.set(file, entry)
    }
    return [...files.values()]
  }
}

async function meet(mutants, first) {
  const left = [...mutants]
  let done = 0
  await Promise.all(Array.from({ length: Number(JOBS) }, async () => {
    for (let mutant = left.shift(); mutant !== undefined; mutant = left.shift()) {
      const { job, ms, count } = jobFor(mutant, first)
      const said = count === 0 ? [{ done: true }] : await run(job, 20_000 + 5 * ms)
      const failed = said?.find(({ error }) => error)
      mutant.status = said === null ? 'timeout' : failed !== undefined ? 'noticed' : said.some(part => part.done) ? 'survived' : 'crashed'
      mutant.tests = count
      mutant.by = failed?.name
      if (++done % 25 === 0) save()
      if (done % 100 === 0) console.log(`${done} of ${mutants.length}`)
    }
  }))
  save()
}

function save() { writeFileSync(report, JSON.stringify(drawn, null, 1)) }

if (!existsSync('node_modules/@stryker-mutator')) execFileSync('npm', ['install', '--no-save', '--no-audit', '--no-fund', ...PACKAGES], { stdio: 'inherit' })
const { instrumented } = await import('./instrument.mjs')
const { texts, mutants } = await instrumented(FLOORS.flatMap(floor => filesIn(`lib/${floor}`).filter(file => file.endsWith('.ts') && !file.endsWith('index.ts'))))
mkdirSync('reports', { recursive: true })
writeTree(tree, texts)
const lots = new Map(mutants.map(mutant => [mutant, lotOf(JSON.stringify([SEED, mutant.file, mutant.line, mutant.column, mutant.was, mutant.replacement]))]))
// In the order of their lots: whoever ends the run early has met a smaller sample.
const drawn = mutants.filter(mutant => chosen.includes(floorOf(mutant.file)) && lots.get(mutant) < Number(SAMPLE)).sort((one, other) => lots.get(one) - lots.get(other))
console.log(`${drawn.length} mutants of ${mutants.length} are drawn`)

const specs = filesIn('spec').filter(file => file.endsWith('.spec.ts') && !ELSEWHERE.test(file))
const cost = file => statSync(file).size
const inOrder = files => files.sort((one, other) => cost(one) - cost(other))
await meet(drawn, await dryRun(inOrder(specs.filter(file => !SLOW.test(file)))))
const isAlive = ({ status }) => status === 'survived'
if (alsoSlow !== '') await meet(drawn.filter(isAlive), await dryRun(inOrder(specs.filter(file => SLOW.test(file)))))

const score = list => `${list.filter(mutant => !isAlive(mutant)).length} of ${list.length}, ${(100 * list.filter(mutant => !isAlive(mutant)).length / list.length).toFixed(1)} %`
for (const floor of chosen) {
  const own = drawn.filter(({ file }) => floorOf(file) === floor)
  if (own.length > 0) console.log(`${floor}: ${score(own)}`)
}
console.log(`all: ${score(drawn)} are noticed, ${drawn.filter(({ status }) => status === 'timeout').length} of them because they do not end`)
for (const { file, line, was, replacement } of drawn.filter(isAlive)) console.log(`${file}:${line}\n- ${was}\n+ ${replacement}`)
