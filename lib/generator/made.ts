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

/** A class takes no more arguments than it has got. @throws TypeError when there are such: JavaScript itself would ignore them silently. */
export function refuseExcess(words: string, excess: number, write: string): void { if (excess > 0) throw tooMany(words, excess, write) }

/** The methods by which something is awaited, or a future looked at. */
const WAYS = [Symbol.iterator, '$listen', '$whenDone', 'addDoneCallback', 'result', 'exception'] as const

type Method = (this: object, ...args: unknown[]) => unknown

/** Let it be known when somebody awaits it: until then it has methods of its own. */
export function expectAwait(operation: object): void {
  for (const way of WAYS) {
    if (!(way in operation)) continue
    Reflect.defineProperty(operation, way, {
      configurable: true,
      value(this: object, ...args: unknown[]): unknown {
        noteAwaited(operation)
        return (Reflect.get(operation, way) as Method).apply(this, args)
      },
    })
  }
}

/** Somebody awaits it, or drives it. */
export function noteAwaited(operation: object): void {
  for (const way of WAYS) Reflect.deleteProperty(operation, way)
}

/** Has nobody awaited what `expectAwait()` was called with? */
export function isExpected(operation: object): boolean { return Object.prototype.hasOwnProperty.call(operation, Symbol.iterator) }
