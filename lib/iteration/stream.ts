import type { Coroutine } from '../generator/types.ts'

/** What `forEach()` takes: Python's asynchronous iterable. */
export interface Stream<T> {
  /** Begin from the beginning, or wherever this kind of thing begins. */
  iterate(): StreamIterator<T>
}

/** Python's asynchronous iterator. */
export interface StreamIterator<T> {
  /** The next item, or the end. */
  next(): Coroutine<IteratorResult<T, unknown>>
  /** Nobody will ask for more. */
  close?(): Coroutine<void>
}
