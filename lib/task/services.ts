import type { Coroutine } from '../generator/types.ts'
import type { Loop } from '../loop/loop.ts'
import type { AnyProtocol, DatagramProtocol } from '../transport/protocol.ts'
import type { Server } from '../transport/server.ts'
import type { DatagramTransport, Transport } from '../transport/transport.ts'
import type { Future } from './future.ts'

/** How to talk in TLS; the names are those of Node's `tls`. */
export interface SslOptions {
  /** Whom to trust, in the place of the authorities that everybody trusts. */
  readonly ca?: string | Uint8Array | readonly (string | Uint8Array)[]
  readonly cert?: string | Uint8Array
  readonly key?: string | Uint8Array
  readonly passphrase?: string
  /** The name that the other side is to prove; the host's by default. */
  readonly servername?: string
  /** Is the other side to prove who it is? A client wants it by default, a server does not. */
  readonly rejectUnauthorized?: boolean
  /** For a server: ask the client for a certificate. */
  readonly requestCert?: boolean
  readonly ALPNProtocols?: readonly string[]
  readonly minVersion?: 'TLSv1.2' | 'TLSv1.3'
  readonly maxVersion?: 'TLSv1.2' | 'TLSv1.3'
  readonly ciphers?: string
}

export interface ConnectionOptions {
  /** `true` for TLS as it should be, or how. */
  readonly ssl?: SslOptions | true
  /** The address to come from: `[host, port]`. */
  readonly localAddr?: readonly [string, number]
  /** 4 or 6: only these addresses. */
  readonly family?: 4 | 6
  /** How long to wait for an address before the next is tried, too; in milliseconds. */
  readonly happyEyeballsDelay?: number
}

export interface ServerOptions {
  readonly ssl?: SslOptions
  /** How many connections may wait to be taken. */
  readonly backlog?: number
  /** Begin at once; true by default. */
  readonly startServing?: boolean
}

export interface TlsOptions {
  /** This side is the one that was called. */
  readonly serverSide?: boolean
}

export interface DatagramOptions {
  /** Where to be: `[host, port]`. */
  readonly localAddr?: readonly [string, number]
  /** With whom to talk, and with nobody else. */
  readonly remoteAddr?: readonly [string, number]
  readonly reusePort?: boolean
  readonly allowBroadcast?: boolean
}

export interface AddressInfo {
  readonly family: 4 | 6
  /** `[host, port]` */
  readonly address: readonly [string, number]
}

/** Runs functions elsewhere (Python's `concurrent.futures.Executor`). */
export interface ExecutorLike {
  submit(work: never, ...args: never[]): object
  shutdown(options?: object): void
}

/** Somebody who is told when a signal comes. */
export type SignalCallback = (...args: unknown[]) => unknown

/** What a host with an outside offers to its loops. The loop's methods of the same names say what each does. */
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
