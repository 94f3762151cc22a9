import { underPyenv } from '../oracle.ts'
import type { Oracle, Suite } from '../suite.ts'
import { run } from './interpret.ts'
import { type Program, programs } from './programs.ts'
import { pruning } from './prune.ts'

export const asyncio: Oracle = {
  needs: 'CPython 3.13 (python3.13 on the PATH, under pyenv, or named by PYTHON313)',
  probe: 'import sys; assert sys.version_info[:2] == (3, 13)',
  pythons: [process.env['PYTHON313'], 'python3.13', underPyenv('3.13'), 'python3'],
}

/** Random tasks that wait for each other, cancel each other and set time limits. */
export const tasks: Suite<Program> = {
  name: 'tasks',
  oracle: asyncio,
  programs,
  run: (program, trace) => { run(program, trace) },
  prune: pruning(run),
}
