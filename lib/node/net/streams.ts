import { adviceFor, isAsyncFunction } from '../../base/advice.ts'
import { describe } from '../../base/describe.ts'
import { ArgumentError } from '../../base/errors.ts'
import { checkOptions } from '../../base/options.ts'
import { made, refuseExcess } from '../../generator/made.ts'
import type { Coroutine } from '../../generator/types.ts'
import { type StreamReader, checkedLimit } from '../../streams/stream-reader.ts'
import type { ConnectedCallback, StreamReaderProtocol } from '../../streams/stream-protocol.ts'
import { StreamWriter } from '../../streams/stream-writer.ts'
import type { EventLoop } from '../../task/event-loop.ts'
import { getRunningLoop } from '../../task/loops.ts'
import type { ConnectionOptions, ServerOptions } from '../../task/services.ts'
import type { Server } from '../../transport/server.ts'
import type { Transport } from '../../transport/transport.ts'
import { OPEN_CONNECTION, OPEN_UNIX_CONNECTION, START_SERVER, START_UNIX_SERVER } from './checked-options.ts'
import { newStreamProtocol } from './new-stream-protocol.ts'

export interface StreamOptions {
  /** In bytes: the longest line, and half of what the reader keeps before the program has read it. */
  readonly limit?: number
}

/**
 * Connect by TCP. With `ssl: true`, the connection is in TLS. It is Python's `asyncio.open_connection()`.
 * @returns a reader and a writer.
 * @throws ConnectionRefusedError, GaiError and other OSErrors; SSLCertVerificationError when the server does not prove who it is.
 */
export function openConnection(host: string, port: number, options: ConnectionOptions & StreamOptions = {}): Coroutine<[StreamReader, StreamWriter]> {
  refuseExcess('openConnection(…)', arguments.length - 3, `Write ${OPEN_CONNECTION.call}`)
  return made(opening(host, port, options), 'openConnection(…)')
}

function* opening(host: string, port: number, options: ConnectionOptions & StreamOptions): Coroutine<[StreamReader, StreamWriter]> {
  checkOptions(options, OPEN_CONNECTION)
  const { limit, ...rest } = options
  const loop = getRunningLoop()
  const protocol = newStreamProtocol(loop, null, limit)
  const [transport] = yield* loop.createConnection(() => protocol, host, port, rest)
  return streamsOf(loop, transport, protocol)
}

/** Connect to a socket in the file system. It is Python's `asyncio.open_unix_connection()`. @returns a reader and a writer. */
export function openUnixConnection(path: string, options: ConnectionOptions & StreamOptions = {}): Coroutine<[StreamReader, StreamWriter]> {
  refuseExcess('openUnixConnection(…)', arguments.length - 2, `Write ${OPEN_UNIX_CONNECTION.call}`)
  return made(openingPath(path, options), 'openUnixConnection(…)')
}

function* openingPath(path: string, options: ConnectionOptions & StreamOptions): Coroutine<[StreamReader, StreamWriter]> {
  checkOptions(options, OPEN_UNIX_CONNECTION)
  const { limit, ...rest } = options
  const loop = getRunningLoop()
  const protocol = newStreamProtocol(loop, null, limit)
  const [transport] = yield* loop.createUnixConnection(() => protocol, path, rest)
  return streamsOf(loop, transport, protocol)
}

/**
 * Listen by TCP. It is Python's `asyncio.start_server()`.
 * @param connected called with a reader and a writer for each connection. A coroutine function runs in a task of its own.
 * @param host the address to listen at; a list of addresses; or `null` for all addresses of the computer.
 * @param port the port. With 0, the system takes a free one, which `server.sockets` tells.
 * @returns the server, which listens already, unless `startServing` is false.
 */
export function startServer(connected: ConnectedCallback, host: string | readonly string[] | null, port: number,
  options: ServerOptions & StreamOptions = {}): Coroutine<Server> {
  refuseExcess('startServer(…)', arguments.length - 4, `Write ${START_SERVER.call}`)
  return made(starting(connected, host, port, options), 'startServer(…)')
}

function* starting(connected: ConnectedCallback, host: string | readonly string[] | null, port: number, options: ServerOptions & StreamOptions): Coroutine<Server> {
  checkConnected('startServer()', connected)
  checkOptions(options, START_SERVER)
  checkedLimit(options.limit)
  const { limit, ...rest } = options
  const loop = getRunningLoop()
  return yield* loop.createServer(() => newStreamProtocol(loop, connected, limit), host, port, rest)
}

/** Listen at a path in the file system. It is Python's `asyncio.start_unix_server()`. */
export function startUnixServer(connected: ConnectedCallback, path: string, options: ServerOptions & StreamOptions = {}): Coroutine<Server> {
  refuseExcess('startUnixServer(…)', arguments.length - 3, `Write ${START_UNIX_SERVER.call}`)
  return made(startingAtPath(connected, path, options), 'startUnixServer(…)')
}

function* startingAtPath(connected: ConnectedCallback, path: string, options: ServerOptions & StreamOptions): Coroutine<Server> {
  checkConnected('startUnixServer()', connected)
  checkOptions(options, START_UNIX_SERVER)
  checkedLimit(options.limit)
  const { limit, ...rest } = options
  const loop = getRunningLoop()
  return yield* loop.createUnixServer(() => newStreamProtocol(loop, connected, limit), path, rest)
}

function checkConnected(what: string, connected: unknown): void {
  if (typeof connected === 'function' && !isAsyncFunction(connected)) return
  const advice = isAsyncFunction(connected) ? adviceFor(connected, '…') : `${describe(connected)}. Write ${what.slice(0, -1)}function* (reader, writer) {...}, …)`
  throw new ArgumentError(`${what} takes a coroutine function first, not ${advice}`, 'NOT_CALLABLE')
}

function streamsOf(loop: EventLoop, transport: Transport, protocol: StreamReaderProtocol): [StreamReader, StreamWriter] {
  return [protocol.$reader, new StreamWriter(transport, protocol, protocol.$reader, loop)]
}
