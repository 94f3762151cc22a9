import { describe } from '../base/describe.ts'
import { RuntimeError } from '../base/errors.ts'
import type { Coroutine } from '../generator/types.ts'
import { RecordedLoop } from '../tick/recorded-loop.ts'
import type { AnyProtocol, DatagramProtocol } from '../transport/protocol.ts'
import type { Server } from '../transport/server.ts'
import type { DatagramTransport, Transport } from '../transport/transport.ts'
import type { Future } from './future.ts'
import type {
  AddressInfo, ConnectionOptions, DatagramOptions, ExecutorLike, ServerOptions, Services, SignalCallback, SslOptions, TlsOptions,
} from './services.ts'

/** What of a loop is done by a host with an outside: one of `yieldfrom/node`. Elsewhere each of these is a RuntimeError. */
export abstract class HostedLoop extends RecordedLoop {
  /** Those of whoever drives this loop, in the place of its host's. @internal */
  $attachedServices: Services | null = null
  private $executor: ExecutorLike | null = null

  /** What `runInExecutor(null, …)` uses from now on. */
  setDefaultExecutor(executor: ExecutorLike): void { this.$executor = executor }

  /**
   * Connect by TCP. @param factory makes the protocol.
   * @throws ConnectionRefusedError, GaiError and other OSErrors; SSLError.
   */
  *createConnection<P extends AnyProtocol>(factory: () => P, host: string, port: number, options: ConnectionOptions = {}): Coroutine<[Transport, P]> {
    return yield* this.$hosted('createConnection()').createConnection(this, factory, host, port, options)
  }

  /** Connect to a socket in the file system. */
  *createUnixConnection<P extends AnyProtocol>(factory: () => P, path: string, options: ConnectionOptions = {}): Coroutine<[Transport, P]> {
    return yield* this.$hosted('createUnixConnection()').createUnixConnection(this, factory, path, options)
  }

  /**
   * Listen by TCP. @param factory makes a protocol for each connection.
   * @param host where: one address, several, or `null` for all. @param port 0 for any that is free.
   */
  *createServer(factory: () => AnyProtocol, host: string | readonly string[] | null, port: number, options: ServerOptions = {}): Coroutine<Server> {
    return yield* this.$hosted('createServer()').createServer(this, factory, host, port, options)
  }

  /** Listen at a path in the file system. */
  *createUnixServer(factory: () => AnyProtocol, path: string, options: ServerOptions = {}): Coroutine<Server> {
    return yield* this.$hosted('createUnixServer()').createUnixServer(this, factory, path, options)
  }

  /** Send and receive messages by UDP. */
  *createDatagramEndpoint<P extends DatagramProtocol>(factory: () => P, options: DatagramOptions): Coroutine<[DatagramTransport, P]> {
    return yield* this.$hosted('createDatagramEndpoint()').createDatagramEndpoint(this, factory, options)
  }

  /** Go on in TLS, on the same connection. @returns the transport to use from now on. @throws SSLError */
  *startTls(transport: Transport, protocol: AnyProtocol, ssl: SslOptions | true, options: TlsOptions = {}): Coroutine<Transport> {
    return yield* this.$hosted('startTls()').startTls(this, transport, protocol, ssl, options)
  }

  /** The addresses of a name. @throws GaiError when it has none. */
  *getaddrinfo(host: string, port = 0, options: { readonly family?: 0 | 4 | 6 } = {}): Coroutine<AddressInfo[]> {
    return yield* this.$hosted('getaddrinfo()').getaddrinfo(this, host, port, options.family ?? 0)
  }

  /** The name of an address, and of its port: `['localhost', 'http']`. */
  *getnameinfo(address: readonly [string, number]): Coroutine<[string, string]> {
    return yield* this.$hosted('getnameinfo()').getnameinfo(this, address)
  }

  /**
   * Run a function in another thread or process.
   * @param executor `null` for the default one, which has threads.
   * @param work `{ module, export }`, or a function that stands by itself: its source travels.
   * @returns a future for its result.
   */
  runInExecutor<T>(executor: ExecutorLike | null, work: ((...args: never[]) => T) | object, ...args: unknown[]): Future<T> {
    this.$throwIfClosed()
    const services = this.$hosted('runInExecutor()')
    const chosen = executor ?? (this.$executor ??= services.newDefaultExecutor())
    return services.runInExecutor(this, chosen, work, args) as Future<T>
  }

  /** Wait until the default executor has ended. `run()` does it at its end. */
  *shutdownDefaultExecutor(): Coroutine<void> {
    const executor = this.$executor
    this.$executor = null
    if (executor !== null) yield* this.$hosted('shutdownDefaultExecutor()').shutdownExecutor(this, executor)
  }

  /** Call `callback(...args)` when a signal comes: `'SIGTERM'`. @throws RuntimeError where the host cannot know of it. */
  addSignalHandler(signal: string, callback: SignalCallback, ...args: unknown[]): void {
    this.$hosted('addSignalHandler()').addSignalHandler(this, signal, callback, args)
  }

  /** @returns whether there was one. */
  removeSignalHandler(signal: string): boolean {
    return this.$hosted('removeSignalHandler()').removeSignalHandler(this, signal)
  }

  /** A small object by which another thread reaches this loop: `callSoonThreadsafe(handle, …)` there. */
  handle(): object { return this.$hosted('handle()').handle(this) }

  /** @throws RuntimeError when nobody can do it. @internal */
  $hosted(what: string): Services {
    this.$throwIfClosed()
    const services = this.$attachedServices ?? this.$host.$services as Services | undefined
    if (services !== undefined) return services
    throw new RuntimeError(`${what} needs a host with an outside, and this loop has ${describe(this.$host)}. Write run(main()) of ` +
      "'yieldfrom/node', new EventLoop({ host: new NodeHost() }), or attach(loop)", { code: 'NO_OUTSIDE' })
  }
}
