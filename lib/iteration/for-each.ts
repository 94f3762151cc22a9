import { describe } from '../base/describe.ts'
import { ArgumentError } from '../base/errors.ts'
import { checkedOperation } from '../generator/awaited.ts'
import { checkBody, checkedRun } from '../generator/body.ts'
import { made, tooMany } from '../generator/made.ts'
import { isGeneratorFunction } from '../generator/native-generator.ts'
import type { Coroutine, Delegation, Passing } from '../generator/types.ts'
import { yieldFrom } from '../generator/yield-from.ts'
import { checkedStep, iteratorOf } from './steps.ts'
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
  if (arguments.length > 2) throw tooMany('forEach(…)', arguments.length - 2, 'To work on several items at a time, write mapStream(source, worker, { limit })')
  return made($$forEach(source, body), 'forEach(…)')
}

function* $$forEach<T>(source: Stream<T>, body: (item: T) => Coroutine<Break>): Coroutine<boolean> {
  checkBody(body, CALL)
  const iterator = iteratorOf(source, 'forEach()')
  for (;;) {
    const { done, value } = checkedStep(yield* checkedOperation(iterator.next(), iterator, 'next'), iterator)
    if (done === true) return true
    let left: Break
    try {
      left = (yield* yieldFrom(checkedRun(body(value), CALL)))
      if (left !== undefined && left !== LEAVE) refuseAnswer(left, body)
    } catch (error) {
      yield* close(iterator)
      throw (error as Break) === LEAVE ? breakThrown() : error
    }
    if (left === LEAVE) {
      yield* close(iterator)
      return false
    }
  }
}

const CALL = 'forEach(source, function* (item) {...})'

/**
 * What a `function*` returns, its author has written there: `false`, or the word for `BREAK`, is meant to leave the loop. A plain function
 * passes on what somebody else's coroutine returns, such as `item => lock.acquire()`. That says nothing of the loop.
 */
function refuseAnswer(answer: unknown, body: unknown): void {
  if (!isGeneratorFunction(body) || !(typeof answer === 'boolean' || typeof answer === 'symbol' || answer === 'BREAK')) return
  throw new ArgumentError(`the body of forEach() returned ${describe(answer)}. Write return BREAK to leave the loop, or return nothing`, 'NOT_BREAK')
}

function breakThrown(): Error { return new ArgumentError('the body of forEach() threw BREAK. Write return BREAK', 'NOT_BREAK') }

function* close(iterator: StreamIterator<unknown>): Coroutine<void> {
  if (iterator.close !== undefined) yield* checkedOperation(iterator.close(), iterator, 'close')
}
