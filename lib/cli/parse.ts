import { type Program, parse } from 'acorn'
import { ProgramSyntaxError } from './syntax-error.ts'
import { withoutTypes } from './without-types.ts'

export interface Parsed {
  /** The program without its types. Each line is where it was. */
  readonly code: string
  readonly program: Program
  /** True for an ES module, false for CommonJS. */
  readonly module: boolean
}

/**
 * Take the types out of a program, and parse it.
 * @param isModule whether its package says that it is an ES module. Without it, it is one if it cannot be parsed as CommonJS.
 * @throws ProgramSyntaxError when it cannot be parsed.
 */
export function parsed(source: string, file: string, isModule = false): Parsed {
  const code = /\.[cm]?tsx?$/.test(file) ? attempt(() => withoutTypes(source), source, source, file) : source
  const options = { ecmaVersion: 'latest', locations: true, allowHashBang: true } as const
  const asModule = (): Parsed => ({ code, program: parse(code, { ...options, sourceType: 'module', allowAwaitOutsideFunction: true }), module: true })
  const asScript = (): Parsed => ({ code, program: parse(code, { ...options, sourceType: 'script', allowReturnOutsideFunction: true }), module: false })
  return attempt(() => {
    if (/\.m[jt]s$/.test(file) || (isModule && !/\.c[jt]s$/.test(file))) return asModule()
    if (/\.c[jt]s$/.test(file)) return asScript()
    return either(asScript, asModule)
  }, source, code, file)
}

/** The first that can be done. If none can, what got further tells why. */
function either<T>(first: () => T, second: () => T): T {
  try {
    return first()
  } catch (error) {
    try {
      return second()
    } catch (other) {
      throw placeOf(error) > placeOf(other) ? error : other
    }
  }
}

function attempt<T>(step: () => T, source: string, code: string, file: string): T {
  try {
    return step()
  } catch (error) {
    const at = placeOf(error)
    throw at < 0 ? error : new ProgramSyntaxError(error as Error, { source, code, file, at })
  }
}

/** Where a parser stopped, or -1 if it was no parser that failed. */
function placeOf(error: unknown): number { return (error as { readonly pos?: number } | null)?.pos ?? -1 }
