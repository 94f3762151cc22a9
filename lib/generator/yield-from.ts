import { describe } from '../base/describe.ts'
import { ArgumentError } from '../base/errors.ts'
import { alreadyAwaited } from '../base/reused.ts'
import { Frame } from './frame.ts'
import { hooks } from './hooks.ts'
import { noteAwaited } from './made.ts'
import { type PlainIterator, iteratorBody } from './plain-iterator.ts'
import { isNativeGenerator } from './native-generator.ts'
import { PyGenerator } from './py-generator.ts'
import { Request } from './request.ts'
import { ranToItsEnd } from './used-up.ts'
import type { Delegation } from './types.ts'

/** What `yieldFrom()` takes: a generator, a `PyGenerator`, an iterator of any kind, an array, a string, or an awaitable. */
export type Delegable<Y, T> = Iterator<Y, T> | { [Symbol.iterator](): Iterator<Y, T> }

/**
 * Python's `yield from child`: `const result = yield* yieldFrom(child)`. What the child yields passes out. What is sent or
 * thrown in passes to the child. Its return value is the result. This follows PEP 380 to the letter (Y1–Y8). Unlike native
 * `yield*`, it costs the same at any depth, and it never overflows the stack.
 * @param child what to delegate to.
 * @returns an object for `yield*`.
 * @throws TypeError when the child cannot be iterated over.
 */
export function yieldFrom<Y, T>(child: Delegable<Y, T>): Delegation<Y, T> {
  return delegation(child) as unknown as Delegation<Y, T>
}

function delegation(child: unknown): object {
  if (hooks.made !== null && child !== null && typeof child === 'object') lookCloser(child)
  if (isNativeGenerator(child)) return new Frame(child)
  if (child instanceof PyGenerator) return child.$delegate
  if (child instanceof Frame || child instanceof Request) return child // it may refuse when yield* asks it
  const iterator = iteratorOf(child)
  const known = isNativeGenerator(iterator) || iterator instanceof PyGenerator || iterator instanceof Frame
  return known ? delegation(iterator) : new IteratorFrame(iterator)
}

/** In debug mode. Without it, a generator that a task has run gives `undefined`, as any that has ended (Y1). */
function lookCloser(child: object): void {
  noteAwaited(child)
  if (ranToItsEnd(child)) throw alreadyAwaited()
}

/** The frame of an iterator that is not a generator. */
class IteratorFrame extends Frame {
  constructor(private readonly plain: PlainIterator) { super(iteratorBody(plain)) }

  override get iterator(): object { return this.plain }

  override get name(): string { return describe(this.plain) }

  override get isGenerator(): boolean { return false }
}

/** Y1: `iter(child)`. */
function iteratorOf(child: unknown): PlainIterator {
  if (child !== null && child !== undefined) {
    const make = (child as { [Symbol.iterator]?: unknown })[Symbol.iterator]
    const iterator: unknown = typeof make === 'function' ? make.call(child) : child
    if (typeof (iterator as Partial<PlainIterator> | null)?.next === 'function') return iterator as PlainIterator
  }
  throw new ArgumentError(`yieldFrom() takes something that can be iterated, not ${describe(child)}` +
    (typeof child === 'function' ? '. Write yieldFrom(f(...)): call the generator function' : ''), 'NOT_ITERABLE')
}
