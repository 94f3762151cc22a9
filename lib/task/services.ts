import type { Coroutine } from '../generator/types.ts'
import type { Loop } from '../loop/loop.ts'
import type { AnyProtocol, DatagramProtocol } from '../transport/protocol.ts'
import type { Server } from '../transport/server.ts'
import type { DatagramTransport, Transport } from '../transport/transport.ts'
import type { Future } from './future.ts'

/** How to talk in TLS. The names are those of Node's `tls`. */
export interface SslOptions {
  /** The authorities to trust, instead of those that everybody trusts. */
  readonly ca?: string | Uint8Array | readonly (string | Uint8Array)[]
  /** The certificate, in PEM, with those that it was signed by. */
  readonly cert?: string | Uint8Array
  /** The private key of the certificate, in PEM. */
  readonly key?: string | Uint8Array
  /** What the private key is locked with. */
  readonly passphrase?: string
  /** The name that the other side must prove to have. The default is the name of the host. */
  readonly servername?: string
  /** Must the other side prove who it is? The default is true for a client and false for a server. */
  readonly rejectUnauthorized?: boolean
  /** For a server: ask each client for a certificate. */
  readonly requestCert?: boolean
  /** The protocols to offer, the best first. */
  readonly ALPNProtocols?: readonly string[]
  /** The oldest version of TLS that is accepted. */
  readonly minVersion?: 'TLSv1.2' | 'TLSv1.3'
  /** The newest version of TLS that is accepted. */
  readonly maxVersion?: 'TLSv1.2' | 'TLSv1.3'
  /** The ciphers that may be used, in the words of OpenSSL. */
  readonly ciphers?: string
}

/** How to connect, by TCP or to a Unix socket. */
export interface ConnectionOptions {
  /** `true` for TLS with the usual settings, or the settings. Without it, the connection is not encrypted. */
  readonly ssl?: SslOptions | true
  /** The address to connect from: `[host, port]`. */
  readonly localAddr?: readonly [string, number]
  /** Use addresses of this family only: IPv4 or IPv6. */
  readonly family?: 4 | 6
  /** How long to wait for one address before the next is tried at the same time, in milliseconds. */
  readonly happyEyeballsDelay?: number
}

/** How to listen for connections. */
export interface ServerOptions {
  /** The certificate and the key, for TLS. Without it, connections are not encrypted. */
  readonly ssl?: SslOptions
  /** How many connections may wait until the server takes them. */
  readonly backlog?: number
  /** Begin to listen at once. The default is true. */
  readonly startServing?: boolean
}

/** How to change a connection over to TLS. */
export interface TlsOptions {
  /** This side is the server. The default is false. */
  readonly serverSide?: boolean
}

/** How to send and receive messages by UDP. */
export interface DatagramOptions {
  /** The address to receive at: `[host, port]`. */
  readonly localAddr?: readonly [string, number]
  /** The only address to talk with: `[host, port]`. Without it, each message names its receiver. */
  readonly remoteAddr?: readonly [string, number]
  /** May others listen at the same address? */
  readonly reusePort?: boolean
  /** May messages go to all machines of a network at once? */
  readonly allowBroadcast?: boolean
}

/** One address of a host name. */
export interface AddressInfo {
  /** The version of the protocol. */
  readonly family: 4 | 6
  /** `[host, port]` */
  readonly address: readonly [string, number]
}

/** Runs functions in other threads or processes. It is Python's `concurrent.futures.Executor`. */
export interface ExecutorLike {
  /** Run a function. @returns its future. */
  submit(work: never, ...args: never[]): object
  /** Take no more, and end when all is done. */
  shutdown(options?: object): void
}

/** A function that is called when a signal comes. */
export type SignalCallback = (...args: unknown[]) => unknown

/** What a host that reaches outside does for its loops. The methods of the loop with the same names say what each does. */
export interface Services {
  createConnection<P extends AnyProtocol>(loop: Loop, factory: () => P, host: string, port: number, options: ConnectionOptions): Coroutine<[Transport, P]>
  createUnixConnection<P extends AnyProtocol>(loop: Loop, factory: () => P, path: string, options: ConnectionOptions): Coroutine<[Transport, P]>
  createServer(loop: Loop, factory: () => AnyProtocol, host: string | readonly string[] | null, port: number, options: ServerOptions): Coroutine<Server>
  createUnixServer(loop: Loop, factory: () => AnyProtocol, path: string, options: ServerOptions): Coroutine<Server>
  createDatagramEndpoint<P extends DatagramProtocol>(loop: Loop, factory: () => P, options: DatagramOptions): Coroutine<[DatagramTransport, P]>
  startTls(loop: Loop, transport: Transport, protocol: AnyProtocol, ssl: SslOptions | true, options: TlsOptions): Coroutine<Transport>
  getaddrinfo(loop: Loop, host: string, port: number, family: 0 | 4 | 6): Coroutine<AddressInfo[]>
  getnameinfo(loop: Loop, address: readonly [string, number]): Coroutine<[string, string]>
  newDefaultExecutor(): ExecutorLike
  runInExecutor(loop: Loop, executor: ExecutorLike, work: unknown, args: readonly unknown[]): Future
  shutdownExecutor(loop: Loop, executor: ExecutorLike): Coroutine<void>
  addSignalHandler(loop: Loop, signal: string, callback: SignalCallback, args: readonly unknown[]): void
  removeSignalHandler(loop: Loop, signal: string): boolean
  handle(loop: Loop): object
}
