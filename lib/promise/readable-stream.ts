import { checkedParts } from '../base/checked.ts'
import { iteratorOf } from '../iteration/steps.ts'
import type { Stream } from '../iteration/stream.ts'
import type { Coroutine } from '../generator/types.ts'
import { fromPromise } from './from-promise.ts'
import { type LoopOption, loopOf, toPromise } from './to-promise.ts'

/** Make a stream for `forEach()` of a `ReadableStream`. When `forEach()` is left early, the `ReadableStream` is cancelled. */
export function fromReadableStream<T>(readable: ReadableStream<T>): Stream<T> {
  checkedParts('fromReadableStream()', 'a ReadableStream', readable, 'getReader()')
  return {
    iterate() {
      const reader = readable.getReader()
      return {
        *next(): Coroutine<IteratorResult<T, undefined>> {
          return (yield* fromPromise(reader.read())) as IteratorResult<T, undefined>
        },
        *close(): Coroutine<void> {
          yield* fromPromise(reader.cancel())
          reader.releaseLock()
        },
      }
    },
  }
}

/**
 * Make a `ReadableStream` of a stream. It asks for an item when somebody reads. Meanwhile, something must drive the loop:
 * `attach(loop)`, or its ticks.
 * @param options `loop` is the loop in which the stream runs. The default is the loop that runs, or the loop of `setEventLoop()`.
 */
export function toReadableStream<T>(stream: Stream<T>, options: LoopOption = {}): ReadableStream<T> {
  checkedParts('toReadableStream()', 'a stream', stream, 'iterate()')
  const loop = loopOf(options, 'toReadableStream(stream, { loop })')
  const iterator = iteratorOf(stream, 'toReadableStream()')
  return new ReadableStream<T>({
    pull: controller => toPromise(iterator.next(), { loop }).then(({ done, value }) => {
      if (done === true) controller.close()
      else controller.enqueue(value)
    }),
    cancel: () => iterator.close === undefined ? undefined : toPromise(iterator.close(), { loop }),
  }, { highWaterMark: 0 })
}
