import { describe } from './describe.ts'

/** What a value is, and perhaps what to write instead. */
type Advice = readonly [what: string, write?: string]

/**
 * What a value is, and what to write instead, where a coroutine or another awaitable is expected.
 * @param call the call as it should be, with `…` where the value stands: `createTask(…)`.
 * @param verb comes after what the value is: `the class Tea` and ` does not have`.
 */
export function adviceFor(value: unknown, call: string, verb = ''): string {
  const [what, write] = adviceOrNone(value, call)
  return `${what}${verb}${write === undefined ? '' : `. ${write}`}`
}

/** `adviceFor()` in a call that takes a coroutine. The value may be the result of one that `yield*` has awaited already. */
export function adviceForAwaitable(value: unknown, call: string): string {
  const advice = adviceFor(value, call)
  return value === null || (typeof value !== 'object' && typeof value !== 'function') ? `${advice}. If yield* f() gave it, write f() alone` : advice
}

function adviceOrNone(value: unknown, call: string): Advice {
  try {
    return advice(value, call)
  } catch {
    return [describe(value)] // it throws when it is looked at
  }
}

function advice(value: unknown, call: string): Advice {
  if (typeof value === 'function') return adviceForFunction(value, call)
  const what = describe(value)
  if (isThenable(value)) return [what, FOR_PROMISE]
  if (Array.isArray(value)) return [what, 'To wait for all of them, write gather([...])']
  if (hasMethod(value, 'send') && hasMethod(value, 'throw')) {
    return [`${what}, which is driven by next() and send()`, 'In a coroutine, write yield* yieldFrom(generator)']
  }
  if (hasMethod(value, Symbol.asyncIterator)) return [what, FOR_ASYNC_GENERATOR]
  if (hasMethod(value, 'addDoneCallback')) return [what, 'It is a future, and needs no task. To wait for it, write yield* future']
  if (hasMethod(value, 'enter') && hasMethod(value, 'exit')) {
    return [what, hasMethod(value, 'reschedule') ? 'For a time limit write waitFor(f(), ms)' : 'It is a context manager. Write yield* use(manager, function* () {...})']
  }
  if (value === undefined) return [what, 'Only a function* gives a coroutine when it is called']
  return [what]
}

const FOR_PROMISE = 'Nothing here waits for a promise by itself. Write yield* fromPromise(promise), of yieldfrom/promise, in a loop that ' +
  'tick(), frame() or attach() drives: run() blocks, and promises stand still meanwhile'
const FOR_ASYNC_GENERATOR = 'Write asyncGenerator(function* () {...}) instead of async function*'

interface Named {
  readonly name: string
  readonly length: number
}

function adviceForFunction(fn: Named, call: string): Advice {
  const name = fn.name === '' ? 'f' : fn.name
  const kind = (what: string): string => fn.name === '' ? `${what.startsWith('async') ? 'an' : 'a'} ${what} without a name` : `the ${what} ${name}`
  if (isAsyncFunction(fn)) {
    return [kind('async function'), isAsyncGenerator(fn) ? FOR_ASYNC_GENERATOR : 'Write function* instead of async function, and yield* instead of await']
  }
  if (isClass(fn)) return [kind('class'), `Write ${call.replace('…', `new ${name}(...)`)}`]
  return [kind('function'), `Call it: ${call.replace('…', `${name}(${fn.length === 0 ? '' : '...'})`)}`]
}

/** Is it an `async function`, or an `async function*`? */
export function isAsyncFunction(value: unknown): boolean {
  return Object.prototype.toString.call(value) === '[object AsyncFunction]' || isAsyncGenerator(value)
}

function isAsyncGenerator(value: unknown): boolean { return Object.prototype.toString.call(value) === '[object AsyncGeneratorFunction]' }

/** The source text of a function, even if it has a `toString()` of its own. */
function sourceOf(fn: object): string { return (Object.getPrototypeOf(sourceOf) as object).toString.call(fn) }

/** The name of a function, or its first words when it has none: `load()`, `() => a.load()`. */
export function nameOrText(fn: Named): string {
  const name = describe(fn)
  if (name !== NAMELESS) return name
  const text = sourceOf(fn)
  if (text.includes('[native code]')) return name
  const line = text.split('\n').map(each => each.trim()).join(' ')
  return line.length > 80 ? `${line.slice(0, 77)}...` : line
}

const NAMELESS = 'a function'

/** Is it a class, which cannot be called without `new`? */
export function isClass(value: unknown): boolean {
  return typeof value === 'function' && sourceOf(value).slice(0, 5) === 'class'
}

/** Is it a method, written as `cancel() {...}`? It needs its object, which is lost when the method alone is passed on. */
export function isMethod(fn: Named): boolean { return fn.name !== '' && sourceOf(fn).slice(0, fn.name.length + 1) === `${fn.name}(` }

/** Is it a Promise, or like one? */
export function isThenable(value: unknown): boolean { return hasMethod(value, 'then') }

function hasMethod(value: unknown, name: PropertyKey): boolean {
  try {
    return typeof value === 'object' && value !== null && typeof Reflect.get(value, name) === 'function'
  } catch {
    return false // a getter throws
  }
}
