import { INSPECT } from '../../base/inspect.ts'
import type { Coroutine } from '../../generator/types.ts'
import type { EventLoop } from '../../task/event-loop.ts'
import type { DatagramOptions } from '../../task/services.ts'
import type { DatagramProtocol } from '../../transport/protocol.ts'
import type { DatagramTransport, Writable } from '../../transport/transport.ts'
import type { PortableError } from '../io/portable-error.ts'
import type { Link, ResourceUser } from '../link/link.ts'
import type { Future } from '../../task/future.ts'
import { checkAddress, checkDatagramOptions, checkedFactory } from './checked-options.ts'
import { Delivery } from './delivery.ts'
import { protocolOf } from './protocol-of.ts'
import { systemError } from './system-error.ts'
import { bytesOf } from './bytes-of.ts'

/** Open a socket for single messages, and wait until it is ready. */
export function* openDatagrams<P extends DatagramProtocol>(loop: EventLoop, link: Link, factory: () => P, options: DatagramOptions): Coroutine<[DatagramTransport, P]> {
  checkDatagramOptions(options)
  const protocol = protocolOf(checkedFactory('createDatagramEndpoint()', factory))
  const ready = loop.createFuture<void>()
  const transport = new NodeDatagramTransport(loop, link, protocol, ready, options)
  try {
    yield* ready
  } catch (error) {
    transport.abort()
    throw error
  }
  return [transport, protocol]
}

class NodeDatagramTransport implements DatagramTransport, ResourceUser {
  private readonly $id: number
  private $info: Readonly<Record<string, unknown>> = {}
  private $closing = false
  private $lost = false
  private readonly $delivery: Delivery

  constructor(
    /** @internal */ readonly $loop: EventLoop,
    private readonly $link: Link,
    private readonly $protocol: DatagramProtocol,
    private readonly $ready: Future<void>,
    options: DatagramOptions,
  ) {
    this.$delivery = new Delivery($loop, exception => {
      $loop.callExceptionHandler({ message: 'Fatal error: protocol call failed.', exception, transport: this })
      this.abort()
    })
    this.$id = $link.open('datagrams', options, this)
  }

  sendto(data: Writable, address: readonly [string, number] | null = null): void {
    const bytes = bytesOf(data)
    if (address !== null) checkAddress('the address of sendto()', address)
    if (!this.$closing) this.$link.tell(this.$id, 'send', [bytes, address])
  }

  close(): void {
    if (this.$closing) return
    this.$closing = true
    if (!this.$lost) this.$link.tell(this.$id, 'close')
  }

  abort(): void { this.close() }

  isClosing(): boolean { return this.$closing }

  getExtraInfo(name: string): unknown { return this.$info[name] }

  toString(): string { return `<DatagramTransport ${this.$lost ? 'closed' : this.$closing ? 'closing' : 'open'}>` }

  /** @internal */
  [INSPECT](): string { return this.toString() }

  /** @internal */
  $onReport(event: string, value: unknown): void {
    switch (event) {
      case 'ready': this.$begin(value as object); break
      case 'message': this.$message(value as [Uint8Array, readonly [string, number]]); break
      case 'error': this.$delivery.later(() => { this.$protocol.errorReceived(systemError(value as PortableError)) }); break
      case 'failed': this.$onLost(systemError(value as PortableError)); break
      default: this.$end(null)
    }
  }

  /** @internal */
  $onLost(error: Error): void {
    if (!this.$ready.done()) this.$ready.setException(error)
    else this.$end(error)
  }

  /** @internal */
  $orphan(): void {
    this.close()
    this.$lost = true
    this.$link.drop(this.$id)
  }

  private $begin(info: object): void {
    this.$info = info as Readonly<Record<string, unknown>>
    if (this.$closing) return
    this.$delivery.later(() => {
      this.$protocol.connectionMade(this)
      if (!this.$ready.done()) this.$ready.setResult()
    })
  }

  private $message([data, address]: [Uint8Array, readonly [string, number]]): void {
    this.$delivery.later(() => { if (!this.$closing) this.$protocol.datagramReceived(Buffer.from(data), address) })
  }

  private $end(error: Error | null): void {
    if (this.$lost) return
    this.$lost = this.$closing = true
    this.$link.drop(this.$id)
    if (this.$ready.done()) this.$delivery.later(() => { this.$protocol.connectionLost(error) })
  }
}
