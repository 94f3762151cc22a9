import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { HOME, fileNamed, isModuleByPackage, isOurs, isProgram } from '../../lib/cli/program-files.ts'

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'yieldfrom-')))
const write = (file: string, text = ''): string => {
  const path = join(folder, file)
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, text)
  return path
}

it('the lessons of this package are programs, wherever it is installed', () => {
  const lesson = join(HOME, 'docs/lessons/01-send.ts')
  expect([isProgram(lesson), isProgram(join(HOME, 'dist/cjs/index.js')), isProgram('/x/node_modules/yieldfrom/docs/lessons/01-send.ts')]).toEqual([true, false, false])
  expect([isOurs('yieldfrom'), isOurs('yieldfrom/node'), isOurs('yieldfromage')]).toEqual([true, true, false])
})

it('a file is found where it is, or among the documents of this package', () => {
  const mine = write('tea.ts')
  expect([fileNamed(mine), fileNamed('docs/lessons/01-send.ts')]).toEqual([mine, join(HOME, 'docs/lessons/01-send.ts')])
  expect(() => fileNamed('none.ts')).toThrow('none.ts is not there. Name the file of a program, or a lesson: docs/lessons/01-send.ts')
  expect(() => fileNamed(folder)).toThrow('is no file')
})

it('the nearest package.json says whether a file is a module', () => {
  write('esm/package.json', '{ "type": "module" }')
  write('esm/inner/package.json', '{}')
  write('node_modules/tea/index.js')
  expect(['esm/a.js', 'esm/b/c.js', 'esm/inner/a.js', 'node_modules/tea/index.js'].map(file => isModuleByPackage(join(folder, file)))).toEqual([true, true, false, false])
  expect(isModuleByPackage('/a.js')).toBe(false)
})
