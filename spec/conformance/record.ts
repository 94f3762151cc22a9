/**
 * Makes the golden traces again, from the real things: `yield from` by CPython 3.13, greenlets by the greenlet package,
 * cancel scopes and channels by trio.
 *
 *     npm run conformance:record            write what the Pythons print
 *     npm run conformance:record -- --check compare it with what is committed
 *
 * Where a Python is missing, it says so and leaves the traces of that folder as they are.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Oracle, findPython, python313, pythonWithGreenlet, pythonWithTrio } from '../support/pythons.ts'

const suites: readonly { readonly folder: string; readonly oracle: Oracle }[] = [
  { folder: 'yield-from', oracle: python313 },
  { folder: 'asyncio', oracle: python313 },
  { folder: 'greenlet', oracle: pythonWithGreenlet },
  { folder: 'trio', oracle: pythonWithTrio },
]

const check = process.argv.includes('--check')
let differences = 0

for (const { folder, oracle } of suites) {
  const python = findPython(oracle)
  if (python === undefined) {
    console.log(`${folder}: not recorded, for want of ${oracle.needs}`)
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
