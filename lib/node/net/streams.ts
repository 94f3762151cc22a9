import type { Coroutine } from '../../generator/types.ts'
import { DEFAULT_LIMIT, StreamReader } from '../../streams/stream-reader.ts'
import { type ConnectedCallback, StreamReaderProtocol } from '../../streams/stream-protocol.ts'
import { StreamWriter } from '../../streams/stream-writer.ts'
import type { EventLoop } from '../../task/event-loop.ts'
import { getRunningLoop } from '../../task/loops.ts'
import type { ConnectionOptions, ServerOptions } from '../../task/services.ts'
import type { Server } from '../../transport/server.ts'
import type { Transport } from '../../transport/transport.ts'

export interface StreamOptions {
  /** In bytes: how long a line may be, and half of what is kept before it is read. */
  readonly limit?: number
}

/** Reads what comes from outside: what it gives are Buffers, whose `toString()` is their text. */
export class BufferReader extends StreamReader {
  /** @internal */
  protected override $allocate(size: number): Uint8Array { return Buffer.allocUnsafe(size) }
}

/**
 * Connect by TCP, or in TLS with `ssl: true`.
 * @returns a reader and a writer.
 * @throws ConnectionRefusedError, GaiError and other OSErrors; SSLCertVerificationError when the other side does not prove
 * who it is.
 */
export function* openConnection(host: string, port: number, options: ConnectionOptions & StreamOptions = {}): Coroutine<[StreamReader, StreamWriter]> {
  const { limit, ...rest } = options
  const loop = getRunningLoop()
  const protocol = newProtocol(loop, limit, null)
  const [transport] = yield* loop.createConnection(() => protocol, host, port, rest)
  return streamsOf(loop, transport, protocol)
}

/** Connect to a socket in the file system. */
export function* openUnixConnection(path: string, options: ConnectionOptions & StreamOptions = {}): Coroutine<[StreamReader, StreamWriter]> {
  const { limit, ...rest } = options
  const loop = getRunningLoop()
  const protocol = newProtocol(loop, limit, null)
  const [transport] = yield* loop.createUnixConnection(() => protocol, path, rest)
  return streamsOf(loop, transport, protocol)
}

/**
 * Listen by TCP.
 * @param connected called with a reader and a writer for each connection; a coroutine function runs in a task of its own.
 * @param host where: an address, several, or `null` for all. @param port 0 for any that is free: see `server.sockets`.
 */
export function* startServer(connected: ConnectedCallback, host: string | readonly string[] | null, port: number,
  options: ServerOptions & StreamOptions = {}): Coroutine<Server> {
  const { limit, ...rest } = options
  const loop = getRunningLoop()
  return yield* loop.createServer(() => newProtocol(loop, limit, connected), host, port, rest)
}

/** Listen at a path in the file system. */
export function* startUnixServer(connected: ConnectedCallback, path: string, options: ServerOptions & StreamOptions = {}): Coroutine<Server> {
  const { limit, ...rest } = options
  const loop = getRunningLoop()
  return yield* loop.createUnixServer(() => newProtocol(loop, limit, connected), path, rest)
}

function newProtocol(loop: EventLoop, limit = DEFAULT_LIMIT, connected: ConnectedCallback | null): StreamReaderProtocol {
  return new StreamReaderProtocol(new BufferReader({ loop, limit }), connected, loop)
}

function streamsOf(loop: EventLoop, transport: Transport, protocol: StreamReaderProtocol): [StreamReader, StreamWriter] {
  return [protocol.$reader, new StreamWriter(transport, protocol, protocol.$reader, loop)]
}
