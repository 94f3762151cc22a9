// The hooks of Node's module loader, in the thread that Node gives them: they transform each module of the program.
import { readFileSync, statSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { transform } from './transform.ts'

interface Resolved { readonly url: string; readonly format?: string | null; readonly shortCircuit?: boolean }
interface Loaded { readonly format: string; readonly source?: string | null; readonly shortCircuit?: boolean }
type NextResolve = (specifier: string, context: { readonly parentURL?: string }) => Promise<Resolved>
type NextLoad = (url: string, context: object) => Promise<Loaded>

/** `./other.js` of a TypeScript program is `other.ts`; and a program that has no `yieldfrom` of its own gets this one. */
export async function resolve(specifier: string, context: { readonly parentURL?: string }, next: NextResolve): Promise<Resolved> {
  try {
    return await next(specifier, context)
  } catch (error) {
    if (specifier.startsWith('.') && context.parentURL !== undefined) {
      const wanted = fileURLToPath(new URL(specifier, context.parentURL))
      const found = candidates(wanted).find(isFile)
      if (found !== undefined) return { url: pathToFileURL(found).href, shortCircuit: true }
    }
    if (specifier === 'yieldfrom' || specifier.startsWith('yieldfrom/')) return await next(specifier, { ...context, parentURL: new URL('../../package.json', pathToFileURL(__filename)).href }) // it resolves its own name
    throw error
  }
}

export async function load(url: string, context: object, next: NextLoad): Promise<Loaded> {
  if (!url.startsWith('file:') || url.includes('/node_modules/')) return await next(url, context)
  const file = fileURLToPath(url)
  if (!isProgram(file)) return await next(url, context)
  const { code, module } = transform(readFileSync(file, 'utf8'), file)
  return module ? { format: 'module', source: code, shortCircuit: true } : { format: 'commonjs', source: null, shortCircuit: true }
}

/** What may be part of a program, and is no part of this package as it is shipped. */
export function isProgram(file: string): boolean {
  return /\.[cm]?[jt]s$/.test(file) && !file.includes('/node_modules/') && !/[/\\]dist[/\\](?:cjs|esm|node)[/\\]/.test(file)
}

export function isFile(path: string): boolean { return statSync(path, { throwIfNoEntry: false })?.isFile() === true }

/** The TypeScript files that a path without one may mean. */
export function candidates(path: string): string[] {
  return [path.replace(/js$/, 'ts'), `${path}.ts`, `${path}.mts`, `${path}.js`, `${path}/index.ts`]
}
