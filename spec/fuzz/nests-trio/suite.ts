import type { Suite } from '../suite.ts'
import { run } from './interpret.ts'
import { type Program, programs } from './programs.ts'

/** Between what trio logs in one order, and in another. */
const OR = 'or'

/**
 * Nests of scopes and groups, as trio runs them. It was written for 0.22. Newer versions begin a relative limit when its body is
 * entered, as here, and not at the call, which is the same moment in these programs.
 */
export const nestsInTrio: Suite<Program> = {
  name: 'nests-trio',
  oracle: {
    needs: 'trio (apt-get install python3-trio)',
    probe: 'import trio',
    pythons: [process.env['PYTHONTRIO'], '/usr/bin/python3', 'python3'],
  },
  programs,
  run: (program, trace) => { for (const line of run(program).lines()) trace.write(line) },
  isSame,
  insist: program => ({ ...program, orders: 60, guide: run(program).guide() }),
}

/** What trio may log: one of several, where that depends on the order of what is ready at one moment. */
function isSame(trio: readonly string[], here: readonly string[]): boolean {
  const compared = here.slice(0, -1)
  const end = here[here.length - 1]
  const until = end === 'ends' ? Infinity : Number(end?.split(' ')[3])
  return alternatives(trio).some(lines => {
    const counted = lines.filter(line => Number(line.split(' ')[0]) < until)
    return counted.length === compared.length && counted.every((line, i) => line === compared[i])
  })
}

function alternatives(lines: readonly string[]): string[][] {
  const all: string[][] = [[]]
  for (const line of lines) {
    if (line === OR) all.push([])
    else all[all.length - 1]?.push(line)
  }
  return all
}
