import { checkedNumber } from '../base/checked.ts'
import { INSPECT } from '../base/inspect.ts'
import { checkOptions } from '../base/options.ts'
import { describe } from '../base/describe.ts'
import { ArgumentError, RuntimeError, ValueError } from '../base/errors.ts'
import { IncompleteReadError, LimitOverrunError, LineTooLongError } from '../base/stream-errors.ts'
import { isError } from '../base/throwable.ts'
import { made } from '../generator/made.ts'
import type { Coroutine } from '../generator/types.ts'
import type { Stream, StreamIterator } from '../iteration/stream.ts'
import { type Loop, checkedLoop, currentLoop } from '../loop/loop.ts'
import { Future } from '../task/future.ts'
import { ByteBuffer } from './byte-buffer.ts'
import { checkedSeparators } from './separators.ts'

/** The limit of a stream, in bytes. It keeps about twice this, and then asks for no more. The number is that of asyncio. */
export const DEFAULT_LIMIT = 65_536
const STREAM_READER = { call: 'new StreamReader({ limit: 65536 })', names: ['limit', 'loop'] }

/** The limit of a reader. @throws TypeError when it is not a number; ValueError when it is not above zero. */
export function checkedLimit(limit: number = DEFAULT_LIMIT): number {
  if (checkedNumber('StreamReader({ limit })', limit) > 0) return limit
  throw new ValueError('the limit of a StreamReader is a number of bytes above zero', { code: 'BAD_LIMIT' })
}

/** The source of the bytes, as far as a reader needs it. */
export interface PausableSource {
  pauseReading(): void
  resumeReading(): void
}

/** The options of `new StreamReader()`. */
export interface StreamReaderOptions {
  /** How long a line may be, in bytes; 65,536 by default. When twice as many bytes were not read, no more is taken from the transport. */
  readonly limit?: number
  /** The loop of the reader. The default is the current loop. */
  readonly loop?: Loop
}

const NEWLINE = '\n'

/**
 * Bytes that come one after the other, and that a coroutine reads when it wants. The code that has the bytes calls `feedData()` and
 * `feedEof()`. With `forEach()` it is a stream of lines. It is Python's `asyncio.StreamReader`.
 */
export class StreamReader implements Stream<Uint8Array> {
  private readonly $limit: number
  private readonly $loop: Loop
  private readonly $buffer = new ByteBuffer(this)
  private $eof = false
  private $error: Error | null = null
  private $waiter: Future<void> | null = null
  private $transport: PausableSource | null = null
  private $paused = false

  /** Make an empty reader. @throws ValueError when the limit is not above zero; RuntimeError when no loop is given and none is current. */
  constructor(options: StreamReaderOptions = {}) {
    checkOptions(options, STREAM_READER)
    this.$limit = checkedLimit(options.limit)
    this.$loop = options.loop === undefined ? currentLoop() : checkedLoop('StreamReader({ loop })', options.loop)
  }

  /** Make an array in which several pieces are put together. @internal */
  $allocate(size: number): Uint8Array { return new Uint8Array(size) }

  // For the code that has the bytes.

  /** Some bytes have come. They are kept without a copy, so nobody may change them afterwards. @throws RuntimeError after `feedEof()`. */
  feedData(data: Uint8Array): void {
    if (this.$eof) throw new RuntimeError('feedData() after feedEof(): the stream has ended', { code: 'AFTER_EOF' })
    if (!(data instanceof Uint8Array)) throw new ArgumentError(`feedData() takes bytes, a Uint8Array, not ${describe(data)}`, 'NOT_BYTES')
    if (data.length === 0) return
    this.$buffer.push(data)
    this.$wake()
    if (this.$transport === null || this.$paused || this.$buffer.length <= 2 * this.$limit) return
    this.$paused = true
    this.$transport.pauseReading()
  }

  /** No more bytes will come. */
  feedEof(): void {
    this.$eof = true
    this.$wake()
  }

