import { readFileSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'

const folder = join(__dirname, '../../docs/examples/engines')
const names = readdirSync(folder).filter(file => file.endsWith('.ts')).map(file => basename(file, '.ts'))

/** There is one for each adapter. A few lines stand for the engine, so that it runs anywhere. */
describe('the example for a game', () => {
  it.each(names)('%s prints what it should', name => {
    const lines: string[] = []
    const print = (...values: unknown[]): void => { lines.push(...values.map(String).join(' ').split('\n')) }
    const { console: before } = globalThis
    globalThis.console = { log: print, error: print } as Console
    try {
      require(join(folder, `${name}.ts`))
    } finally {
      globalThis.console = before
    }
    expect(lines).toEqual(readFileSync(join(folder, `${name}.txt`), 'utf8').trimEnd().split('\n'))
  })

  it('is there for each adapter, except where the sandbox itself would be the example', () => {
    const adapters = readdirSync(join(__dirname, '../../lib/engine')).filter(name => !name.endsWith('.ts') && name !== 'quickjs')
    expect(names.filter(name => name !== 'two-hundred-enemies')).toEqual(adapters.sort())
  })
})
