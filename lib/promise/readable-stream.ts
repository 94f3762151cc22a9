import type { Stream } from '../iteration/stream.ts'
import type { Coroutine } from '../generator/types.ts'
import { getEventLoop } from '../task/loops.ts'
import { fromPromise } from './from-promise.ts'
import { type LoopOption, toPromise } from './to-promise.ts'

/** The chunks of a stream of the web platform, for `forEach()`. It is cancelled when the loop is left early. */
export function fromReadableStream<T>(readable: ReadableStream<T>): Stream<T> {
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

/** A stream of ours as one of the web platform. An item is asked for when somebody reads. Somebody has to drive the loop meanwhile. */
export function toReadableStream<T>(stream: Stream<T>, { loop = getEventLoop() }: LoopOption = {}): ReadableStream<T> {
  const iterator = stream.iterate()
  return new ReadableStream<T>({
    pull: controller => toPromise(iterator.next(), { loop }).then(({ done, value }) => {
      if (done === true) controller.close()
      else controller.enqueue(value)
    }),
    cancel: () => iterator.close === undefined ? undefined : toPromise(iterator.close(), { loop }),
  }, { highWaterMark: 0 })
}
