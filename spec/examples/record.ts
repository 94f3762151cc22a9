/**
 * Makes the .txt files beside the examples again: what their Python twins print. Those of an example without a twin are
 * written by hand.
 *
 *     npm run examples:record            write what the Pythons print
 *     npm run examples:record -- --check compare it with what is committed
 *
 * Where a Python is missing, it says so and leaves the files as they are.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { withoutFigures } from '../support/figures.ts'
import { type Oracle, findPython, python313, pythonWithGreenlet, pythonWithTrio, pythonWithUvloop } from '../support/pythons.ts'

const folder = join(__dirname, '../../docs/examples')
const twins = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.py') && !file.startsWith('support'))
const check = process.argv.includes('--check')
let differences = 0

for (const oracle of [python313, pythonWithGreenlet, pythonWithTrio, pythonWithUvloop]) {
  const python = findPython(oracle)
  for (const twin of twins.filter(file => oracleOf(file) === oracle)) {
    if (python === undefined) {
      console.log(`${twin}: not recorded, for want of ${oracle.needs}`)
      continue
    }
    const file = join(folder, twin.replace(/py$/, 'txt'))
    const before = existsSync(file) ? readFileSync(file, 'utf8') : null
    const recorded = execFileSync(python, ['-B', join(folder, twin)], { encoding: 'utf8', env: { ...process.env, PYTHONPATH: folder } })
    if (before !== null && withoutFigures(recorded) === withoutFigures(before)) continue
    differences++
    console.log(`${twin}: ${check ? 'differs from what is committed' : 'recorded'}`)
    if (!check) writeFileSync(file, recorded)
  }
}

if (differences === 0) console.log('all that could be asked: as committed')
else if (check) process.exitCode = 1

function oracleOf(twin: string): Oracle {
  const source = readFileSync(join(folder, twin), 'utf8')
  if (source.includes('from greenlet import')) return pythonWithGreenlet
  if (source.includes('import uvloop')) return pythonWithUvloop
  return source.includes('import trio') ? pythonWithTrio : python313
}
