import { RuntimeError } from '../../base/errors.ts'
import { INSPECT } from '../../base/inspect.ts'
import { made } from '../../generator/made.ts'
import type { Coroutine } from '../../generator/types.ts'
import type { EventLoop } from '../../task/event-loop.ts'
import type { Future } from '../../task/future.ts'
import type { AnyProtocol } from '../../transport/protocol.ts'
import type { Server } from '../../transport/server.ts'
import type { Place } from '../io/server.ts'
import type { PortableError } from '../io/portable-error.ts'
import type { SocketInfo } from '../io/socket-resource.ts'
import type { Link, ResourceUser } from '../link/link.ts'
import { protocolOf } from './protocol-of.ts'
import { systemError } from './system-error.ts'
import { SocketTransport } from './socket-transport.ts'
import type { StreamTransport } from './stream-transport.ts'

/** A server, whose resource is on the I/O side. */
export class NodeServer implements Server, ResourceUser {
  private $id = 0
  private $addresses: Server['sockets'] = []
  private readonly $clients = new Set<StreamTransport>()
  private readonly $waiters = new Set<Future<void>>()
  private $starting: Future<void> | null = null
  private $closed = false
  private $forever: Future<never> | null = null

  constructor(
    /** @internal */ readonly $loop: EventLoop,
    private readonly $link: Link,
    private readonly $factory: () => AnyProtocol,
    private readonly $place: Place,
    private readonly $kind: 'server' | 'http server' = 'server',
  ) {}

  get sockets(): Server['sockets'] { return this.$closed ? [] : this.$addresses }

  isServing(): boolean { return this.$addresses.length > 0 && !this.$closed }

  startServing(): Coroutine<void> { return made(this.$$startServing(), 'server.startServing()', arguments.length) }

  private *$$startServing(): Coroutine<void> {
    if (this.isServing()) return
    if (this.$closed) throw new RuntimeError('this server is closed. Make a new one', { code: 'SERVER_CLOSED' })
    const starting = this.$starting = this.$loop.createFuture<void>()
    this.$id = this.$link.open(this.$kind, this.$place, this)
    try {
      yield* starting
    } catch (error) {
      this.close()
      throw error
    } finally {
      this.$starting = null
    }
  }

  serveForever(): Coroutine<never> { return made(this.$$serveForever(), 'server.serveForever()', arguments.length) }

  private *$$serveForever(): Coroutine<never> {
    if (this.$forever !== null) throw new RuntimeError('server is already being awaited on serveForever()', { code: 'SERVES_ALREADY' })
    yield* this.startServing()
    const forever = this.$forever = this.$loop.createFuture<never>()
    try {
      return yield* forever
    } catch (error) {
      this.close()
      yield* this.waitClosed()
      throw error
    } finally {
      this.$forever = null
    }
  }

  close(): void {
    if (this.$closed) return
    this.$closed = true
    if (this.$id !== 0) this.$link.tell(this.$id, 'close')
    if (this.$forever?.done() === false) this.$forever.cancel()
    this.$releaseIfOver()
  }

  waitClosed(): Coroutine<void> { return made(this.$$waitClosed(), 'server.waitClosed()', arguments.length) }

  private *$$waitClosed(): Coroutine<void> {
    if (this.$closed && this.$clients.size === 0) return
    const waiter = this.$loop.createFuture<void>()
    this.$waiters.add(waiter)
    try {
      yield* waiter
    } finally {
      this.$waiters.delete(waiter)
    }
  }

  closeClients(): void { for (const client of this.$clients) client.close() }

  abortClients(): void { for (const client of this.$clients) client.abort() }

  *enter(): Coroutine<this> { return this }

  *exit(): Coroutine<void> {
    this.close()
    yield* this.waitClosed()
  }

  toString(): string { return `<Server sockets=[${this.sockets.map(String).join(', ')}]>` }

  /** @internal */
  [INSPECT](): string { return this.toString() }

  // As the user of a resource

  /** @internal */
  $onReport(event: string, value: unknown): void {
    switch (event) {
      case 'listening':
        this.$addresses = value as Server['sockets']
        if (this.$starting?.done() === false) this.$starting.setResult()
        break
      case 'connection': this.$connection(value as { id: number; info: SocketInfo }); break
      case 'failed': this.$failed(systemError(value as PortableError)); break
      case 'closed': this.$link.drop(this.$id)
    }
  }

  /** @internal */
  $onLost(error: Error): void {
    if (this.$forever?.done() === false) this.$forever.setException(error)
    else this.$failed(error)
    this.$closed = true
    this.$releaseIfOver()
  }

  /** @internal */
  $orphan(): void {
    if (!this.$closed) this.$link.tell(this.$id, 'close')
    this.$closed = true
    this.$link.drop(this.$id)
  }

  private $failed(error: Error): void {
    if (this.$starting?.done() === false) this.$starting.setException(error)
    else if (!this.$closed) this.$loop.callExceptionHandler({ message: 'a server cannot take connections any more', exception: error, server: this })
  }

  private $connection({ id, info }: { readonly id: number; readonly info: SocketInfo }): void {
    let protocol: AnyProtocol
    try {
      protocol = protocolOf(this.$factory)
    } catch (exception) {
      this.$loop.callExceptionHandler({ message: 'the factory of a server made no protocol', exception, server: this })
      this.$link.tell(id, 'abort')
      return
    }
    const transport = new SocketTransport(this.$loop, this.$link, protocol, info, client => {
      this.$clients.delete(client)
      this.$releaseIfOver()
    })
    this.$clients.add(transport)
    transport.$adopt(id)
    if (this.$place.ssl === undefined || this.$kind === 'http server') transport.$begin()
    else transport.$beginWhenSecured()
  }

  private $releaseIfOver(): void {
    if (!this.$closed || this.$clients.size > 0) return
    for (const waiter of this.$waiters) if (!waiter.done()) waiter.setResult()
  }
}
