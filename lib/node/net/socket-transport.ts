import { RuntimeError } from '../../base/errors.ts'
import { ConnectionResetError } from '../../base/os-errors.ts'
import type { Coroutine } from '../../generator/types.ts'
import type { Future } from '../../task/future.ts'
import type { StartTls } from '../engine/socket-thing.ts'
import { StreamTransport } from './stream-transport.ts'

/** A connection by TCP or in the file system, in plain or in TLS. */
export class SocketTransport extends StreamTransport {
  /** Until the connection stands, or stands in TLS. */
  private $pending: Future<void> | null = null
  private $awaited = ''
  private $stands = false

  /** It stands: tell the protocol, and read. @internal */
  override $begin(): void {
    this.$stands = true
    super.$begin()
  }

  /** Wait until an event is told; then it stands. If that fails, it is given up. @internal */
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

  /** Go on in TLS. @internal */
  *$startTls(how: StartTls): Coroutine<void> {
    if (this.isClosing()) throw new RuntimeError('this connection is closed, or is closing: TLS cannot begin', { code: 'CLOSING' })
    this.$link.tell(this.$id, 'startTls', how)
    yield* this.$until('secured')
    if (this.isReading()) this.$link.tell(this.$id, 'read')
  }

  /** A client of a server that talks in TLS: it stands when the two agree. @internal */
  $beginWhenSecured(): void { this.$awaited = 'secured' }

  protected override onEvent(event: string, value: unknown): void {
    this.$learn(value as object)
    if (this.$awaited !== event) return
    if (!this.$stands) this.$begin()
    if (this.$pending?.done() === false) this.$pending.setResult()
  }

  /** @internal */
  protected override $fail(error: Error | null): boolean {
    if (this.$pending?.done() === false) {
      this.$pending.setException(error ?? new ConnectionResetError('the other side closed the connection before it stood'))
    }
    return !this.$stands
  }
}