  /** End the stream with an error: everybody who reads gets it, now and later. @throws TypeError when it is not an error. */
  setException(error: Error): void {
    if (!isError(error)) {
      throw new ArgumentError(`setException() takes an error, not ${describe(error)}`, 'NOT_AN_ERROR')
    }
    this.$error = error
    const waiter = this.$waiter
    if (waiter === null) return
    this.$waiter = null
    if (!waiter.done()) waiter.setException(error)
  }

  /** The error of `setException()`, or `null`. */
  exception(): Error | null { return this.$error }

  /** Set the source of the bytes. It is asked to pause when too many bytes were not read. */
  setTransport(transport: PausableSource): void {
    if (typeof transport !== 'object' || (transport as unknown) === null) {
      throw new ArgumentError(`setTransport() takes something with pauseReading() and resumeReading(), not ${describe(transport)}`, 'NOT_A_TRANSPORT')
    }
    this.$transport = transport
  }

  // For the code that reads.

  /** Was everything read, and will no more come? */
  atEof(): boolean { return this.$eof && this.$buffer.length === 0 }

  /**
   * Read the bytes that are there, at most `n` of them; wait if there are none yet. Without `n`, read until the end.
   * @returns the bytes. At the end of the stream there are none.
   * @throws the error of `setException()`; RuntimeError when another coroutine is reading.
   */
  read(n = -1): Coroutine<Uint8Array> { return made(this.$$read(n), 'reader.read()', arguments.length - 1) }

  private *$$read(n: number): Coroutine<Uint8Array> {
    checkedNumber('read()', n)
    this.$throwError()
    if (n === 0) return this.$allocate(0)
    if (n < 0) return this.$eof ? this.$take(Infinity) : yield* this.$readAll()
    if (this.$buffer.length === 0 && !this.$eof) yield* this.$comes('read')
    return this.$take(n)
  }

  /** Read a line, with its `\n`. The last line of a stream may have none. @throws ValueError when the line is longer than the limit. */
  readline(): Coroutine<Uint8Array> { return made(this.$$readline(), 'reader.readline()', arguments.length) }

  private *$$readline(): Coroutine<Uint8Array> {
    try {
      return yield* this.readuntil(NEWLINE)
    } catch (error) {
      if (error instanceof IncompleteReadError) return error.partial
      if (!(error instanceof LimitOverrunError)) throw error
      const newline = checkedSeparators(NEWLINE)[0] as Uint8Array
      if (this.$buffer.hasAt(newline, error.consumed)) this.$take(error.consumed + 1)
      else this.$take(Infinity)
      throw new LineTooLongError(error.message)
    }
  }

  /**
   * Read until a separator has come. The separator is part of the result. Of several separators, the one that ends first counts.
   * @param separator bytes, ASCII text, or an array of them; `\n` by default.
   * @throws IncompleteReadError when the stream ends before; LimitOverrunError when no separator comes within the limit. Then the
   * bytes stay in the stream.
   */
  readuntil(separator: Uint8Array | string | readonly (Uint8Array | string)[] = NEWLINE): Coroutine<Uint8Array> {
    return made(this.$$readuntil(separator), 'reader.readuntil(…)', arguments.length - 1)
  }

  private *$$readuntil(separator: Uint8Array | string | readonly (Uint8Array | string)[]): Coroutine<Uint8Array> {
    const separators = checkedSeparators(separator)
    const longest = (separators[separators.length - 1] as Uint8Array).length
    this.$throwError()
    let from = 0
    for (;;) {
      const [start, end] = this.$find(separators, from)
      if (end >= 0) {
        if (start > this.$limit) throw new LimitOverrunError('Separator is found, but chunk is longer than limit', start)
        return this.$take(end)
      }
      if (this.$buffer.length >= from + (separators[0] as Uint8Array).length) {
        from = Math.max(0, this.$buffer.length + 1 - longest)
        if (from > this.$limit) throw new LimitOverrunError('Separator is not found, and chunk exceed the limit', from)
      }
      if (this.$eof) throw new IncompleteReadError(this.$buffer.take(Infinity), null)
      yield* this.$comes('readuntil')
    }
  }

