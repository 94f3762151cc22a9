import fc from 'fast-check'
import { findDiffering, runHere } from '../fuzz/compare.ts'
import { nestsInTrio } from '../fuzz/nests-trio/suite.ts'
import { ask, findPython } from '../fuzz/oracle.ts'
import { compared, pretty } from '../fuzz/report.ts'

/** Does somebody have trio here? */
function pythonWithTrio(): string | null {
  try {
    return findPython(nestsInTrio.oracle)
  } catch (error) {
    console.warn(`skipped: ${String(error)}`)
    return null
  }
}

const python = pythonWithTrio()

/** `npm run fuzz -- --suite nests-trio` compares many more, and makes one that differs small. */
;(python === null ? test.skip : test)('random nests of scopes and groups log what they log in trio', () => {
  const programs = fc.sample(nestsInTrio.programs, { seed: 2026, numRuns: 300 })
  const found = findDiffering(nestsInTrio, python as string, programs)
  if (found !== undefined) {
    const [trace = []] = ask(python as string, nestsInTrio.name, [found])
    throw new Error(`${pretty(found)}\n\n${compared(trace, runHere(nestsInTrio, found))}`)
  }
})
