import type { Coroutine } from '../generator/types.ts'

/** What `forEach()` takes (Python's asynchronous iterable, with `__aiter__`). */
export interface Stream<T> {
  /** @returns a new iterator over the items. */
  iterate(): StreamIterator<T>
}

/** Gives items one by one (Python's asynchronous iterator, with `__anext__`). */
export interface StreamIterator<T> {
  /** Wait for the next item. @returns `{ value, done: false }`, or `{ value, done: true }` at the end. */
  next(): Coroutine<IteratorResult<T, unknown>>
  /** Called when nobody will ask for more items. */
  close?(): Coroutine<void>
}
