import { isAbsolute } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Call } from '../io/worker-pool.ts'
import { type PortableError, portableError } from '../io/portable-error.ts'
import { evaluate, exportOf } from './load-now.ts'

/** How a call ended, as plain data. */
export type Envelope = { readonly value: unknown } | { readonly error: PortableError }

/** Run the function of a call, and put its result or its error into an envelope. */
export function runCall(call: Call): PromiseLike<Envelope> {
  return load(call).then(work => work(...call.args)).then(sealed, (error: unknown) => ({ error: withHint(portableError(error), call) }))
}

/** A function that is sent as its source may have used a variable from outside. */
function withHint(error: PortableError, call: Call): PortableError {
  if (error.name !== 'ReferenceError' || !('source' in call)) return error
  return { ...error, message: `${error.message}. The function was sent as its source, so it has no variables from outside: give it arguments, or send { module, export }` }
}

/** A result that cannot be sent back becomes an error. */
function sealed(value: unknown): Envelope {
  try {
    return { value: structuredClone(value) }
  } catch (error) {
    return { error: { ...portableError(error), message: `the result cannot be sent to another thread: ${(error as Error).message}` } }
  }
}

function load(call: Call): Promise<(...args: readonly unknown[]) => unknown> {
  if ('source' in call) return Promise.resolve(call.source).then(evaluate)
  return imported(call.module).then(module => exportOf(module, call.module, call.name))
}

function imported(module: string): Promise<object> {
  return import(isAbsolute(module) ? pathToFileURL(module).href : module) as Promise<object>
}
