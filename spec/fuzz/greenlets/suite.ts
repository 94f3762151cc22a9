import type { Suite } from '../suite.ts'
import { run } from './interpret.ts'
import { type Program, programs } from './programs.ts'

/** Random graphs of greenlets that switch to each other, throw, and change their parents. */
export const greenlets: Suite<Program> = {
  name: 'greenlets',
  oracle: {
    needs: 'a Python with the greenlet package (apt-get install python3-greenlet, or named by PYTHON_GREENLET)',
    probe: 'import greenlet',
    pythons: [process.env['PYTHON_GREENLET'], 'python3', '/usr/bin/python3'],
  },
  programs,
  run,
}
