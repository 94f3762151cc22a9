import { checkedParts } from '../base/checked.ts'
import { ClosedResourceError } from '../base/sync-errors.ts'
import type { Coroutine } from '../generator/types.ts'
import type { Sender } from '../queue/channel.ts'
import type { ContextManager } from '../scope/use.ts'
import { fromPromise } from './from-promise.ts'
import { type LoopOption, loopOf, toPromise } from './to-promise.ts'

/**
 * Make a sender of a `WritableStream`: `yield* use(fromWritableStream(writable), function* (sender) { yield* sender.send(chunk) })`.
 * At the end of the block the `WritableStream` is closed, after all of it is written; after an error, or a cancellation, it is aborted.
 */
export function fromWritableStream<T>(writable: WritableStream<T>): WritableSender<T> {
  return new WritableSender(checkedParts('fromWritableStream()', 'a WritableStream', writable, 'getWriter()'))
}

/** What `fromWritableStream()` gives. It holds the lock of the `WritableStream`. */
export class WritableSender<T> implements ContextManager<WritableSender<T>> {
  private readonly $writer: WritableStreamDefaultWriter<T>
  private $isOver = false

  /** @internal */
  constructor(writable: WritableStream<T>) { this.$writer = writable.getWriter() }

  /** Write a value; wait first until the stream is ready for it. @throws ClosedResourceError after the end; the error of the stream, also that of an earlier value. */
  *send(value: T): Coroutine<void> {
    if (this.$isOver) throw new ClosedResourceError('this WritableStream is closed. Send in the block of use(fromWritableStream(writable), ...)')
    yield* fromPromise(this.$writer.ready)
    this.$writer.write(value).catch(ignore) // the next call throws it
  }

  /** Close the stream; wait until all values are written. Closing twice does nothing. @throws the error of the stream. */
  *close(): Coroutine<void> {
    if (this.$isOver) return
    this.$isOver = true
    try {
      yield* fromPromise(this.$writer.close())
    } finally {
      this.$writer.releaseLock()
    }
  }

  *enter(): Coroutine<this> { return this }

  /** The block ends: the stream is closed, or aborted with the error of the block. */
  *exit(error?: unknown): Coroutine<void> {
    if (this.$isOver) return
    if (error === undefined) return yield* this.close()
    this.$isOver = true
    this.$writer.abort(error).catch(ignore) // the block has an error already
    this.$writer.releaseLock()
  }
}

function ignore(): void { /* it is told elsewhere */ }

/**
 * Make a `WritableStream` that sends what is written to a channel: `readable.pipeTo(toWritableStream(sender, { loop }))`. A write is done
 * when the channel has taken the value. When the stream is closed or aborted, the sender is closed. Meanwhile, something must drive the
 * loop: `attach(loop)`, or its ticks.
 * @param options `loop` is the loop of the receivers. The default is the loop that runs, or the loop of `setEventLoop()`.
 */
export function toWritableStream<T>(sender: Sender<T>, options: LoopOption = {}): WritableStream<T> {
  checkedParts('toWritableStream()', 'a sender of a channel', sender, 'send()', 'close()')
  const loop = loopOf(options, 'toWritableStream(sender, { loop })')
  return new WritableStream<T>({
    start: controller => { // the signal comes at once, also while a write waits for room; abort() would come after the write
      (controller as typeof controller & { readonly signal: AbortSignal }).signal.addEventListener('abort', () => { sender.close() })
    },
    write: value => toPromise(sender.send(value), { loop }),
    close: () => { sender.close() },
  })
}
