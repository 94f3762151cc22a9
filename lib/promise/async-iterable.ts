import { isThenable } from '../base/advice.ts'
import { checkedParts } from '../base/checked.ts'
import { describe } from '../base/describe.ts'
import { ArgumentError } from '../base/errors.ts'
import type { Coroutine } from '../generator/types.ts'
import { iteratorOf } from '../iteration/steps.ts'
import type { Stream } from '../iteration/stream.ts'
import { fromPromise } from './from-promise.ts'
import { type LoopOption, loopOf, toPromise } from './to-promise.ts'

/**
 * Make a stream for `forEach()` of an asynchronous iterable, such as an asynchronous generator or a Node stream. When `forEach()` is left early, the iterable is closed.
 */
export function fromAsyncIterable<T>(iterable: AsyncIterable<T>): Stream<T> {
  if (typeof (Object(iterable) as Partial<AsyncIterable<T>>)[Symbol.asyncIterator] !== 'function') {
    throw new ArgumentError(`fromAsyncIterable() takes an asynchronous iterable, not ${instead(iterable)}`, 'NOT_ITERABLE')
  }
  return {
    iterate() {
      const iterator = iterable[Symbol.asyncIterator]()
      return {
        next: () => waitFor(iterator.next()),
        *close(): Coroutine<void> { if (iterator.return !== undefined) yield* fromPromise(iterator.return()) },
      }
    },
  }
}

/** What it is instead, and what to write for it. */
function instead(value: unknown): string {
  if (typeof value === 'function') return `${describe(value)}. Call it: fromAsyncIterable(${value.name === '' ? 'f' : value.name}())`
  if (Symbol.iterator in Object(value)) return `${describe(value)}. Write for (const item of ...) without it`
  return isThenable(value) ? `${describe(value)}. Write fromAsyncIterable(yield* fromPromise(promise))` : describe(value)
}

function* waitFor<T>(promise: PromiseLike<T>): Coroutine<Awaited<T>> { return yield* fromPromise(promise) }

/**
 * Make an iterable for JavaScript's `for await` of a stream. Meanwhile, something must drive the loop: `attach(loop)`, or its
 * ticks.
 * @param options `loop` is the loop in which the stream runs. The default is the loop that runs, or the loop of `setEventLoop()`.
 */
export function toAsyncIterable<T>(stream: Stream<T>, options: LoopOption = {}): AsyncIterable<T> {
  checkedParts('toAsyncIterable()', 'a stream', stream, 'iterate()')
  const loop = loopOf(options, 'toAsyncIterable(stream, { loop })')
  return {
    [Symbol.asyncIterator](): AsyncIterator<T> {
      const iterator = iteratorOf(stream, 'toAsyncIterable()')
      return {
        next: () => toPromise(iterator.next(), { loop }) as Promise<IteratorResult<T, undefined>>,
        return: () => {
          const end: Promise<void> = iterator.close === undefined ? Promise.resolve() : toPromise(iterator.close(), { loop })
          return end.then(() => ({ done: true, value: undefined }))
        },
      }
    },
  }
}
