import { RuntimeError } from '../../base/errors.ts'
import { ConnectionResetError } from '../../base/os-errors.ts'
import type { Coroutine } from '../../generator/types.ts'
import type { Future } from '../../task/future.ts'
import type { StartTls } from '../io/socket-resource.ts'
import { StreamTransport } from './stream-transport.ts'

/** The transport of a connection by TCP or by a socket in the file system. It may go on in TLS. */
export class SocketTransport extends StreamTransport {
  /** Somebody waits for the awaited event. */
  private $pending: Future<void> | null = null
  /** The event after which the protocol may be told: `connected`, or `secured`. */
  private $awaited = ''
  private $isMade = false

  /** The connection is made. Tell the protocol, and read. @internal */
  override $begin(): void {
    this.$isMade = true
    super.$begin()
  }

  /** Wait until the event is reported. Then the connection is made. If the wait fails, the connection is given up. @internal */
  *$until(event: string): Coroutine<void> {
    this.$awaited = event
    const pending = this.$pending = this.$loop.createFuture<void>()
    try {
      yield* pending
    } catch (error) {
      this.abort()
      throw error
    } finally {
      this.$pending = null
    }
  }

  /** Begin TLS, and wait until the two ends have agreed. @internal */
  *$startTls(how: StartTls): Coroutine<void> {
    if (this.isClosing()) throw new RuntimeError('this connection is closed, or is closing: TLS cannot begin', { code: 'CLOSING' })
    this.$tell('startTls', how)
    yield* this.$until('secured')
    if (this.isReading()) this.$tell('read')
  }

  /** For a client of a server in TLS: the connection is made when the two ends have agreed. @internal */
  $beginWhenSecured(): void { this.$awaited = 'secured' }

  /** The I/O thread goes on with the connection. @internal */
  $moved(id: number): void { this.$id = id }

  protected override $onOtherReport(event: string, value: unknown): void {
    this.$learn(value as object)
    if (this.$awaited !== event) return
    if (!this.$isMade) this.$begin()
    if (this.$pending?.done() === false) this.$pending.setResult()
  }

  /** @internal */
  protected override $fail(error: Error | null): boolean {
    if (this.$pending?.done() === false) {
      this.$pending.setException(error ?? new ConnectionResetError('the other side closed the connection before it was made'))
    }
    return !this.$isMade
  }
}
