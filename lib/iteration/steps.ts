import { adviceFor, isThenable } from '../base/advice.ts'
import { describe } from '../base/describe.ts'
import { ArgumentError } from '../base/errors.ts'
import { isCoroutine } from '../generator/coroutine.ts'
import { isNativeGenerator } from '../generator/native-generator.ts'
import type { Stream, StreamIterator } from './stream.ts'

/**
 * Get the iterator of a stream.
 * @param taker the function that takes the stream, as errors name it: `forEach()`.
 * @throws TypeError when it is not a stream, or when its `iterate()` gives no iterator of streams.
 */
export function iteratorOf<T>(source: Stream<T>, taker: string): StreamIterator<T> {
  const iterate = (source as Partial<Stream<T>> | null | undefined)?.iterate
  if (typeof iterate !== 'function') {
    throw new ArgumentError(`${taker} takes a stream, which has a method iterate(), not ${whatElse(source)}`, 'NOT_A_STREAM')
  }
  const iterator = iterate.call(source)
  if (typeof (iterator as Partial<StreamIterator<T>> | null | undefined)?.next === 'function' && !isNativeGenerator(iterator)) return iterator
  throw new ArgumentError(`iterate() of ${describe(source)} returned ${instead(iterator)}`, 'NOT_AN_ITERATOR')
}

/** Check what `next()` gave. @returns the same. @throws TypeError when it is not of the form `{ value, done }`. */
export function checkedStep<T>(step: IteratorResult<T, unknown>, iterator: StreamIterator<T>): IteratorResult<T, unknown> {
  const given = step as Partial<IteratorResult<T, unknown>> | null
  if (typeof given === 'object' && given !== null && (typeof given.done === 'boolean' || 'value' in given)) return step
  throw new ArgumentError(`next() of ${describe(iterator)} gave ${describe(step)}. Return { value, done }`, 'BAD_ITERATOR')
}

type Methods = Partial<Record<'iterate' | 'subscribe' | 'send', unknown>>

/** What it is instead of a stream, and what to write for it. */
function whatElse(source: unknown): string {
  if (typeof source === 'function') return adviceFor(source, '…')
  const methods = Object(source) as Methods
  if (typeof methods.subscribe === 'function' && typeof methods.send === 'function') return `${describe(source)}. Write forEach(source.subscribe(), function* (item) {...})`
  if (Symbol.asyncIterator in methods) return `${describe(source)}. Write forEach(fromAsyncIterable(source), function* (item) {...}), by yieldfrom/promise`
  if (!(Symbol.iterator in methods)) return describe(source)
  const orElse = isCoroutine(source) ? ', or, if it waits or emits, make it by asyncGenerator(function* () {...})' : ''
  return `${describe(source)}. Write for (const item of ...)${orElse}`
}

/** What `iterate()` returned instead of an iterator, and what to write for it. */
function instead(iterator: unknown): string {
  if (isNativeGenerator(iterator)) return 'a generator. Write iterate() { return items().iterate() }, with items = asyncGenerator(function* () {...})'
  if (isThenable(iterator)) return 'a promise. Write iterate() without async'
  const methods = Object(iterator) as Methods
  if (typeof methods.iterate === 'function') return `${describe(iterator)}, which is a stream itself. Write iterate() { return items().iterate() }`
  return `${describe(iterator)}, which has no method next(). Write { *next() { return { value, done: false } } }`
}
