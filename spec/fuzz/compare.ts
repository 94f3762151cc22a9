import { ask } from './oracle.ts'
import type { Suite } from './suite.ts'
import { Trace } from './trace.ts'

/** Run programs in Python and here. @returns the first that logs other lines, if there is one. */
export function findDiffering<Program>(suite: Suite<Program>, python: string, programs: readonly Program[]): Program | undefined {
  const found = allDiffering(suite, python, programs)
  return found.map(program => suite.insist?.(program) ?? program).find(program => allDiffering(suite, python, [program]).length > 0)
}

function allDiffering<Program>(suite: Suite<Program>, python: string, programs: readonly Program[]): Program[] {
  if (programs.length === 0) return []
  const traces = ask(python, suite.name, programs)
  return programs.filter((program, i) => {
    const [there = [], here] = [traces[i], runHere(suite, program)]
    return suite.isSame === undefined ? there.join('\n') !== here.join('\n') : !suite.isSame(there, here)
  })
}

export function runHere<Program>(suite: Suite<Program>, program: Program): string[] {
  const trace = new Trace()
  suite.run(program, trace)
  return trace.lines
}
