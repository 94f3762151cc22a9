import { ArgumentError } from '../base/errors.ts'
import { hooks } from './hooks.ts'

/**
 * Something of the library's own was made that does nothing before somebody awaits it. In debug mode the loop notes it, and reports it
 * if that never happens.
 * @param words the call, as a report says it: `lock.acquire()`.
 * @param excess how many arguments more than it takes the call got. JavaScript itself would ignore them silently, also what was meant as
 * a time limit.
 * @throws TypeError when there are such.
 */
export function made<T extends object>(operation: T, words: string, excess = 0): T {
  if (excess > 0) throw tooMany(words, excess, `For a time limit write waitFor(${words}, ms)`)
  hooks.made?.(operation, words)
  return operation
}

/** @param write what to write instead. */
export function tooMany(words: string, excess: number, write: string): Error {
  const noun = excess === 1 ? 'argument' : 'arguments'
  return new ArgumentError(`${words} got ${excess} ${noun} too many. ${write}`, 'TOO_MANY_ARGUMENTS')
}

/** The same for a context manager, which does nothing before it is entered. @param call how it is made: `new TaskGroup()`. */
export function madeManager(manager: object, call: string): void { hooks.made?.(manager, `use(${call}, function* () {...})`) }

/** A class takes no more arguments than it has got. @throws TypeError when there are such: JavaScript itself would ignore them silently. */
export function refuseExcess(words: string, excess: number, write: string): void { if (excess > 0) throw tooMany(words, excess, write) }


/** The methods by which something is awaited, a future looked at, or a context manager entered or left. */
const WAYS = [Symbol.iterator, '$listen', '$whenDone', 'addDoneCallback', 'result', 'exception', 'enter', 'exit'] as const

/** A method that an operation has of its own until somebody awaits it. Objects of the program may have methods of the same names. */
interface Expecting {
  (this: object, ...args: unknown[]): unknown
  $expecting?: true
}

/** Let it be known when somebody awaits it: until then it has methods of its own. */
export function expectAwait(operation: object): void {
  for (const way of WAYS) {
    if (!(way in operation)) continue
    const value: Expecting = function (...args) {
      noteAwaited(operation)
      return (Reflect.get(operation, way) as Expecting).apply(this, args)
    }
    value.$expecting = true
    Reflect.defineProperty(operation, way, { configurable: true, value })
  }
}

/** Somebody awaits it, or drives it. */
export function noteAwaited(operation: object): void {
  for (const way of WAYS) if (isExpecting(operation, way)) Reflect.deleteProperty(operation, way)
}

/** Has nobody awaited what `expectAwait()` was called with? */
export function isExpected(operation: object): boolean { return WAYS.some(way => isExpecting(operation, way)) }

function isExpecting(operation: object, way: typeof WAYS[number]): boolean {
  const own: unknown = Object.getOwnPropertyDescriptor(operation, way)?.value
  return (own as Partial<Expecting> | null | undefined)?.$expecting === true
}
