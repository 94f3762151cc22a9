import { made } from '../generator/made.ts'
import type { Coroutine } from '../generator/types.ts'
import type { ContextManager } from '../scope/use.ts'
import type { EventLoop } from '../task/event-loop.ts'
import { sleep } from '../task/sleep.ts'
import type { Transport, Writable } from '../transport/transport.ts'
import type { StreamReader } from './stream-reader.ts'
import type { FlowControl } from './flow-control.ts'

/**
 * Writes to a connection (Python's `asyncio.StreamWriter`). `write()` never waits: `yield* writer.drain()` after it lets a
 * coroutine wait until there is room. As a context manager it is closed at the end.
 */
export class StreamWriter implements ContextManager<StreamWriter> {
  constructor(
    private $transport: Transport,
    private readonly $protocol: FlowControl,
    private readonly $reader: StreamReader | null,
    private readonly $loop: EventLoop,
  ) {}

  get transport(): Transport { return this.$transport }

  /** Write without waiting. Text is written as UTF-8. */
  write(data: Writable): void { this.$transport.write(data) }

  writelines(pieces: Iterable<Writable>): void { this.$transport.writelines(pieces) }

  /** Nothing more will be written: the other side sees the end, and may go on to write. */
  writeEof(): void { this.$transport.writeEof() }

  canWriteEof(): boolean { return this.$transport.canWriteEof() }

  /** Close when all is written. `waitClosed()` waits for that. */
  close(): void { this.$transport.close() }

  isClosing(): boolean { return this.$transport.isClosing() }

  /** Until the connection is closed. @throws what it was lost by. */
  waitClosed(): Coroutine<void> { return made(this.$waitClosed(), 'writer.waitClosed()') }

  private *$waitClosed(): Coroutine<void> { yield* this.$protocol.$closed }

  /** What is known of the connection: `'peername'`, `'sockname'`, `'cipher'`…; `undefined` for what is not. */
  getExtraInfo(name: string): unknown { return this.$transport.getExtraInfo(name) }

  /** Wait until there is room to write more. @throws what the connection was lost by; ConnectionResetError. */
  drain(): Coroutine<void> { return made(this.$drain(), 'writer.drain()') }

  private *$drain(): Coroutine<void> {
    const error = this.$reader?.exception() ?? null
    if (error !== null) throw error
    if (this.$transport.isClosing()) yield* sleep(0) // the protocol may be told in this turn that it is lost
    yield* this.$protocol.$drain()
  }

  /**
   * Go on in TLS, on the same connection.
   * @param ssl as for `openConnection()`. @throws SSLError
   */
  startTls(ssl: object | true = true): Coroutine<void> { return made(this.$startTls(ssl), 'writer.startTls()') }

  private *$startTls(ssl: object | true): Coroutine<void> {
    yield* this.drain()
    this.$transport = yield* this.$loop.startTls(this.$transport, this.$protocol, ssl, { serverSide: this.$protocol.$isServer })
  }

  *enter(): Coroutine<this> { return this }

  *exit(): Coroutine<void> {
    this.close()
    try {
      yield* this.waitClosed()
    } catch (error) {
      if (error !== this.$reader?.exception()) throw error // what it was lost by was thrown at whoever read
    }
  }

  toString(): string { return `<StreamWriter ${this.isClosing() ? 'closing' : 'open'}>` }
}
