import { readFileSync } from 'node:fs'
import Module, { register } from 'node:module'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { transform as modulesToCommonJS } from 'sucrase'
import type { SourceTracer } from '../study/source-tracer.ts'
import { isProgram } from './loader.ts'
import { GLOBAL, LONGEST, transform } from './transform.ts'

interface CommonJS { _compile(code: string, file: string): void }

/**
 * Load a program, and with it what it imports, all transformed.
 * @param tracer whom the program tells.
 */
export async function load(file: string, tracer: SourceTracer): Promise<void> {
  for (let length = 0; length <= LONGEST; length++) Reflect.set(globalThis, GLOBAL + '_'.repeat(length), tracer)
  register(pathToFileURL(`${__dirname}/cli/loader.js`).href)
  hookRequire()
  await import(pathToFileURL(resolve(file)).href)
}

/** What is loaded by `require()`, and CommonJS that is imported. */
function hookRequire(): void {
  const extensions = (Module as unknown as { _extensions: Record<string, (module: CommonJS, file: string) => void> })._extensions
  const before = extensions['.js'] as (module: CommonJS, file: string) => void
  const compile = (module: CommonJS, file: string): void => {
    if (!isProgram(file)) {
      before(module, file)
      return
    }
    const { code, module: isModule } = transform(readFileSync(file, 'utf8'), file)
    module._compile(isModule ? modulesToCommonJS(code, { transforms: ['imports'] }).code : code, file)
  }
  for (const ending of ['.js', '.cjs', '.ts', '.cts', '.mts']) extensions[ending] = compile
}
