/**
 * Makes the golden traces again, from the real things: `yield from` by CPython 3.13, greenlets by the greenlet package.
 *
 *     npm run conformance:record            write what the Pythons print
 *     npm run conformance:record -- --check compare it with what is committed
 *
 * Where a Python is missing, it says so and leaves the traces of that folder as they are.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

interface Suite {
  readonly folder: string
  readonly needs: string
  /** A program that fails where the Python will not do. */
  readonly probe: string
  readonly pythons: readonly (string | undefined)[]
}

const python313 = {
  needs: 'CPython 3.13 (python3.13 on the PATH, under pyenv, or named by PYTHON313)',
  probe: 'import sys; assert sys.version_info[:2] == (3, 13)',
  pythons: [process.env['PYTHON313'], 'python3.13', underPyenv('3.13'), 'python3'],
}

const suites: readonly Suite[] = [
  { folder: 'yield-from', ...python313 },
  { folder: 'asyncio', ...python313 },
  {
    folder: 'greenlet',
    needs: 'a Python with the greenlet package (apt-get install python3-greenlet, or named by PYTHON_GREENLET)',
    probe: 'import greenlet',
    pythons: [process.env['PYTHON_GREENLET'], 'python3', '/usr/bin/python3'],
  },
]

function underPyenv(version: string): string | undefined {
  try {
    const latest = execFileSync('pyenv', ['latest', version], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
    return join(execFileSync('pyenv', ['prefix', latest], { encoding: 'utf8' }).trim(), 'bin', 'python3')
  } catch {
    return undefined
  }
}

function works(python: string | undefined, probe: string): python is string {
  if (python === undefined) return false
  try {
    execFileSync(python, ['-c', probe], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

const check = process.argv.includes('--check')
let differences = 0

for (const { folder, needs, probe, pythons } of suites) {
  const python = pythons.find(candidate => works(candidate, probe))
  if (python === undefined) {
    console.log(`${folder}: not recorded, for want of ${needs}`)
    continue
  }
  const file = join(__dirname, folder, 'traces.json')
  const recorded = execFileSync(python, [join(__dirname, 'runner.py'), join(__dirname, folder)], { encoding: 'utf8' })
  if (!check) {
    writeFileSync(file, recorded)
    console.log(`${folder}: recorded`)
  } else if (tracesOf(recorded) === tracesOf(readFileSync(file, 'utf8'))) {
    console.log(`${folder}: as committed`)
  } else {
    console.log(`${folder}: differs from what is committed`)
    differences++
  }
}

process.exitCode = differences

/** The traces alone: another patch release of Python may print the same. */
function tracesOf(json: string): string { return JSON.stringify((JSON.parse(json) as { traces: unknown }).traces) }
