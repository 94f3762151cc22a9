import { describe } from '../base/describe.ts'
import { ArgumentError, AttributeError, GeneratorExit, StopIteration } from '../base/errors.ts'

/** A plain iterator, in JavaScript's shape (`next`, `throw`, `return`) or in Python's (`send`, `throw`, `close`). */
export interface PlainIterator {
  next(value?: unknown): IteratorResult<unknown, unknown>
  send?(value: unknown): IteratorResult<unknown, unknown>
  throw?(error: unknown): IteratorResult<unknown, unknown>
  return?(value?: unknown): unknown
  close?(): unknown
}

/**
 * A generator that delegates to a plain iterator, so that the stack drives generators only. It is the expansion of `yield
 * from` that PEP 380 gives, written out.
 */
export function* iteratorBody(iterator: PlainIterator): Generator<unknown, unknown, unknown> {
  let result = step(iterator, 'next', undefined) // Y1
  while (!result.done) {
    let sent: unknown
    try {
      sent = yield result.value // Y2
    } catch (error) {
      result = passOn(iterator, error)
      continue
    }
    result = step(iterator, sent === undefined ? 'next' : receiver(iterator, sent), sent) // Y3
  }
  return result.value // Y5
}

/** Y4: if the iterator has no `throw`, the delegator gets the error. Y6: `GeneratorExit` closes the iterator instead. */
function passOn(iterator: PlainIterator, error: unknown): IteratorResult<unknown, unknown> {
  if (error instanceof GeneratorExit) return ending(close(iterator, error))
  if (iterator.throw === undefined) return ending(error)
  return step(iterator, 'throw', error)
}

/** The delegation ends with an error. If that is a `StopIteration`, it becomes the value of the `yield from` (Python 3.12). */
function ending(error: unknown): IteratorResult<unknown, unknown> {
  if (error instanceof StopIteration) return { value: error.value, done: true }
  throw error
}

function close(iterator: PlainIterator, exit: GeneratorExit): unknown {
  try {
    if (iterator.close === undefined) iterator.return?.()
    else iterator.close()
    return exit
  } catch (error) {
    return error
  }
}

/**
 * Y3: the method that takes a sent value. The engine's own iterators (of arrays, strings, maps and sets) have none, and would
 * drop the value. For any other iterator, nobody can tell what its `next()` takes.
 */
function receiver(iterator: PlainIterator, sent: unknown): 'send' | 'next' {
  if (iterator.send !== undefined) return 'send'
  if (!isOfEngine(iterator)) return 'next'
  throw new AttributeError(`${describe(iterator)} has no send: it would drop ${describe(sent)}. Send nothing, or delegate to a generator`,
    { code: 'NO_SEND' })
}

function isOfEngine(iterator: PlainIterator): boolean {
  const tag = Object.prototype.toString.call(iterator)
  return ENGINES.includes(tag) && !Object.prototype.hasOwnProperty.call(iterator, 'next')
}

const ENGINES = ['Array', 'String', 'Map', 'Set', 'RegExp String'].map(kind => `[object ${kind} Iterator]`)

/** Y7: an iterator may throw `new StopIteration(value)` instead of returning `{ value, done: true }`. */
function step(iterator: PlainIterator, method: 'next' | 'send' | 'throw', value: unknown): IteratorResult<unknown, unknown> {
  let result: unknown
  try {
    result = (iterator as Required<PlainIterator>)[method](value)
  } catch (error) {
    return ending(error)
  }
  if (typeof result === 'object' && result !== null) return result as IteratorResult<unknown, unknown>
  throw new ArgumentError(`${describe(iterator)}.${method}() gave ${describe(result)}. Return { value, done }`, 'BAD_ITERATOR')
}
