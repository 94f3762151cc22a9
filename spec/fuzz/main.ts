/**
 * Random programs, run here and in Python: each is to log the same lines.
 *
 *     npm run fuzz -- [--suite generators|greenlets|nests|nests-trio|primitives|tasks] [--count N] [--seed S]
 *
 * The first program that differs is made as small as possible and printed, with both traces. With `--corpus N`, so many
 * programs are written to a file with Python's traces instead.
 */
import { parseArgs } from 'node:util'
import fc from 'fast-check'
import { findDiffering, runHere } from './compare.ts'
import { writeCorpus } from './corpus.ts'
import { generators } from './generators/suite.ts'
import { greenlets } from './greenlets/suite.ts'
import { nests } from './nests/suite.ts'
import { nestsInTrio } from './nests-trio/suite.ts'
import { ask, findPython } from './oracle.ts'
import { primitives } from './primitives/suite.ts'
import { compared, pretty } from './report.ts'
import { shrink } from './shrink.ts'
import type { Suite } from './suite.ts'
import { tasks } from './tasks/suite.ts'

const suites: readonly Suite<unknown>[] = [generators, greenlets, tasks, primitives, nests, nestsInTrio]
const BATCH = 250

const { values: { suite, count, seed, corpus } } = parseArgs({
  options: {
    suite: { type: 'string' },
    count: { type: 'string', default: '10000' },
    corpus: { type: 'string' },
    seed: { type: 'string', default: String(Date.now() % 1e9) },
  },
})

const chosen = suites.filter(({ name }) => suite === undefined || suite === name)
if (chosen.length === 0) throw new Error(`--suite is one of ${suites.map(({ name }) => name).join(', ')}`)
if (corpus !== undefined) for (const one of chosen) writeCorpus(one, Number(corpus), Number(seed))
else process.exitCode = chosen.every(one => fuzz(one, Number(count), Number(seed))) ? 0 : 1

/** @returns false when a program differed. */
function fuzz<Program>(suite: Suite<Program>, count: number, seed: number): boolean {
  const python = findPython(suite.oracle)
  const differing = (programs: Program[]): Program | undefined => findDiffering(suite, python, programs)
  const seedOfBatch = fc.sample(fc.integer(), { seed, numRuns: Math.ceil(count / BATCH) })
  for (const [i, batchSeed] of seedOfBatch.entries()) {
    const found = differing(fc.sample(suite.programs, { seed: batchSeed, numRuns: Math.min(BATCH, count - i * BATCH) }))
    if (found !== undefined) {
      const program = shrink(found, differing)
      const [trace = []] = ask(python, suite.name, [program])
      console.log(`${suite.name}, seed ${seed}: a program logs other lines in Python (<) than here (>)\n`)
      console.log(`${pretty(program)}\n\n${compared(trace, runHere(suite, program))}`)
      return false
    }
  }
  console.log(`${suite.name}, seed ${seed}: ${count} programs log the same lines in Python and here`)
  return true
}
