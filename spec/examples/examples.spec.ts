import { readFileSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'

/** The examples print what their Python twins print; that was recorded from the real Python, line by line. */
describe('the example', () => {
  const folder = join(__dirname, '../../docs/examples')
  const files = readdirSync(folder)
  const names = files.filter(file => file.endsWith('.py')).map(file => basename(file, '.py'))

  it.each(names)('%s prints what Python prints', name => {
    const lines: string[] = []
    const { console: before } = globalThis
    globalThis.console = { log: (...values: unknown[]) => { lines.push(values.map(String).join(' ')) } } as Console
    try {
      require(join(folder, `${name}.ts`))
    } finally {
      globalThis.console = before
    }
    expect(lines).toEqual(readFileSync(join(folder, `${name}.txt`), 'utf8').trimEnd().split('\n'))
  })

  it('of the README stands there as it is, with what it prints', () => {
    const readme = readFileSync(join(folder, '../../README.md'), 'utf8')
    for (const file of ['cook.ts', 'cook.txt']) expect(readme).toContain(readFileSync(join(folder, file), 'utf8'))
  })

  it('is one for each Python twin, and each is on the tour', () => {
    const tour = readFileSync(join(folder, 'tour.ts'), 'utf8')
    expect(names.length).toBeGreaterThan(0)
    for (const name of names) {
      expect(files).toEqual(expect.arrayContaining([`${name}.ts`, `${name}.txt`]))
      expect(tour).toContain(`'${name}'`)
    }
  })
})
