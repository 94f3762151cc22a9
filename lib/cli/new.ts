import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'

/** What a package says of itself. */
interface Manifest {
  readonly version: string
  readonly devDependencies: Readonly<Record<string, string>>
}

/** What npm writes down of the packages that it has installed into a folder. */
interface Installed { readonly packages: Readonly<Record<string, { readonly resolved?: string } | undefined>> }

/** What the new program is made with, besides this package. The versions are those that this package is made with. */
const TOOLS = ['@types/node', 'eslint', 'typescript', 'typescript-eslint']
/** It runs TypeScript in Node 20, too. */
const TSX = '^4.20.0'

/** The settings of the compiler. Node runs the same files without compiling them. */
const TSCONFIG = {
  compilerOptions: {
    target: 'es2022',
    module: 'nodenext',
    types: ['node'],
    strict: true,
    noUncheckedIndexedAccess: true,
    allowImportingTsExtensions: true,
    erasableSyntaxOnly: true,
    verbatimModuleSyntax: true,
    noEmit: true,
    skipLibCheck: true,
  },
  include: ['src', 'test'],
}

/**
 * Make a folder with a first program, a test of it, and all that is needed to run them.
 * @param folder where to. It is made, with the folders around it; it may be there if it is empty.
 * @param home the folder of this package.
 * @returns what was written, as paths in the folder.
 * @throws Error when there is something already.
 */
export function newProgram(folder: string, home: string): string[] {
  const path = resolve(folder)
  if (existsSync(path) && !statSync(path).isDirectory()) throw new Error(`${folder} is a file. Give the name of a folder that is not there yet: yieldfrom new my-program`)
  if (existsSync(path) && readdirSync(path).length > 0) {
    throw new Error(`${folder} is not empty, and nothing was written. Give the name of a folder that is not there yet: yieldfrom new ${basename(path)}-2`)
  }
  const { version, devDependencies } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as Manifest
  const manifest = {
    name: packageName(basename(path)),
    private: true,
    type: 'module',
    scripts: { start: 'tsx src/main.ts', test: 'tsx --test test/*.test.ts', check: 'tsc && yieldfrom check' },
    dependencies: { yieldfrom: sameVersion(home, path) ?? `^${version}` },
    devDependencies: { ...Object.fromEntries(TOOLS.map(name => [name, devDependencies[name]])), tsx: TSX },
  }
  mkdirSync(path, { recursive: true })
  cpSync(join(home, 'docs/template'), path, { recursive: true })
  for (const [file, value] of [['package.json', manifest], ['tsconfig.json', TSCONFIG]] as const) writeFileSync(join(path, file), `${JSON.stringify(value, null, 2)}\n`)
  writeFileSync(join(path, '.gitignore'), 'node_modules/\n') // npm leaves such a file out of a package
  return readdirSync(path, { recursive: true, encoding: 'utf8' }).filter(file => !statSync(join(path, file)).isDirectory()).sort()
}

/** A package that was installed from an archive or a folder is taken from there again; `null` when it came from a registry. */
function sameVersion(home: string, from: string): string | null {
  const modules = dirname(home)
  if (basename(modules) !== 'node_modules') return fileIn(from, home) // a clone
  const list = join(modules, '.package-lock.json')
  if (!existsSync(list)) return null
  const { packages } = JSON.parse(readFileSync(list, 'utf8')) as Installed
  const resolved = packages['node_modules/yieldfrom']?.resolved
  return resolved?.startsWith('file:') === true ? fileIn(from, resolve(dirname(modules), resolved.slice('file:'.length))) : null
}

function fileIn(from: string, path: string): string { return `file:${relative(from, path).replace(/\\/g, '/')}` }

/** npm takes small letters, digits, dots and dashes, and no dot or dash at the start. */
function packageName(folder: string): string {
  return folder.toLowerCase().replace(/[^a-z0-9.-]+/g, '-').replace(/^[.-]+/, '') || 'my-program'
}
