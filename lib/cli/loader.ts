// The hooks of Node's module loader. They run in a thread that Node makes for them, and transform each module of the program.
import { readFileSync, statSync } from 'node:fs'
import { basename, dirname, join, sep } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { transform } from './transform.ts'

interface Resolved { readonly url: string; readonly format?: string | null; readonly shortCircuit?: boolean }
interface Loaded { readonly format: string; readonly source?: string | null; readonly shortCircuit?: boolean }
type NextResolve = (specifier: string, context: { readonly parentURL?: string }) => Promise<Resolved>
type NextLoad = (url: string, context: object) => Promise<Loaded>

/** In a TypeScript program, `./other.js` may mean `other.ts`. A program that cannot find a `yieldfrom` of its own gets this one. */
export async function resolve(specifier: string, context: { readonly parentURL?: string }, next: NextResolve): Promise<Resolved> {
  try {
    return await next(specifier, context)
  } catch (error) {
    if (specifier.startsWith('.') && context.parentURL !== undefined) {
      const wanted = fileURLToPath(new URL(specifier, context.parentURL))
      const found = candidates(wanted).find(isFile)
      if (found !== undefined) return { url: pathToFileURL(found).href, shortCircuit: true }
    }
    if (!isOurs(specifier)) throw error
    return await next(specifier, { ...context, parentURL: new URL('../../package.json', pathToFileURL(__filename)).href }) // a package finds itself by its own name
  }
}

/** The source of a module, transformed. */
export async function load(url: string, context: object, next: NextLoad): Promise<Loaded> {
  if (!url.startsWith('file:') || url.includes('/node_modules/')) return await next(url, context)
  const file = fileURLToPath(url)
  if (!isProgram(file)) return await next(url, context)
  const { code, module } = transform(readFileSync(file, 'utf8'), file)
  return module ? { format: 'module', source: code, shortCircuit: true } : { format: 'commonjs', source: null, shortCircuit: true }
}

// This file is dist/cjs/cli/loader.js where it is shipped, and lib/cli/loader.ts where it is written.
const above = dirname(dirname(dirname(__filename)))
const SHIPPED = (basename(above) === 'dist' ? above : join(above, 'dist')) + sep

/** May a file be a part of the program? Packages are not, and neither is this one as it is shipped. */
export function isProgram(file: string): boolean {
  return /\.[cm]?[jt]s$/.test(file) && !/[/\\]node_modules[/\\]/.test(file) && !file.startsWith(SHIPPED)
}

/** Is it a door of this package? */
export function isOurs(specifier: string): boolean { return specifier === 'yieldfrom' || specifier.startsWith('yieldfrom/') }

export function isFile(path: string): boolean { return statSync(path, { throwIfNoEntry: false })?.isFile() === true }

/** The files that a path may mean when there is no file with just that path. */
export function candidates(path: string): string[] {
  return [path.replace(/js$/, 'ts'), `${path}.ts`, `${path}.mts`, `${path}.js`, `${path}/index.ts`]
}
