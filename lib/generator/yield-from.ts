import { describe } from '../base/describe.ts'
import { ArgumentError } from '../base/errors.ts'
import { Frame } from './frame.ts'
import { type PlainIterator, iteratorBody } from './plain-iterator.ts'
import { isNativeGenerator } from './native-generator.ts'
import { PyGenerator } from './py-generator.ts'
import { Request } from './request.ts'
import type { Delegation } from './types.ts'

/** What can be delegated to: a generator, a `PyGenerator`, an iterator of any kind, an array, a string, an awaitable. */
export type Delegable<Y, T> = Iterator<Y, T> | { [Symbol.iterator](): Iterator<Y, T> }

/**
 * Python's `yield from child`: `const result = yield* yieldFrom(child)`. What the child yields passes out, what is sent
 * or thrown in passes to it, and its return value is the result; to the letter of PEP 380 (Y1–Y8). Unlike native
 * `yield*` it costs the same at any depth, and never overflows the stack.
 * @throws TypeError when the child cannot be iterated.
 */
export function yieldFrom<Y, T>(child: Delegable<Y, T>): Delegation<Y, T> {
  return delegation(child) as unknown as Delegation<Y, T>
}

function delegation(child: unknown): object {
  if (isNativeGenerator(child)) return new Frame(child)
  if (child instanceof PyGenerator) return child.$delegate
  if (child instanceof Frame || child instanceof Request) return child // yield* asks it whether it may
  const iterator = iteratorOf(child)
  const known = isNativeGenerator(iterator) || iterator instanceof PyGenerator || iterator instanceof Frame
  return known ? delegation(iterator) : new IteratorFrame(iterator)
}

/** The frame of an iterator that is no generator. */
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
