import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import * as ts from 'typescript'
import { blocksOf } from './support/blocks.ts'

/** The programs in TypeScript in the README and in docs/ have no error of types, as strict as the compiler can be. */
const root = join(__dirname, '../..')
const pages = ['README.md', ...readdirSync(join(root, 'docs')).filter(file => file.endsWith('.md')).map(file => `docs/${file}`)]

it('the programs of all pages compile', () => {
  const sources = new Map(pages.flatMap(page => blocksOf(readFileSync(join(root, page), 'utf8'))
    .filter(({ isProgram, language }) => isProgram && language === 'ts')
    .map(({ code, line }) => [join(root, `${page}.${line}.ts`), `${code}\nexport {}\n`] as const)))
  const { options } = ts.parseJsonConfigFileContent({
    ...ts.readConfigFile(join(root, 'tsconfig.json'), file => readFileSync(file, 'utf8')).config as object, files: [],
  }, ts.sys, root)
  const disk = ts.createCompilerHost({ ...options, noEmit: true })
  const host: ts.CompilerHost = {
    ...disk,
    fileExists: file => sources.has(file) || disk.fileExists(file),
    readFile: file => sources.get(file) ?? disk.readFile(file),
    getSourceFile: (file, version, ...rest) => {
      const code = sources.get(file)
      return code === undefined ? disk.getSourceFile(file, version, ...rest) : ts.createSourceFile(file, code, version)
    },
  }
  const program = ts.createProgram([...sources.keys()], { ...options, noEmit: true }, host)
  const found = [...sources.keys()].flatMap(file => {
    const source = program.getSourceFile(file)
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(({ start = 0, messageText }) => {
      const line = Number(/\.(\d+)\.ts$/.exec(file)?.[1]) + (source?.getLineAndCharacterOfPosition(start).line ?? 0) + 1
      return `${file.slice(root.length + 1).replace(/\.\d+\.ts$/, '')}:${line} ${ts.flattenDiagnosticMessageText(messageText, '\n')}`
    })
  })
  expect(sources.size).toBeGreaterThan(10)
  expect(found).toEqual([])
})
