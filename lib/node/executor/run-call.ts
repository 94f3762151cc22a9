import { createRequire } from 'node:module'
import { isAbsolute, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Call } from '../engine/pools.ts'
import { type PortableError, portable } from '../engine/portable-error.ts'

/** How a call ended, in a form that travels with its class, as far as that is known on the other side. */
export type Envelope = { readonly value: unknown } | { readonly error: PortableError & { readonly details?: unknown } }

/** What a function that travels as source finds by `require()`: what a program in the working folder would. */
const requireHere = createRequire(join(process.cwd(), 'program.js'))

/** Run a function that has travelled, and put what comes of it into an envelope. */
export function runCall(call: Call): PromiseLike<Envelope> {
  return load(call).then(work => work(...call.args)).then(sealed, (error: unknown) => ({ error: portable(error) }))
}

/** What cannot travel back is an error, too. */
function sealed(value: unknown): Envelope {
  try {
    return { value: structuredClone(value) }
  } catch (error) {
    return { error: { ...portable(error), message: `the result cannot travel to another thread: ${(error as Error).message}` } }
  }
}

type Work = (...args: readonly unknown[]) => unknown

function load(call: Call): Promise<Work> {
  return 'source' in call ? Promise.resolve(call.source).then(evaluate) : imported(call.module).then(module => exportOf(module, call.module, call.name))
}

function evaluate(source: string): Work {
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  return (new Function('require', `return (${source})`) as (require: NodeJS.Require) => Work)(requireHere)
}

function imported(module: string): Promise<object> {
  return import(isAbsolute(module) ? pathToFileURL(module).href : module) as Promise<object>
}

function exportOf(module: object, path: string, name: string): Work {
  const work: unknown = Reflect.get(module, name) ?? Reflect.get(Object(Reflect.get(module, 'default')) as object, name)
  if (typeof work === 'function') return work as Work
  throw new TypeError(`${path} exports no function ${name}`)
}
