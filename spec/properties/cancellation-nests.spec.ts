import fc from 'fast-check'
import { judge } from '../fuzz/nests/laws.ts'
import { programsOf } from '../fuzz/nests/programs.ts'
import { readable } from '../fuzz/nests/readable.ts'
import { everything } from '../fuzz/nests/vocabularies.ts'
import { runs } from '../support/thorough.ts'

/** In random nests of groups, scopes, limits, shields and tasks, with requests at any moment. */
test('no request to end is lost, a limit that is over says so, each finally runs once, and the run ends', () => {
  fc.assert(fc.property(programsOf(everything), program => {
    const { broken, log } = judge(program)
    if (broken.length > 0) throw new Error([readable(program), ...log, ...broken].join('\n'))
  }), { numRuns: runs(2000) })
})
