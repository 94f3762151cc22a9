import { checkedParts } from '../base/checked.ts'
import { describe } from '../base/describe.ts'
import { RuntimeError } from '../base/errors.ts'
import { checkOptions } from '../base/options.ts'
import { checkedPlain } from '../generator/plain-function.ts'
import type { Coroutine } from '../generator/types.ts'
import { RecordedLoop } from '../tick/recorded-loop.ts'
import type { AnyProtocol, DatagramProtocol } from '../transport/protocol.ts'
import type { Server } from '../transport/server.ts'
import type { DatagramTransport, Transport } from '../transport/transport.ts'
import type { Future } from './future.ts'
import type {
  AddressInfo, ConnectionOptions, DatagramOptions, ExecutorLike, ServerOptions, Services, SignalCallback, SslOptions, TlsOptions,
} from './services.ts'

const GETADDRINFO = { call: "getaddrinfo('localhost', 80, { family: 4 })", names: ['family'] }

/**
 * The methods of a loop that need a host with real input and output, such as that of `yieldfrom/node`. With another host, each of
 * them throws a RuntimeError.
 */
export abstract class HostedLoop extends RecordedLoop {
  /** The services of the code that drives this loop, if it has some. They are used instead of those of the host. @internal */
  $attachedServices: Services | null = null
  private $executor: ExecutorLike | null = null

  /** Choose the executor that `runInExecutor(null, …)` uses from now on. It is Python's `loop.set_default_executor()`. @throws TypeError when it is not an executor. */
  setDefaultExecutor(executor: ExecutorLike): void {
    this.$executor = checkedParts('setDefaultExecutor()', 'an executor', executor, 'submit()', 'shutdown()')
  }

  /**
   * Connect by TCP. It is Python's `loop.create_connection()`.
   * @param factory makes the protocol of the connection.
   * @param host the name or the address of the other side.
   * @param options.ssl true, or how to talk: with TLS. By default the connection is not encrypted.
   * @returns the transport and the protocol.
   * @throws ConnectionRefusedError, GaiError or another OSError; SSLError.
   */
  *createConnection<P extends AnyProtocol>(factory: () => P, host: string, port: number, options: ConnectionOptions = {}): Coroutine<[Transport, P]> {
    return yield* this.$hosted('createConnection()').createConnection(this, factory, host, port, options)
  }

  /**
   * Connect to a Unix socket. It is Python's `loop.create_unix_connection()`.
   * @param factory makes the protocol of the connection.
   * @param path the path of the socket in the file system.
   * @returns the transport and the protocol.
   * @throws ConnectionRefusedError, FileNotFoundError or another OSError.
   */
  *createUnixConnection<P extends AnyProtocol>(factory: () => P, path: string, options: ConnectionOptions = {}): Coroutine<[Transport, P]> {
    return yield* this.$hosted('createUnixConnection()').createUnixConnection(this, factory, path, options)
  }

  /**
   * Listen for TCP connections. It is Python's `loop.create_server()`.
   * @param factory makes a protocol for each connection.
   * @param host the address to listen at, several of them, or `null` for all.
   * @param port the port to listen at; 0 for any free one.
   * @returns the server.
   * @throws OSError when it cannot listen there.
   */
  *createServer(factory: () => AnyProtocol, host: string | readonly string[] | null, port: number, options: ServerOptions = {}): Coroutine<Server> {
    return yield* this.$hosted('createServer()').createServer(this, factory, host, port, options)
  }

  /**
   * Listen for connections at a Unix socket. It is Python's `loop.create_unix_server()`.
   * @param factory makes a protocol for each connection.
   * @param path the path of the socket in the file system.
   * @returns the server.
   * @throws OSError when it cannot listen there.
   */
  *createUnixServer(factory: () => AnyProtocol, path: string, options: ServerOptions = {}): Coroutine<Server> {
    return yield* this.$hosted('createUnixServer()').createUnixServer(this, factory, path, options)
  }

