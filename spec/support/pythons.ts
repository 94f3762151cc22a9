import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

/** A kind of Python that knows what is right. */
export interface Oracle {
  /** In the words of a message. */
  readonly needs: string
  /** A program that fails where the Python will not do. */
  readonly probe: string
  readonly pythons: readonly (string | undefined)[]
}

export const python313: Oracle = {
  needs: 'CPython 3.13 (python3.13 on the PATH, under pyenv, or named by PYTHON313)',
  probe: 'import sys; assert sys.version_info[:2] == (3, 13)',
  pythons: [process.env['PYTHON313'], 'python3.13', underPyenv('3.13'), 'python3'],
}

export const pythonWithGreenlet: Oracle = {
  needs: 'a Python with the greenlet package (apt-get install python3-greenlet, or named by PYTHON_GREENLET)',
  probe: 'import greenlet',
  pythons: [process.env['PYTHON_GREENLET'], 'python3', '/usr/bin/python3'],
}

export const pythonWithTrio: Oracle = {
  needs: 'a Python with trio (apt-get install python3-trio, or named by PYTHON_TRIO)',
  probe: 'import trio.testing; assert BaseExceptionGroup',
  pythons: [process.env['PYTHON_TRIO'], '/usr/bin/python3', 'python3'],
}

export const pythonWithUvloop: Oracle = {
  needs: 'a Python with uvloop (apt-get install python3-uvloop, or named by PYTHON_UVLOOP)',
  probe: 'import uvloop',
  pythons: [process.env['PYTHON_UVLOOP'], '/usr/bin/python3', 'python3'],
}

/** The first Python that will do. */
export function findPython({ probe, pythons }: Oracle): string | undefined {
  return pythons.find(python => python !== undefined && succeeds(python, probe))
}

function underPyenv(version: string): string | undefined {
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
