import type { Coroutine } from '../generator/types.ts'
import type { Stream } from '../iteration/stream.ts'
import { getEventLoop } from '../task/loops.ts'
import { fromPromise } from './from-promise.ts'
import { type LoopOption, toPromise } from './to-promise.ts'

/**
 * What JavaScript's `for await` takes, for `forEach()`: an asynchronous generator, a Node stream. It is closed when the loop is
 * left early.
 */
export function fromAsyncIterable<T>(iterable: AsyncIterable<T>): Stream<T> {
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

function* waitFor<T>(promise: PromiseLike<T>): Coroutine<Awaited<T>> { return yield* fromPromise(promise) }

/** A stream, for JavaScript's `for await`. Somebody has to drive the loop meanwhile. */
export function toAsyncIterable<T>(stream: Stream<T>, { loop = getEventLoop() }: LoopOption = {}): AsyncIterable<T> {
  return {
    [Symbol.asyncIterator](): AsyncIterator<T> {
      const iterator = stream.iterate()
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
