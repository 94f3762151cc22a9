// The hooks of Node's module loader. They run in a thread that Node makes for them, and transform each module of the program.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { HOME, candidates, isFile, isModuleByPackage, isOurs, isProgram } from './program-files.ts'
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
    return await next(specifier, { ...context, parentURL: pathToFileURL(join(HOME, 'package.json')).href }) // a package finds itself by its own name
  }
}

/** The source of a module, transformed. */
export async function load(url: string, context: object, next: NextLoad): Promise<Loaded> {
  const file = url.startsWith('file:') ? fileURLToPath(url) : ''
  if (!isProgram(file)) return await next(url, context)
  const { code, module } = transform(readFileSync(file, 'utf8'), file, isModuleByPackage(file))
  return module ? { format: 'module', source: code, shortCircuit: true } : { format: 'commonjs', source: null, shortCircuit: true }
}
