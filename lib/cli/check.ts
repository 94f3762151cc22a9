import { existsSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import type { Linter } from 'eslint'
import type TypeScript from 'typescript'
import { configs } from '../eslint/index.ts'
import { type Found, isFixable, mend } from './mend.ts'
import { type Compiler, type Peers, peersOf } from './peers.ts'

const ENDINGS = ['.ts', '.mts', '.cts', '.tsx', '.js', '.mjs', '.cjs', '.jsx']
/** What a build makes, and what others have written. */
const EXCLUDED = ['**/node_modules', '**/dist', '**/build', '**/coverage']

/** One slip may hide another. */
const ROUNDS = 10

/** What `check()` found. */
export interface Checked {
  /** How many files were looked at. */
  readonly files: number
  /** A line for each slip: where it is, what is wrong, and which rule says so. */
  readonly slips: readonly string[]
  /** How many of them `--fix` can mend. */
  readonly fixable: number
}

/**
 * Run the rules of `yieldfrom/eslint` for a folder that has no configuration of ESLint.
 * @param paths files and folders; when there are none, what tsconfig.json names, or all programs below the folder.
 * @param folder the folder in which the program lies. Its tsconfig.json is used if it has one.
 * @throws Error when a package that is needed is not installed, a path leads nowhere, or there is no program.
 */
export async function check(paths: readonly string[], folder: string, { fix = false } = {}): Promise<Checked> {
  const peers = peersOf([join(folder, 'package.json'), __filename])
  const { options, named } = settingsOf(folder, peers.typescript)
  const files = paths.length === 0 ? named : paths.flatMap(path => programsIn(resolve(folder, path), path, peers.typescript))
  if (files.length === 0) throw new Error('there is no program here. Give files and folders: yieldfrom check src test')
  let found = await look(files, options, folder, peers)
  // What is mended may show the next slip. A program is read once, so each round has a new one.
  for (let rounds = 0; fix && rounds < ROUNDS && found.some(isFixable); rounds++) {
    mend(found)
    found = await look(files, options, folder, peers)
  }
  return {
    files: files.length,
    slips: found.map(({ file, line, column, message, ruleId }) =>
      `${relative(folder, file)}:${String(line)}:${String(column)}  ${message}${ruleId === null ? '' : `  ${ruleId}`}`),
    fixable: found.filter(isFixable).length,
  }
}

async function look(files: readonly string[], options: TypeScript.CompilerOptions, folder: string, peers: Peers): Promise<Found[]> {
  const { eslint: { ESLint }, typescript, 'typescript-eslint': { parser } } = peers
  const linter = new ESLint({
    cwd: folder,
    overrideConfigFile: true, // no other configuration counts
    overrideConfig: [
      { ignores: ['!**/*'] }, // whoever names a file wants it to be looked at
      {
        files: ENDINGS.map(ending => `**/*${ending}`),
        languageOptions: { parser, parserOptions: { programs: [typescript.createProgram({ rootNames: files, options })] } },
      },
      configs.recommended as unknown as Linter.Config,
    ],
  })
  const results = await linter.lintFiles([...files])
  return results.flatMap(({ filePath, messages }) => messages.filter(isOurs).map(message => ({ file: filePath, ...message })))
}

/** A comment in a file may speak of rules that are not there. */
function isOurs({ ruleId, fatal }: Linter.LintMessage): boolean { return fatal === true || ruleId?.startsWith('yieldfrom/') === true }

/** The settings of the compiler, and the files that they name. */
function settingsOf(folder: string, typescript: Compiler): { readonly options: TypeScript.CompilerOptions; readonly named: string[] } {
  const file = join(folder, 'tsconfig.json')
  const { sys } = typescript
  const { config, error } = existsSync(file)
    ? typescript.readConfigFile(file, path => sys.readFile(path)) as { readonly config: object; readonly error?: TypeScript.Diagnostic }
    : { config: { compilerOptions: { module: 'nodenext', strict: true, allowJs: true, skipLibCheck: true }, exclude: EXCLUDED }, error: undefined }
  if (error !== undefined) throw new Error(`tsconfig.json cannot be read: ${typescript.flattenDiagnosticMessageText(error.messageText, ' ')}`)
  const { options, fileNames } = typescript.parseJsonConfigFileContent(config, sys, folder)
  return { options: { ...options, allowJs: true, noEmit: true }, named: fileNames.filter(name => !name.endsWith('.d.ts')) }
}

function programsIn(path: string, given: string, { sys }: Compiler): string[] {
  if (sys.fileExists(path)) return [path]
  if (!sys.directoryExists(path)) throw new Error(`${given} is not there. Give files and folders: yieldfrom check src test`)
  return sys.readDirectory(path, ENDINGS, EXCLUDED)
}
