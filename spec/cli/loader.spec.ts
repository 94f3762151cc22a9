import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve as absolute } from 'node:path'
import { pathToFileURL } from 'node:url'
import { load, resolve } from '../../lib/cli/loader.ts'
import { candidates, isProgram } from '../../lib/cli/program-files.ts'
import { GLOBAL } from '../../lib/cli/transform.ts'

const folder = mkdtempSync(join(tmpdir(), 'yieldfrom-'))
const url = (file: string): string => pathToFileURL(join(folder, file)).href
const write = (file: string, text: string): string => {
  writeFileSync(join(folder, file), text)
  return url(file)
}

/** Node's own resolution, which knows nothing of TypeScript: it notes what it is asked for. */
function node(log: string[], knows: (specifier: string, parentURL: string | undefined) => string | null) {
  return (specifier: string, { parentURL }: { readonly parentURL?: string }) => {
    const found = knows(specifier, parentURL)
    log.push(`${specifier} ${found === null ? 'is not found' : 'is found'}`)
    return found === null ? Promise.reject(new Error(`Cannot find ${specifier}`)) : Promise.resolve({ url: found })
  }
}

describe('resolve()', () => {
  it('leaves to Node what that finds', () => {
    const log: string[] = []
    return resolve('node:fs', {}, node(log, () => 'node:fs')).then(found => {
      expect([found, log]).toEqual([{ url: 'node:fs' }, ['node:fs is found']])
    })
  })

  it('finds the TypeScript file that ./other.js means', () => {
    const log: string[] = []
    const other = write('other.ts', '')
    mkdirSync(join(folder, 'inside'))
    const inside = write('inside/index.ts', '')
    const context = { parentURL: url('main.ts') }
    return Promise.all(['./other.js', './other', './inside'].map(specifier => resolve(specifier, context, node(log, () => null)))).then(found => {
      expect([found, log]).toEqual([
        [other, other, inside].map(each => ({ url: each, shortCircuit: true })),
        ['./other.js is not found', './other is not found', './inside is not found'],
      ])
    })
  })

  it('gives a program that has no yieldfrom of its own this one', () => {
    const log: string[] = []
    const own = (specifier: string, parentURL: string | undefined): string | null => parentURL === url('main.ts') ? null : `file:///own/${specifier}`
    return Promise.all(['yieldfrom', 'yieldfrom/study'].map(specifier => resolve(specifier, { parentURL: url('main.ts') }, node(log, own)))).then(found => {
      expect([found.map(each => each.url), log]).toEqual([
        ['file:///own/yieldfrom', 'file:///own/yieldfrom/study'],
        ['yieldfrom is not found', 'yieldfrom/study is not found', 'yieldfrom is found', 'yieldfrom/study is found'],
      ])
    })
  })

  it('fails as Node does when there is none', () => {
    const fails = (specifier: string, context: object): Promise<unknown> =>
      resolve(specifier, context, node([], () => null)).catch((error: unknown) => String(error))
    return Promise.all([fails('./none.js', { parentURL: url('main.ts') }), fails('./none.js', {}), fails('lodash', {})]).then(said => {
      expect(said).toEqual(['Error: Cannot find ./none.js', 'Error: Cannot find ./none.js', 'Error: Cannot find lodash'])
    })
  })
})

describe('load()', () => {
  const next = (asked: string) => Promise.resolve({ format: 'as Node does', source: asked })

  it('transforms the modules of a program', () => {
    const file = write('program.mts', 'export function* f(): Generator<number> { yield 1 }')
    return load(file, {}, next).then(({ format, source, shortCircuit }) => {
      expect([format, shortCircuit, source?.includes(GLOBAL), source?.includes('Generator<number>')]).toEqual(['module', true, true, false])
    })
  })

  it('leaves CommonJS to the hooks of require()', () => {
    const file = write('program.cts', 'module.exports = function* () { yield 1 }')
    return load(file, {}, next).then(loaded => { expect(loaded).toEqual({ format: 'commonjs', source: null, shortCircuit: true }) })
  })

  it('leaves everything else to Node', () => {
    const others = ['node:fs', url('node_modules/lodash/index.js'), url('data.json'), pathToFileURL('dist/cjs/index.js').href]
    return Promise.all(others.map(other => load(other, {}, next))).then(loaded => {
      expect(loaded).toEqual(others.map(source => ({ format: 'as Node does', source })))
    })
  })
})

it('a program is what is written in JavaScript or TypeScript, and is neither installed nor this package', () => {
  const files = ['a.js', 'a.cjs', 'a.mts', 'a.tsx', 'a.json', '/x/node_modules/a.js', 'C:\\x\\node_modules\\a.js', '/x/dist/esm/a.js', absolute('dist/esm/a.js')]
  expect(files.filter(isProgram)).toEqual(['a.js', 'a.cjs', 'a.mts', '/x/dist/esm/a.js'])
  expect(candidates('/x/a.js')).toEqual(['/x/a.ts', '/x/a.js.ts', '/x/a.js.mts', '/x/a.js.js', '/x/a.js/index.ts'])
})
