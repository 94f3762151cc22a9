import { readFileSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { withoutFigures } from '../support/figures.ts'
import { Program } from '../support/programs.ts'

/** Examples with real input and output: each is run in a process of its own, and prints what its Python twin printed. */
describe('the example with real input and output', () => {
  const folder = join(__dirname, '../../docs/examples/node')
  const files = readdirSync(folder)
  const names = files.filter(file => file.endsWith('.ts')).map(file => basename(file, '.ts'))

  const read = (file: string): string => readFileSync(join(folder, file), 'utf8')

  it.each(names)('%s prints what it should', name => {
    const source = read(`${name}.ts`)
    const warning = /^\/\/ It warns: (.+)$/m.exec(source)?.[1]
    return new Program(source).start().ended.then(({ code, stdout, stderr }) => {
      expect([withoutFigures(stdout), code]).toEqual([withoutFigures(read(`${name}.txt`)), 0])
      expect(stderr).toEqual(warning === undefined ? '' : expect.stringContaining(warning))
    })
  })

  it('has a Python twin, what that prints, and says what it shows', () => {
    for (const name of names) {
      expect(files).toContain(`${name}.py`)
      expect(files).toContain(`${name}.txt`)
      expect(read(`${name}.ts`)).toMatch(/^\/\/ .+/)
    }
  })
})
