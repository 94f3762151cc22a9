import { underPyenv } from '../oracle.ts'
import type { Suite } from '../suite.ts'
import { run } from './interpret.ts'
import { type Program, programs } from './programs.ts'

/** Random trees of generators that delegate to each other, driven from outside and from inside. */
export const generators: Suite<Program> = {
  name: 'generators',
  oracle: {
    needs: 'CPython 3.13 (python3.13 on the PATH, under pyenv, or named by PYTHON313)',
    probe: 'import sys; assert sys.version_info[:2] == (3, 13)',
    pythons: [process.env['PYTHON313'], 'python3.13', underPyenv('3.13'), 'python3'],
  },
  programs,
  run,
}
