import { INSPECT } from '../base/inspect.ts'
import { made } from '../generator/made.ts'
import type { Coroutine } from '../generator/types.ts'
import type { ContextManager } from '../scope/use.ts'
import type { EventLoop } from '../task/event-loop.ts'
import { sleep } from '../task/sleep.ts'
import type { Transport, Writable } from '../transport/transport.ts'
import type { StreamReader } from './stream-reader.ts'
import type { FlowControl } from './flow-control.ts'

/**
 * Writes to a connection. `write()` never waits. `yield* writer.drain()` after it waits until there is room. As a context manager,
 * it is closed at the end. It is Python's `asyncio.StreamWriter`.
 */
export class StreamWriter implements ContextManager<StreamWriter> {
  constructor(
    private $transport: Transport,
    private readonly $protocol: FlowControl,
    private readonly $reader: StreamReader | null,
    private readonly $loop: EventLoop,
  ) {}

  /** The transport of the connection. */
  get transport(): Transport { return this.$transport }

  /**
   * Write without waiting. Text is written as UTF-8. After `close()`, and when the connection is lost, the bytes are dropped without
   * an error. `drain()` throws when the connection is lost.
   * @throws RuntimeError after `writeEof()`.
   */
  write(data: Writable): void { this.$transport.write(data) }

  /** Write several pieces without waiting, as `write()` does. */
  writelines(pieces: Iterable<Writable>): void { this.$transport.writelines(pieces) }

  /** Write nothing more. The other side sees the end of the stream, and may still write. */
  writeEof(): void { this.$transport.writeEof() }

  /** Can `writeEof()` be called? It cannot with TLS. */
  canWriteEof(): boolean { return this.$transport.canWriteEof() }

  /** Close the connection when everything is written. `waitClosed()` waits for that. */
  close(): void { this.$transport.close() }

  /** Is the connection closed, or being closed? */
  isClosing(): boolean { return this.$transport.isClosing() }

  /** Wait until the connection is closed. @throws the error by which it was lost. */
  waitClosed(): Coroutine<void> { return made(this.$$waitClosed(), 'writer.waitClosed()', arguments.length) }

  private *$$waitClosed(): Coroutine<void> { yield* this.$protocol.$closed }

  /** A fact about the connection, such as `'peername'`, `'sockname'` or `'cipher'`; `undefined` when it is not known. */
  getExtraInfo(name: string): unknown { return this.$transport.getExtraInfo(name) }

  /** Wait until there is room to write more. @throws the error by which the connection was lost; ConnectionResetError. */
  drain(): Coroutine<void> { return made(this.$$drain(), 'writer.drain()', arguments.length) }

  private *$$drain(): Coroutine<void> {
    const error = this.$reader?.exception() ?? null
    if (error !== null) throw error
    if (this.$transport.isClosing()) yield* sleep(0) // in this turn the protocol may be told that the connection is lost
    if (!this.$protocol.$flows) yield* this.$protocol.$drain()
  }

  /**
   * Encrypt the connection with TLS from now on. It is Python's `StreamWriter.start_tls()`.
   * @param ssl `true`, or how to talk in TLS, as for `openConnection()`.
   * @throws SSLError when the two sides do not agree.
   */
  startTls(ssl: object | true = true): Coroutine<void> { return made(this.$$startTls(ssl), 'writer.startTls()', arguments.length - 1) }

  private *$$startTls(ssl: object | true): Coroutine<void> {
    yield* this.drain()
    this.$transport = yield* this.$loop.startTls(this.$transport, this.$protocol, ssl, { serverSide: this.$protocol.$isServer })
  }

  *enter(): Coroutine<this> { return this }

  *exit(): Coroutine<void> {
    this.close()
    try {
      yield* this.waitClosed()
    } catch (error) {
      if (error !== this.$reader?.exception()) throw error // the reader has thrown that error already
    }
  }

  toString(): string { return `<StreamWriter ${this.isClosing() ? 'closing' : 'open'}>` }

  /** @internal */
  [INSPECT](): string { return this.toString() }
}
