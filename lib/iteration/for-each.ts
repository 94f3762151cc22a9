import { adviceFor } from '../base/advice.ts'
import { describe } from '../base/describe.ts'
import { ArgumentError } from '../base/errors.ts'
import { checkBody, checkedRun } from '../generator/body.ts'
import { isCoroutine } from '../generator/coroutine.ts'
import { made } from '../generator/made.ts'
import type { Coroutine, Delegation, Passing } from '../generator/types.ts'
import { yieldFrom } from '../generator/yield-from.ts'
import type { Stream, StreamIterator } from './stream.ts'

const LEAVE: unique symbol = Symbol('BREAK')

/** The return type of the body of `forEach()`: `BREAK`, or nothing. */
export type Break = typeof LEAVE | void

/**
 * The body of `forEach()` returns this to leave the loop. The type has `void` in it, so that TypeScript's `noImplicitReturns`
 * allows a body that has `if (...) return BREAK` and returns nothing at its end.
 */
export const BREAK: Break = LEAVE

/**
 * Python's `async for`: `yield* forEach(source, function* (item) {...})`. The body may `return BREAK`. When the loop is left
 * before the end, by `BREAK` or by an error, the iterator is closed.
 * @param source a stream, such as a queue, a channel or an asynchronous generator.
 * @param body is called with each item. It is a generator function, and may wait.
 * @returns true when the source came to its end, which is when Python's `else` runs; false after `BREAK`.
 * @throws TypeError when the source is not a stream; otherwise what the source or the body throws.
 */
export function forEach<T, Y extends Passing>(
  source: Stream<T>, body: (item: T) => Generator<Y, Break>,
): Delegation<Y, boolean>
export function forEach<T>(source: Stream<T>, body: (item: T) => Coroutine<Break>): Coroutine<boolean> {
  return made($$forEach(source, body), 'forEach(…)')
}

function* $$forEach<T>(source: Stream<T>, body: (item: T) => Coroutine<Break>): Coroutine<boolean> {
  checkBody(body, 'forEach(source, function* (item) {...})')
  const iterator = iteratorOf(source)
  for (;;) {
    const step = yield* iterator.next()
    if (step.done === true) return true
    let left: Break
    try {
      left = (yield* yieldFrom(checkedRun(body(step.value), 'forEach(source, function* (item) {...})')))
    } catch (error) {
      yield* close(iterator)
      throw error
    }
    if (left === LEAVE) {
      yield* close(iterator)
      return false
    }
  }
}

function iteratorOf<T>(source: Stream<T>): StreamIterator<T> {
  const iterate = (source as Partial<Stream<T>> | null | undefined)?.iterate
  if (typeof iterate === 'function') return iterate.call(source)
  throw new ArgumentError(`forEach() takes a stream, which has a method iterate(), not ${whatElse(source)}`, 'NOT_A_STREAM')
}

/** What it is instead of a stream, and what to write for it. */
function whatElse(source: unknown): string {
  if (typeof source === 'function') return adviceFor(source, '…')
  const methods = Object(source) as object
  if (Symbol.asyncIterator in methods) return `${describe(source)}. Write forEach(fromAsyncIterable(source), function* (item) {...}), by yieldfrom/promise`
  if (!(Symbol.iterator in methods)) return describe(source)
  const orElse = isCoroutine(source) ? ', or, if it waits or emits, make it by asyncGenerator(function* () {...})' : ''
  return `${describe(source)}. Write for (const item of ...)${orElse}`
}

function* close(iterator: StreamIterator<unknown>): Coroutine<void> {
  if (iterator.close !== undefined) yield* iterator.close()
}
