import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Call } from '../engine/pools.ts'

type Work = (...args: readonly unknown[]) => unknown

/** What a function that travels as source finds by `require()`: what a program in the working folder would. */
const requireHere = createRequire(join(process.cwd(), 'program.js'))

/** A function that has travelled; its module is loaded at once. */
export function loadNow(call: Call): Work {
  if ('source' in call) return evaluate(call.source)
  return exportOf(requireHere(call.module) as object, call.module, call.name)
}

/** The function that a source is of. */
export function evaluate(source: string): Work {
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- that is how its source becomes a function again
  return (new Function('require', `return (${source})`) as (require: NodeJS.Require) => Work)(requireHere)
}

/** @throws TypeError when the module has no such function. */
export function exportOf(module: object, path: string, name: string): Work {
  const work: unknown = Reflect.get(module, name) ?? Reflect.get(Object(Reflect.get(module, 'default')) as object, name)
  if (typeof work === 'function') return work as Work
  throw new TypeError(`${path} exports no function ${name}`)
}
