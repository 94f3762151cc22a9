/**
 * npm run bench:scale [-- --only WORD] [--full]
 *
 * What one operation costs is not to depend on how many there are. It ends with 1 when it does.
 *
 * --only  what has the word in its name
 * --full  up to a million, as `npm run bench` does; some five minutes instead of one
 */
import { machine } from './harness/machine.mts'
import { flag, option } from './harness/options.mts'
import { FULL, QUICK, surveyScale } from './harness/scale/survey.mts'
import { headOf, lineOf } from './harness/scale/table.mts'

const extent = flag('full') ? FULL : QUICK
console.log(`${machine}\n${headOf(extent.counts)}`)
let failed = 0
for (const row of surveyScale(extent, option('only'))) {
  console.log(lineOf(row))
  if (row.verdict === 'grows') failed++
}
if (failed > 0) {
  console.log(`${String(failed)} of them cost more when there are more`)
  process.exitCode = 1
}
