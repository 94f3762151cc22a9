/** The door `yieldfrom/node`: the core again, and hosts with real input and output. `run` and `Runner` use them by default. */
export * from '../index.ts'
export {
  BrokenPipeError, ConnectionAbortedError, ConnectionError, ConnectionRefusedError, ConnectionResetError, FileExistsError,
  FileNotFoundError, GaiError, OSError, PermissionError, ProcessLookupError, SSLCertVerificationError, SSLError,
} from '../base/os-errors.ts'
export { type AttachOptions, type Attachment, attach } from './host/attach.ts'
export { NodeHost } from './host/node-host.ts'
export { IoThreadError } from './link/thread-link.ts'
export { type StreamOptions, openConnection, openUnixConnection, startServer, startUnixServer } from './net/streams.ts'
export { Runner, run } from './run.ts'
export type { ConnectedCallback } from '../streams/stream-protocol.ts'
export { StreamWriter } from '../streams/stream-writer.ts'
export type { ConnectionOptions, ServerOptions, SslOptions, TlsOptions } from '../task/services.ts'
export { BaseProtocol, BufferedProtocol, DatagramProtocol, Protocol } from '../transport/protocol.ts'
export type { Server } from '../transport/server.ts'
export type { BaseTransport, DatagramTransport, Transport, Writable } from '../transport/transport.ts'
