import { describe } from './describe.ts'

/**
 * What a value is, and what to write instead, where a coroutine or another awaitable is expected.
 * @param call the call as it should be, with `…` where the value stands: `createTask(…)`.
 */
export function adviceFor(value: unknown, call: string): string {
  try {
    return advice(value, call)
  } catch {
    return describe(value) // it throws when it is looked at
  }
}

function advice(value: unknown, call: string): string {
  if (typeof value === 'function') return adviceForFunction(value, call)
  if (isThenable(value)) {
    return `${describe(value)}. Nothing here waits for a promise by itself. Write yield* suspend((resume, raise) => { ` +
      'promise.then(resume, raise) }) in a loop that tick() drives: run() blocks, and promises stand still meanwhile'
  }
  if (Array.isArray(value)) return `${describe(value)}. To wait for all of them, write gather([...])`
  if (hasMethod(value, 'send') && hasMethod(value, 'throw')) {
    return `${describe(value)}, which is driven by next() and send(). In a coroutine, write yield* yieldFrom(generator)`
  }
  if (hasMethod(value, Symbol.asyncIterator)) return `${describe(value)}. Write asyncGenerator(function* () {...}) instead of async function*`
  if (value === undefined) return 'undefined. Only a function* gives a coroutine when it is called'
  return describe(value)
}

interface Named {
  readonly name: string
  readonly length: number
}

function adviceForFunction(fn: Named, call: string): string {
  const name = fn.name === '' ? 'f' : fn.name
  const kind = (what: string): string => fn.name === '' ? `${what.startsWith('async') ? 'an' : 'a'} ${what} without a name` : `the ${what} ${name}`
  if (isAsyncFunction(fn)) return `${kind('async function')}. Write function* instead of async function, and yield* instead of await`
  if (isClass(fn)) return `${kind('class')}. Write ${call.replace('…', `new ${name}(...)`)}`
  return `${kind('function')}. Call it: ${call.replace('…', `${name}(${fn.length === 0 ? '' : '...'})`)}`
}

/** Is it an `async function`, or an `async function*`? */
export function isAsyncFunction(value: unknown): boolean {
  const tag = Object.prototype.toString.call(value)
  return tag === '[object AsyncFunction]' || tag === '[object AsyncGeneratorFunction]'
}

/** The source text of a function, even if it has a `toString()` of its own. */
function sourceOf(fn: object): string { return (Object.getPrototypeOf(sourceOf) as object).toString.call(fn) }

/** Is it a class, which cannot be called without `new`? */
export function isClass(value: unknown): boolean {
  return typeof value === 'function' && sourceOf(value).slice(0, 5) === 'class'
}

/** Is it a Promise, or like one? */
export function isThenable(value: unknown): boolean { return hasMethod(value, 'then') }

function hasMethod(value: unknown, name: PropertyKey): boolean {
  try {
    return typeof value === 'object' && value !== null && typeof Reflect.get(value, name) === 'function'
  } catch {
    return false // a getter throws
  }
}
