/**
 * Makes again what stands beside the lessons: what `yieldfrom trace` prints (`.txt`), what Python records of the twin
 * (`.python.ndjson`), and the programs in the text.
 * For the exhibits of the museum, what each of the two prints; for the programs on PEP 380, what their generators do in CPython.
 *
 *     npm run lessons:record            write it
 *     npm run lessons:record -- --check compare it with what is committed
 *
 * Where a Python is missing, it says so and leaves its files as they are.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { findPython, python313, pythonWithGreenlet } from '../support/pythons.ts'
import { folder, output, trace } from './support/lesson.ts'
import { withPrograms } from './support/text.ts'

const check = process.argv.includes('--check')
let differences = 0

for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort((a, b) => Number(a.endsWith('.md')) - Number(b.endsWith('.md')))) {
  const path = join(folder, file)
  const isExhibit = file.startsWith('museum')
  if (file.endsWith('.ts')) record(path.replace(/ts$/, 'txt'), isExhibit ? output(path) : trace(path).text())
  if (file.endsWith('.py')) recordPython(path, isExhibit)
  if (file.endsWith('.md')) record(path, withPrograms(readFileSync(path, 'utf8'), dirname(path)))
}

recordPrograms(join(__dirname, '../conformance/yield-from'), join(__dirname, 'support/yield-from.json'))

if (differences === 0) console.log('all that could be asked: as committed')
else if (check) process.exitCode = 1

function recordPython(path: string, isExhibit: boolean): void {
  const oracle = readFileSync(path, 'utf8').includes('from greenlet import') ? pythonWithGreenlet : python313
  const python = findPython(oracle)
  if (python === undefined) {
    console.log(`${path}: not recorded, for want of ${oracle.needs}`)
    return
  }
  const tracer = isExhibit ? [] : [join(__dirname, 'support/trace.py')]
  const recorded = execFileSync(python, ['-B', ...tracer, path], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  record(path.replace(/py$/, isExhibit ? 'python.txt' : 'python.ndjson'), recorded)
}

/** What the generators of the programs on PEP 380 do in CPython. */
function recordPrograms(programs: string, path: string): void {
  const python = findPython(python313)
  if (python === undefined) console.log(`${path}: not recorded, for want of ${python313.needs}`)
  else record(path, execFileSync(python, ['-B', join(__dirname, 'support/trace_programs.py'), programs], { encoding: 'utf8' }))
}

function record(path: string, text: string): void {
  if (existsSync(path) && readFileSync(path, 'utf8') === text) return
  differences++
  console.log(`${path}: ${check ? 'differs from what is committed' : 'recorded'}`)
  if (!check) writeFileSync(path, text)
}
