import { isAbsolute } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Call } from '../engine/pools.ts'
import { type PortableError, portable } from '../engine/portable-error.ts'
import { evaluate, exportOf } from './load-now.ts'

/** How a call ended, in a form that travels with its class, as far as that is known on the other side. */
export type Envelope = { readonly value: unknown } | { readonly error: PortableError }

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

function load(call: Call): Promise<(...args: readonly unknown[]) => unknown> {
  if ('source' in call) return Promise.resolve(call.source).then(evaluate)
  return imported(call.module).then(module => exportOf(module, call.module, call.name))
}

function imported(module: string): Promise<object> {
  return import(isAbsolute(module) ? pathToFileURL(module).href : module) as Promise<object>
}
