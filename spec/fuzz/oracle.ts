import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import type { Oracle } from './suite.ts'

/** The first Python that will do. */
export function findPython({ needs, probe, pythons }: Oracle): string {
  const python = pythons.find(candidate => candidate !== undefined && succeeds(candidate, probe))
  if (python === undefined) throw new Error(`there is nobody to ask, for want of ${needs}`)
  return python
}

/** Run programs in Python, all in one process, and give the lines that each one logged. */
export function ask(python: string, suite: string, programs: readonly unknown[]): string[][] {
  const output = execFileSync(python, ['-B', '-W', 'ignore', join(__dirname, 'serve.py'), suite],
    { input: JSON.stringify(programs), encoding: 'utf8', maxBuffer: 2 ** 30 })
  return JSON.parse(output) as string[][]
}

export function underPyenv(version: string): string | undefined {
  try {
    return join(pyenv('prefix', pyenv('latest', version)), 'bin', 'python3')
  } catch {
    return undefined
  }
}

function pyenv(...command: string[]): string {
  return execFileSync('pyenv', command, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
}

function succeeds(python: string, probe: string): boolean {
  try {
    execFileSync(python, ['-c', probe], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
