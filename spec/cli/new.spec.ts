import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { serve } from '../../docs/template/src/kitchen.ts'
import { newProgram } from '../../lib/cli/new.ts'
import { VirtualHost, run } from '../../lib/index.ts'

const home = resolve(__dirname, '../..')
let folder: string
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'yieldfrom-new-')) })
afterEach(() => { rmSync(folder, { recursive: true }) })

interface Manifest {
  readonly name: string
  readonly dependencies: Readonly<Record<string, string>>
  readonly devDependencies: Readonly<Record<string, string>>
}
const manifestOf = (program: string) => JSON.parse(readFileSync(join(program, 'package.json'), 'utf8')) as Manifest

/** A package in node_modules, as npm leaves it there. */
function installed(resolved?: string): string {
  const place = join(folder, 'node_modules/yieldfrom')
  mkdirSync(join(place, '..'), { recursive: true })
  symlinkSync(home, place)
  if (resolved !== undefined) writeFileSync(join(folder, 'node_modules/.package-lock.json'), JSON.stringify({ packages: { 'node_modules/yieldfrom': { resolved } } }))
  return place
}

describe('yieldfrom new', () => {
  it('writes a program, a test, and what npm and TypeScript need', () => {
    expect(newProgram(join(folder, 'my-program'), home)).toEqual([
      '.gitignore', 'README.md', 'package.json', 'src/kitchen.ts', 'src/main.ts', 'test/kitchen.test.ts', 'tsconfig.json',
    ])
    const { name, devDependencies } = manifestOf(join(folder, 'my-program'))
    expect(name).toBe('my-program')
    expect(Object.values(devDependencies).filter(version => !/^\^\d/.test(version))).toEqual([])
  })

  it('writes a program that does what its test says', () => {
    const host = new VirtualHost()
    expect(run(serve(), { host })).toEqual(['one tea', 'one coffee'])
    expect(host.now()).toBe(500)
  })

  it('takes an empty folder, and makes a name for npm of the name of any folder', () => {
    mkdirSync(join(folder, '.Tea & Cake'))
    newProgram(join(folder, '.Tea & Cake'), home)
    newProgram(join(folder, '茶'), home)
    expect(['.Tea & Cake', '茶'].map(name => manifestOf(join(folder, name)).name)).toEqual(['tea-cake', 'my-program'])
  })

  it('writes nothing over what is there', () => {
    mkdirSync(join(folder, 'full'))
    writeFileSync(join(folder, 'full/notes.txt'), 'tea')
    expect(() => newProgram(join(folder, 'full'), home)).toThrow(/full is not empty, and nothing was written\. .* yieldfrom new full-2$/)
    expect(() => newProgram(join(folder, 'full/notes.txt'), home)).toThrow(/notes\.txt is a file\. Give the name of a folder that is not there yet/)
    expect(readdirSync(join(folder, 'full'))).toEqual(['notes.txt'])
  })

  it.each([
    ['the archive that it was installed from', 'file:../archives/yieldfrom-0.1.0.tgz', 'file:../../archives/yieldfrom-0.1.0.tgz'],
    ['the registry that it was installed from', 'https://registry.example/yieldfrom-0.1.0.tgz', '^0.1.0'],
    ['the registry, when npm wrote nothing down', undefined, '^0.1.0'],
  ])('takes the package from %s', (_, resolved, expected) => {
    newProgram(join(folder, 'mine'), installed(resolved))
    expect(manifestOf(join(folder, 'mine')).dependencies['yieldfrom']).toBe(expected)
  })

  it('takes the package from the clone that it was started in', () => {
    newProgram(join(folder, 'mine'), home)
    expect(manifestOf(join(folder, 'mine')).dependencies['yieldfrom']).toBe(`file:${relative(join(folder, 'mine'), home)}`)
  })
})
