/**
 * A long campaign: random nests, against the laws of cancellation.
 *
 *     npm run campaign:nests -- [--count N] [--seed K]
 *
 * To compare with asyncio: `npm run fuzz -- --suite nests`.
 */
import { parseArgs } from 'node:util'
import fc from 'fast-check'
import { judge } from './laws.ts'
import { programsOf } from './programs.ts'
import { readable } from './readable.ts'
import { everything } from './vocabularies.ts'

const { values } = parseArgs({
  options: { count: { type: 'string', default: '100000' }, seed: { type: 'string', default: String(Date.now() % 1e9) } },
})
const numRuns = Number(values.count)
const seed = Number(values.seed)

const { failed, counterexample, numRuns: done } = fc.check(
  fc.property(programsOf(everything), program => judge(program).broken.length === 0), { numRuns, seed })
if (failed && counterexample !== null) {
  const { broken, log } = judge(counterexample[0])
  console.log(`seed ${seed}, after ${done} programs:\n\n${readable(counterexample[0])}\n\n${log.join('\n')}\n\n${broken.join('\n')}`)
  process.exitCode = 1
} else {
  console.log(`seed ${seed}: ${done} programs keep the laws`)
}