  /** Read exactly `n` bytes. @throws IncompleteReadError when the stream ends before; ValueError when `n` is negative. */
  readexactly(n: number): Coroutine<Uint8Array> { return made(this.$$readexactly(n), 'reader.readexactly(…)', arguments.length - 1) }

  private *$$readexactly(n: number): Coroutine<Uint8Array> {
    if (checkedNumber('readexactly()', n) < 0) throw new ValueError('readexactly size can not be less than zero', { code: 'NEGATIVE_SIZE' })
    this.$throwError()
    if (n === 0) return this.$allocate(0)
    while (this.$buffer.length < n) {
      if (this.$eof) throw new IncompleteReadError(this.$buffer.take(Infinity), n)
      yield* this.$comes('readexactly')
    }
    return this.$take(n)
  }

  /** The lines of the stream, for `forEach()`. */
  iterate(): StreamIterator<Uint8Array> { return new Lines(this) }

  toString(): string {
    const parts = ['StreamReader']
    if (this.$buffer.length > 0) parts.push(`${this.$buffer.length} bytes`)
    if (this.$eof) parts.push('eof')
    if (this.$limit !== DEFAULT_LIMIT) parts.push(`limit=${this.$limit}`)
    if (this.$waiter?.$isAwaited === true) parts.push(`waiter=${this.$waiter.toString()}`)
    if (this.$error !== null) parts.push(`exception=${String(this.$error)}`)
    if (this.$transport !== null) parts.push(`transport=${describe(this.$transport)}`)
    if (this.$paused) parts.push('paused')
    return `<${parts.join(' ')}>`
  }

  /** @internal */
  [INSPECT](): string { return this.toString() }

  private *$readAll(): Coroutine<Uint8Array> {
    const blocks: Uint8Array[] = []
    let length = 0
    for (;;) {
      const block = yield* this.read(this.$limit)
      if (block.length === 0) break
      blocks.push(block)
      length += block.length
    }
    if (blocks.length === 1) return blocks[0] as Uint8Array
    const all = this.$allocate(length)
    let at = 0
    for (const block of blocks) {
      all.set(block, at)
      at += block.length
    }
    return all
  }

  /** The start and the end of the separator that ends first. The end is -1 when there is no separator. */
  private $find(separators: readonly Uint8Array[], from: number): [number, number] {
    let start = -1
    let end = -1
    for (const separator of separators) {
      const at = this.$buffer.find(separator, from)
      if (at < 0 || (end >= 0 && at + separator.length >= end)) continue
      start = at
      end = at + separator.length
    }
    return [start, end]
  }

  private $take(n: number): Uint8Array {
    const data = this.$buffer.take(n)
    if (this.$paused && this.$buffer.length <= this.$limit) this.$resume()
    return data
  }

  /** A future that is done when something has come. A coroutine waits for it at once, or is gone: then it keeps nobody from reading. */
  private $comes(method: string): Future<void> {
    if (this.$waiter?.$isAwaited === true) {
      throw new RuntimeError(`${method}() called while another coroutine is already waiting for incoming data`, { code: 'READER_BUSY' })
    }
    if (this.$paused) this.$resume()
    return this.$waiter = new Future<void>({ loop: this.$loop })
  }

  private $resume(): void {
    this.$paused = false
    this.$transport?.resumeReading()
  }

  private $wake(): void {
    const waiter = this.$waiter
    if (waiter === null) return
    this.$waiter = null
    if (!waiter.done()) waiter.setResult()
  }

  private $throwError(): void {
    if (this.$error !== null) throw this.$error
  }
}

class Lines implements StreamIterator<Uint8Array> {
  constructor(private readonly reader: StreamReader) {}

  *next(): Coroutine<IteratorResult<Uint8Array, undefined>> {
    const value = yield* this.reader.readline()
    return value.length === 0 ? { done: true, value: undefined } : { done: false, value }
  }
}
