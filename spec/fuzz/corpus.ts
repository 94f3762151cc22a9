import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { ask, findPython } from './oracle.ts'
import type { Suite } from './suite.ts'

/** A program, and what Python logged. */
export interface Recorded<Program> {
  readonly program: Program
  readonly trace: readonly string[]
}

const BATCH = 500
/** Programs that log less show little, and those that log more are seldom about something else. */
const FEWEST_LINES = 18
const MOST_LINES = 70

/** Write so many random programs to `corpus/NAME.json`, with the traces of Python. `corpus.spec.ts` replays them. */
export function writeCorpus<Program>(suite: Suite<Program>, count: number, seed: number): void {
  const python = findPython(suite.oracle)
  const recorded: Recorded<Program>[] = []
  for (const batchSeed of fc.sample(fc.integer(), { seed, numRuns: Math.ceil(10 * count / BATCH) })) {
    if (recorded.length >= count) break
    const programs = fc.sample(suite.programs, { seed: batchSeed, numRuns: BATCH }).map(program => suite.prune?.(program) ?? program)
    const traces = ask(python, suite.name, programs)
    for (const [i, program] of programs.entries()) recorded.push(...worthKeeping({ program, trace: traces[i] ?? [] }))
  }
  const lines = recorded.slice(0, count).map(one => JSON.stringify(one))
  writeFileSync(join(__dirname, 'corpus', `${suite.name}.json`), `[\n${lines.join(',\n')}\n]\n`)
  console.log(`${suite.name}, seed ${seed}: ${lines.length} programs recorded`)
}

function worthKeeping<Program>(one: Recorded<Program>): Recorded<Program>[] {
  const { length } = one.trace
  return length >= FEWEST_LINES && length <= MOST_LINES && !one.trace.includes('too many steps') ? [one] : []
}
