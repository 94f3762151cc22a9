import { readFileSync } from 'node:fs'
import Module, { createRequire, register } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { SourceTracer } from '../study/source-tracer.ts'
import { tellTo, toCommonJS } from './common-js.ts'
import { candidates, isFile, isOurs, isProgram } from './loader.ts'

interface CommonJS { _compile(code: string, file: string): void }

/**
 * Transform a program and all that it imports, and load it.
 * @param tracer takes what the program tells.
 */
export async function load(file: string, tracer: SourceTracer): Promise<void> {
  tellTo(tracer)
  register(pathToFileURL(`${__dirname}/cli/loader.js`).href)
  hookRequire()
  await import(pathToFileURL(resolve(file)).href)
}

/** From now on, transform what is loaded by `require()`, and CommonJS files that are imported. */
export function hookRequire(): void {
  const extensions = (Module as unknown as { _extensions: Record<string, (module: CommonJS, file: string) => void> })._extensions
  const before = extensions['.js'] as (module: CommonJS, file: string) => void
  const compile = (module: CommonJS, file: string): void => {
    if (!isProgram(file)) {
      before(module, file)
      return
    }
    module._compile(toCommonJS(readFileSync(file, 'utf8'), file), file)
  }
  for (const ending of ['.js', '.cjs', '.mjs', '.ts', '.cts', '.mts']) extensions[ending] = compile
  hookResolve()
}

/** Let `require()` find the same files that the loader of ES modules finds. */
function hookResolve(): void {
  const modules = Module as unknown as { _resolveFilename: (...request: [string, { readonly filename?: string } | null, ...unknown[]]) => string }
  const before = modules._resolveFilename
  const own = createRequire(resolve(__dirname, '../../package.json')) // a package finds itself by its own name
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
