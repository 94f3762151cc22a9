import { readFileSync, readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { Linter } from 'eslint'
import tseslint from 'typescript-eslint'
import {
  type CompilerHost, type CompilerOptions, type Program, type SourceFile, ScriptTarget, createCompilerHost, createProgram, createSourceFile, getLineAndCharacterOfPosition,
  isYieldExpression, forEachChild, parseJsonConfigFileContent, readConfigFile, sys, type Node,
} from 'typescript'
import yieldfrom from '../../../lib/eslint/index.ts'

const root = join(__dirname, '../../..')

/** A program without one of its `yield*`. */
export interface Removal {
  /** The example, and the line. */
  readonly place: string
  readonly file: string
  readonly code: string
  readonly line: string
}

/** Each example as often as it has a `yield*`, without one of these each time. */
export function removals(folder: string): Removal[] {
  const isIncluded = (file: string): boolean => file.endsWith('.ts') && !/^(node|engines)[\\/]/.test(file)
  const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter(isIncluded)
  return files.flatMap(file => {
    const code = readFileSync(join(root, folder, file), 'utf8')
    const source = createSourceFile(file, code, ScriptTarget.ES2022, true)
    return starsOf(source).map(([from, to], i) => {
      const { line } = getLineAndCharacterOfPosition(source, from)
      return {
        place: `${basename(file, '.ts')}:${line + 1}`,
        file: join(root, folder, `${file.slice(0, -'.ts'.length)}-without-${i}.ts`),
        code: code.slice(0, from) + code.slice(to),
        line: code.split('\n')[line]?.trim() ?? '',
      }
    })
  })
}

/** Where `yield* ` stands, without what comes after it. */
function starsOf(source: SourceFile): [from: number, to: number][] {
  const found: [number, number][] = []
  const visit = (node: Node): void => {
    if (isYieldExpression(node) && node.asteriskToken !== undefined && node.expression !== undefined) {
      found.push([node.getStart(source), node.expression.getStart(source)])
    }
    forEachChild(node, visit)
  }
  visit(source)
  return found
}

/** One program of all of them: what they import is read once. */
export function programOf(files: readonly { readonly file: string; readonly code: string }[], settings: CompilerOptions = {}): Program {
  const { options: ours } = parseJsonConfigFileContent(readConfigFile(join(root, 'tsconfig.json'), file => sys.readFile(file)).config, sys, root)
  const options = { ...ours, ...settings }
  const texts = new Map(files.map(({ file, code }) => [file, code]))
  const host: CompilerHost = createCompilerHost(options)
  return createProgram([...texts.keys()], options, {
    ...host,
    fileExists: file => texts.has(file) || host.fileExists(file),
    readFile: file => texts.get(file) ?? host.readFile(file),
    getSourceFile: (file, ...rest) => {
      const text = texts.get(file)
      return text === undefined ? host.getSourceFile(file, ...rest) : createSourceFile(file, text, ScriptTarget.ES2022, true)
    },
  })
}

type File = { readonly file: string; readonly code: string }

function configured(program: Program | null): Linter.Config[] {
  return [{
    files: ['**/*.ts', '**/*.mjs'],
    ...yieldfrom.configs.recommended as object,
    languageOptions: { parser: tseslint.parser, parserOptions: program === null ? {} : { programs: [program] } },
  }]
}

/** What the rules say, with the lines. Without types it is what they throw. */
export function lint(program: Program | null, { file, code }: File): string[] {
  const linter = new Linter({ cwd: dirname(file) })
  try {
    return linter.verify(code, configured(program), { filename: file }).map(({ message, line }) => `${line}: ${message}`)
  } catch (error) {
    return [String(error)]
  }
}

/** The text with all that the rules can mend in one go. */
export function fix(program: Program, { file, code }: File): string {
  const fixes = new Linter({ cwd: dirname(file) }).verify(code, configured(program), { filename: file }).flatMap(({ fix }) => fix ?? [])
  return fixes.sort((a, b) => b.range[0] - a.range[0]).reduce((text, { range, text: better }) => text.slice(0, range[0]) + better + text.slice(range[1]), code)
}
