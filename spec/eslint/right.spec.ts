import { readFileSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript'
import { lint, programOf } from './support/removals.ts'

const folder = join(__dirname, '../../docs/examples')

/** It makes the files that its threads read. */
const MEANT: readonly string[] = ['images-in-an-executor: writeFileSync() blocks all tasks of the loop. Write writeFile() of yieldfrom/node']

/** Each example. */
const typed = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.ts'))
  .map(name => ({ file: join(folder, name), code: readFileSync(join(folder, name), 'utf8') }))

/** The same as people write it who have no types: what a list holds, and what a function takes, is not known. */
const plain = typed.map(({ file, code }) => ({
  file: file.replace(/ts$/, 'mjs'),
  code: transpileModule(code, { compilerOptions: { module: ModuleKind.ESNext, target: ScriptTarget.ES2022 } }).outputText,
}))

describe('the rules have nothing to say of an example', () => {
  const program = programOf([...typed, ...plain], { allowJs: true })

  it.each([['in TypeScript', typed], ['in JavaScript', plain]] as const)('%s', (_, files) => {
    const said = files.flatMap(file => lint(program, file).map(words => words.replace(/^\d+/, basename(file.file).replace(/\.\w+$/, ''))))
    expect(files.length).toBeGreaterThan(80)
    expect(said).toEqual(MEANT)
  })
})
