import { readFileSync } from 'node:fs'
import Module, { createRequire, register } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { SourceTracer } from '../study/source-tracer.ts'
import { tellTo, toCommonJS } from './common-js.ts'
import { HOME, candidates, isFile, isModuleByPackage, isOurs, isProgram } from './program-files.ts'
import { parsed } from './parse.ts'

interface CommonJS { _compile(code: string, file: string): void }

/** What Node has of its loader of CommonJS, and does not write down in its types. */
interface Modules {
  readonly _extensions: Record<string, (module: CommonJS, file: string) => void>
  _resolveFilename: (...request: [string, { readonly filename?: string } | null, ...unknown[]]) => string
  _load(file: string, parent: null, isMain: boolean): unknown
}

const modules = Module as unknown as Modules

/**
 * Transform a program and all that it imports, and load it, as Node itself loads the file that it is given.
 * @param file its whole path.
 * @param args what stands in `process.argv` behind it.
 * @param tracer takes what the program tells.
 */
export async function load(file: string, args: readonly string[], tracer: SourceTracer): Promise<void> {
  const { module } = parsed(readFileSync(file, 'utf8'), file, isModuleByPackage(file))
  becomes(file, args)
  tellTo(tracer)
  register(pathToFileURL(join(HOME, 'dist/cjs/cli/loader.js')).href)
  hookRequire()
  if (module) await import(pathToFileURL(file).href)
  else loadAsMain(file)
}

/** Load a CommonJS file as `node file` does: it is `require.main`. */
export function loadAsMain(file: string): void { modules._load(file, null, true) }

/** Let the process look as if Node had been called with this program. */
export function becomes(file: string, args: readonly string[]): void { process.argv.splice(1, Infinity, file, ...args) }

/** From now on, transform what is loaded by `require()`, and CommonJS files that are imported. */
export function hookRequire(): void {
  const { _extensions: extensions } = modules
  const before = extensions['.js'] as (module: CommonJS, file: string) => void
  const compile = (module: CommonJS, file: string): void => {
    if (isProgram(file)) module._compile(toCommonJS(readFileSync(file, 'utf8'), file, isModuleByPackage(file)), file)
    else before(module, file)
  }
  for (const ending of ['.js', '.cjs', '.mjs', '.ts', '.cts', '.mts']) extensions[ending] = compile
  hookResolve()
}

/** Let `require()` find the same files that the loader of ES modules finds. */
function hookResolve(): void {
  const before = modules._resolveFilename
  const own = createRequire(join(HOME, 'package.json')) // a package finds itself by its own name
  modules._resolveFilename = (specifier, parent, ...rest) => {
    try {
      return before(specifier, parent, ...rest)
    } catch (error) {
      if (specifier.startsWith('.') && parent?.filename != null) {
        const found = candidates(join(dirname(parent.filename), specifier)).find(isFile)
        if (found !== undefined) return found
      }
      if (isOurs(specifier) && parent?.filename !== undefined && isProgram(parent.filename)) return own.resolve(specifier)
      throw error
    }
  }
}