  /**
   * Send and receive messages by UDP. It is Python's `loop.create_datagram_endpoint()`.
   * @param factory makes the protocol.
   * @returns the transport and the protocol.
   */
  *createDatagramEndpoint<P extends DatagramProtocol>(factory: () => P, options: DatagramOptions): Coroutine<[DatagramTransport, P]> {
    return yield* this.$hosted('createDatagramEndpoint()').createDatagramEndpoint(this, factory, options)
  }

  /**
   * Encrypt an open connection with TLS from now on. It is Python's `loop.start_tls()`.
   * @returns the transport to use from now on, instead of the one that was given.
   * @throws SSLError when the two sides do not agree.
   */
  *startTls(transport: Transport, protocol: AnyProtocol, ssl: SslOptions | true, options: TlsOptions = {}): Coroutine<Transport> {
    return yield* this.$hosted('startTls()').startTls(this, transport, protocol, ssl, options)
  }

  /** Find the addresses of a host name. It is Python's `loop.getaddrinfo()`. @throws GaiError when the name has no address. */
  *getaddrinfo(host: string, port = 0, options: { readonly family?: 0 | 4 | 6 } = {}): Coroutine<AddressInfo[]> {
    checkOptions(options, GETADDRINFO)
    return yield* this.$hosted('getaddrinfo()').getaddrinfo(this, host, port, options.family ?? 0)
  }

  /** Find the names of an address and of its port, such as `['localhost', 'http']`. It is Python's `loop.getnameinfo()`. */
  *getnameinfo(address: readonly [string, number]): Coroutine<[string, string]> {
    return yield* this.$hosted('getnameinfo()').getnameinfo(this, address)
  }

  /**
   * Run a function in another thread or process. It is Python's `loop.run_in_executor()`.
   * @param executor where to run it; `null` for the default executor, which has threads.
   * @param work `{ module, export }`, or a function that uses nothing from around it, because only its source is sent there.
   * @param args the arguments for the function.
   * @returns a future for the result.
   */
  runInExecutor<T>(executor: ExecutorLike | null, work: ((...args: never[]) => T) | object, ...args: unknown[]): Future<T> {
    this.$throwIfClosed()
    const services = this.$hosted('runInExecutor()')
    const chosen = executor ?? (this.$executor ??= services.newDefaultExecutor())
    return services.runInExecutor(this, chosen, work, args) as Future<T>
  }

  /** Wait until the default executor has ended. `run()` does this at its end. It is Python's `loop.shutdown_default_executor()`. */
  *shutdownDefaultExecutor(): Coroutine<void> {
    const executor = this.$executor
    this.$executor = null
    if (executor !== null) yield* this.$hosted('shutdownDefaultExecutor()').shutdownExecutor(this, executor)
  }

  /**
   * Call `callback(...args)` when a signal comes. It is Python's `loop.add_signal_handler()`.
   * @param signal the name of the signal, such as `'SIGTERM'`.
   * @throws RuntimeError when the host cannot watch for signals.
   */
  addSignalHandler<A extends unknown[]>(signal: string, callback: (...args: A) => unknown, ...args: A): void {
    checkedPlain('addSignalHandler()', callback)
    this.$hosted('addSignalHandler()').addSignalHandler(this, signal, callback as SignalCallback, args)
  }

  /** Take back the handler of a signal. It is Python's `loop.remove_signal_handler()`. @returns whether there was one. */
  removeSignalHandler(signal: string): boolean {
    return this.$hosted('removeSignalHandler()').removeSignalHandler(this, signal)
  }

  /** Make a small object by which another thread reaches this loop. That thread calls `callSoonThreadsafe(handle, …)`. */
  handle(): object { return this.$hosted('handle()').handle(this) }

  /** @throws RuntimeError when neither the host nor the driver of this loop reaches outside. @internal */
  $hosted(what: string): Services {
    this.$throwIfClosed()
    const services = this.$attachedServices ?? this.$host.$services as Services | undefined
    if (services !== undefined) return services
    throw new RuntimeError(`${what} needs a host that reaches outside, and this loop has ${describe(this.$host)}. Write run(main()) of ` +
      "'yieldfrom/node', new EventLoop({ host: new NodeHost() }), or attach(loop)", { code: 'NO_OUTSIDE' })
  }
}
