import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { check } from '../../lib/cli/check.ts'
import { type Found, mend } from '../../lib/cli/mend.ts'
import { peersOf } from '../../lib/cli/peers.ts'

const root = resolve(__dirname, '../..')
const SETTINGS = JSON.stringify({
  compilerOptions: { strict: true, target: 'es2022', lib: ['es2022', 'esnext.disposable'], types: [], module: 'preserve', noEmit: true, allowImportingTsExtensions: true, paths: { yieldfrom: [join(root, 'lib/index.ts')] } },
  include: ['src'],
})
const GOOD = `import { type Coroutine, sleep } from 'yieldfrom'
export function* good(): Coroutine<void> { yield* sleep(1) }
`
const BAD = `import { type Coroutine, sleep } from 'yieldfrom'
/* eslint no-such-rule: "error" */
export function* bad(): Coroutine<void> {
  sleep(1); sleep(2)
  yield* sleep(3) // eslint-disable-line no-such-rule
}
`

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yieldfrom-check-'))
  mkdirSync(join(folder, 'src'))
})
afterEach(() => { rmSync(folder, { recursive: true }) })

function write(files: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries({ 'tsconfig.json': SETTINGS, ...files })) writeFileSync(join(folder, file), text)
}
const read = (file: string) => readFileSync(join(folder, file), 'utf8')

const FLOATING = 'this does nothing until it is yielded. Write yield* before it  yieldfrom/no-floating-coroutine'


describe('yieldfrom check', () => {
  it('looks at what tsconfig.json names, and says where the slips are', async () => {
    write({ 'src/good.ts': GOOD, 'src/bad.ts': BAD, 'elsewhere.ts': BAD })
    expect(await check([], folder)).toEqual({ files: 2, slips: [`src/bad.ts:4:3  ${FLOATING}`, `src/bad.ts:4:13  ${FLOATING}`], fixable: 2 })
  })

  it('looks at the files and folders that are given, also at those that tsconfig.json does not name', async () => {
    write({ 'src/good.ts': GOOD, 'src/bad.ts': BAD, 'elsewhere.js': BAD.replace('type Coroutine, ', '').replace(': Coroutine<void>', '') })
    expect((await check(['src'], folder)).files).toBe(2)
    expect(await check(['src/good.ts', 'elsewhere.js'], folder)).toEqual({ files: 2, slips: [`elsewhere.js:4:3  ${FLOATING}`, `elsewhere.js:4:13  ${FLOATING}`], fixable: 2 })
  })

  it('mends, and reports what it could not mend', async () => {
    write({ 'src/good.ts': GOOD, 'src/bad.ts': `\uFEFF${BAD}export function plain(): void { sleep(4) }\n` })
    const { slips, fixable } = await check([], folder, { fix: true })
    expect(read('src/bad.ts')).toBe(`\uFEFF${BAD.replace('sleep(1); sleep(2)', 'yield* sleep(1); yield* sleep(2)')}export function plain(): void { sleep(4) }\n`)
    expect([slips.map(slip => slip.split('  ')[0]), fixable]).toEqual([['src/bad.ts:7:33'], 0])
    expect(read('src/good.ts')).toBe(GOOD)
  })

  it('mends one of two that overlap: the other has its turn when the program was read again', () => {
    write({ 'src/outer.ts': 'outer(inner())' })
    const slip = (from: number, to: number, text: string): Found => ({
      file: join(folder, 'src/outer.ts'), ruleId: 'yieldfrom/x', message: '', line: 1, column: 1, severity: 2, fix: { range: [from, to], text },
    })
    mend([slip(0, 14, 'yield* outer(inner())'), slip(6, 13, 'yield* inner()')])
    expect(read('src/outer.ts')).toBe('outer(yield* inner())')
  })

  it('shows a file that cannot be parsed', async () => {
    write({ 'src/broken.ts': 'function* {' })
    expect((await check([], folder)).slips).toEqual([expect.stringMatching(/^src\/broken\.ts:1:\d+ {2}Parsing error: /)])
  })

  it('finds all programs where there is no tsconfig.json', async () => {
    writeFileSync(join(folder, 'src/plain.mjs'), 'export function* count() { yield 1 }\n')
    mkdirSync(join(folder, 'node_modules/other'), { recursive: true })
    writeFileSync(join(folder, 'node_modules/other/index.mjs'), 'export const one = 1\n')
    expect(await check([], folder)).toEqual({ files: 1, slips: [], fixable: 0 })
  })

  it('says what is wrong with what it is given', async () => {
    write({})
    await expect(check(['nowhere'], folder)).rejects.toThrow('nowhere is not there. Give files and folders: yieldfrom check src test')
    await expect(check([], folder)).rejects.toThrow('there is no program here. Give files and folders: yieldfrom check src test')
    await expect(check(['src'], folder)).rejects.toThrow('there is no program here')
    write({ 'tsconfig.json': '{ "include": [' })
    await expect(check([], folder)).rejects.toThrow(/^tsconfig\.json cannot be read: ']' expected/)
  })

  it('says which command installs what it needs', () => {
    expect(() => peersOf([join(folder, 'package.json')])).toThrow('yieldfrom check needs eslint, which is not installed here. Write: npm install --save-dev eslint typescript@6 typescript-eslint')
  })
})
