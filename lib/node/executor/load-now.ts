import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Call } from '../io/worker-pool.ts'

type Work = (...args: readonly unknown[]) => unknown

/** The `require()` of a function that was sent as source. It finds what a program in the working folder would find. */
const requireHere = createRequire(join(process.cwd(), 'program.js'))

/** The function of a call. Its module is loaded at once. */
export function loadNow(call: Call): Work {
  if ('source' in call) return evaluate(call.source)
  return exportOf(requireHere(call.module) as object, call.module, call.name)
}

/** esbuild, and so tsx, writes calls of this function into the source of a program, to keep the names of functions. */
function __name<T extends object>(value: T, name: string): T { return Object.defineProperty(value, 'name', { value: name, configurable: true }) }

/** Make a function of its source. */
export function evaluate(source: string): Work {
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- that is how its source becomes a function again
  return (new Function('require', '__name', `return (${source})`) as (require: NodeJS.Require, named: typeof __name) => Work)(requireHere, __name)
}

/** The function that a module exports by a name. @throws TypeError when there is none. */
export function exportOf(module: object, path: string, name: string): Work {
  const work: unknown = Reflect.get(module, name) ?? Reflect.get(Object(Reflect.get(module, 'default')) as object, name)
  if (typeof work === 'function') return work as Work
  throw new TypeError(`${path} exports no function ${name}`)
}
