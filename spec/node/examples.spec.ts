import { readFileSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { Program } from '../support/programs.ts'

/** Examples with real input and output: each is run in a process of its own, and prints what its Python twin printed. */
describe('the example with real input and output', () => {
  const folder = join(__dirname, '../../docs/examples/node')
  const files = readdirSync(folder)
  const names = files.filter(file => file.endsWith('.ts')).map(file => basename(file, '.ts'))

  it.each(names)('%s prints what it should', name =>
    new Program(readFileSync(join(folder, `${name}.ts`), 'utf8')).start().ended.then(({ code, stdout, stderr }) => {
      expect([stdout, stderr, code]).toEqual([readFileSync(join(folder, `${name}.txt`), 'utf8'), '', 0])
    }), 60_000)

  it('has a Python twin, what that prints, and says what it shows', () => {
    for (const name of names) {
      expect(files).toContain(`${name}.py`)
      expect(files).toContain(`${name}.txt`)
      expect(readFileSync(join(folder, `${name}.ts`), 'utf8')).toMatch(/^\/\/ .+/)
    }
  })
})
