import { isAbsolute, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe } from '../../base/describe.ts'
import { ArgumentError } from '../../base/errors.ts'
import { isGeneratorFunction } from '../../generator/native-generator.ts'
import type { Call } from '../io/worker-pool.ts'

/** A function that another thread loads from its module. */
export interface ModuleExport {
  /** The URL or the path of its module, or the name of its package. */
  readonly module: string | URL
  /** The name by which the module exports it. */
  readonly export: string
}

/** What can run in another thread: a function that uses no variables from outside, or the export of a module. */
export type Work<A extends unknown[] = never[], T = unknown> = ((...args: A) => T | PromiseLike<T>) | ModuleExport

/**
 * Turn a function and its arguments into plain data that can be sent to another thread.
 * @param mayBeCoroutine true when a coroutine function is allowed.
 * @throws TypeError when the function or an argument cannot be sent.
 */
export function portableCall(work: unknown, args: readonly unknown[], mayBeCoroutine = false): Call {
  if (typeof work === 'function') return { source: sourceOf(work as (...args: never[]) => unknown, mayBeCoroutine), args: checkedArguments(args) }
  const { module, export: name } = Object(work) as Partial<ModuleExport>
  if ((typeof module === 'string' || module instanceof URL) && typeof name === 'string') {
    return { module: pathOf(module), name, args: checkedArguments(args) }
  }
  throw new ArgumentError(`submit() takes a function, or { module, export }, not ${describe(work)}. Write toThread(f, 1), and not toThread(f(1))`, 'NOT_CALLABLE')
}

function sourceOf(work: (...args: never[]) => unknown, mayBeCoroutine: boolean): string {
  const source = Function.prototype.toString.call(work)
  const hint = `Export it, and write { module: 'the path of its module', export: '${work.name === '' ? 'name' : work.name}' }`
  if (isGeneratorFunction(work) && !mayBeCoroutine) {
    throw new ArgumentError(`submit() takes a plain function, not a coroutine function. In a task, write yield* ${work.name === '' ? 'f' : work.name}(…)`, 'COROUTINE_AS_CALLBACK')
  }
  if (source.includes('[native code]')) {
    throw new ArgumentError(`the source of ${describe(work)} cannot be sent: the function is native, or bound. Write a function that calls it, or { module, export }`, 'NOT_PORTABLE')
  }
  if (/^class\b/.test(source)) throw new ArgumentError(`submit() takes a function, not a class. Write () => new ${work.name}(…), or { module, export }`, 'NOT_PORTABLE')
  if (!isExpression(source)) throw new ArgumentError(`the source of ${describe(work)} cannot be sent: it is a method. ${hint}`, 'NOT_PORTABLE')
  return source
}

/** Is the source an expression? The source of a method is not: it begins with the name of the method. */
function isExpression(source: string): boolean {
  return /^(async\s+)?(function\b|\(|[\w$]+\s*=>)/.test(source)
}

function checkedArguments(args: readonly unknown[]): readonly unknown[] {
  try {
    return structuredClone(args)
  } catch (cause) {
    throw new ArgumentError(`${nameOfUnportable(args)} cannot be sent to another thread. Give it plain data, and let the function return its result (${(cause as Error).message})`, 'NOT_PORTABLE')
  }
}

/** Which argument it is: the first that cannot be cloned. */
function nameOfUnportable(args: readonly unknown[]): string {
  const index = args.findIndex(arg => {
    try {
      structuredClone(arg)
      return false
    } catch {
      return true
    }
  })
  return `argument ${index + 1}, ${describe(args[index])},`
}

function pathOf(module: string | URL): string {
  if (module instanceof URL || module.startsWith('file:')) return fileURLToPath(module)
  return module.startsWith('.') && !isAbsolute(module) ? resolve(module) : module
}
