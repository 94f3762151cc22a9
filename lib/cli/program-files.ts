import { existsSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve, sep } from 'node:path'

// This file is in dist/cjs/cli/ where it is shipped, and in lib/cli/ where it is written.
const above = dirname(dirname(dirname(__filename)))

/** The folder of this package. */
export const HOME = basename(above) === 'dist' ? dirname(above) : above

const SHIPPED = join(HOME, 'dist') + sep
/** The lessons and the examples are programs, too. In an installation they lie in a folder of packages. */
const DOCS = join(HOME, 'docs') + sep

/** May a file be a part of the program? Packages are not, and neither is this one as it is shipped. */
export function isProgram(file: string): boolean {
  return /\.[cm]?[jt]s$/.test(file) && !file.startsWith(SHIPPED) && (file.startsWith(DOCS) || !/[/\\]node_modules[/\\]/.test(file))
}

/** Is it a door of this package? */
export function isOurs(specifier: string): boolean { return specifier === 'yieldfrom' || specifier.startsWith('yieldfrom/') }

export function isFile(path: string): boolean { return statSync(path, { throwIfNoEntry: false })?.isFile() === true }

/** The files that a path may mean when there is no file with just that path. */
export function candidates(path: string): string[] {
  return [path.replace(/js$/, 'ts'), `${path}.ts`, `${path}.mts`, `${path}.js`, `${path}/index.ts`]
}

/**
 * The file that somebody has named. `docs/lessons/01-send.ts` is also the lesson of this package, in whatever folder one is.
 * @param what what it should be, in words.
 * @returns its whole path.
 * @throws Error when there is none.
 */
export function fileNamed(path: string, what = 'the file of a program'): string {
  const found = [path, join(HOME, path)].map(each => resolve(each)).find((each, i) => isFile(each) && (i === 0 || each.startsWith(DOCS)))
  if (found !== undefined) return found
  throw new Error(existsSync(path) ? `${path} is no file. Name ${what}` : `${path} is not there. Name ${what}, or ${what.startsWith('the file') ? 'a lesson: docs/lessons/01-send.ts' : 'one of a lesson: docs/lessons/01-send.python.ndjson'}`)
}

/** Does the package of a file say that its files are ES modules? */
export function isModuleByPackage(file: string): boolean {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const manifest = join(folder, 'package.json')
    if (isFile(manifest)) return (JSON.parse(readFileSync(manifest, 'utf8')) as { readonly type?: unknown }).type === 'module'
    if (folder === dirname(folder) || basename(folder) === 'node_modules') return false
  }
}
