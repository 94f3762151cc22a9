import { readFileSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { printedBy } from '../support/printed.ts'

const folder = join(__dirname, '../../docs/examples/engines')
const names = readdirSync(folder).filter(file => file.endsWith('.ts')).map(file => basename(file, '.ts'))

/** There is one for each adapter. A few lines stand for the engine, so that it runs anywhere. */
describe('the example for a game', () => {
  it.each(names)('%s prints what it should', name => {
    expect(printedBy(join(folder, `${name}.ts`))).toEqual(readFileSync(join(folder, `${name}.txt`), 'utf8').trimEnd().split('\n'))
  })

  it('is there for each adapter, except where the sandbox itself would be the example', () => {
    const adapters = readdirSync(join(__dirname, '../../lib/engine')).filter(name => !name.endsWith('.ts') && name !== 'quickjs')
    expect(names.filter(name => name !== 'two-hundred-enemies')).toEqual(adapters.sort())
  })
})
