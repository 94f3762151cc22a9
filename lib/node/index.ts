/**
 * The door `yieldfrom/node`: the core again, and hosts with real input and output. `run` and `Runner` use them by default.
 * @module
 */
export * from '../index.ts'
export {
  BrokenPipeError, ClientError, ConnectionAbortedError, ConnectionError, ConnectionRefusedError, ConnectionResetError, FileExistsError,
  FileNotFoundError, GaiError, OSError, PermissionError, ProcessLookupError, SSLCertVerificationError, SSLError,
} from '../base/os-errors.ts'
export { ConcurrentFuture, type ConcurrentFutureState } from './executor/concurrent-future.ts'
export { BrokenExecutorError, type Executor, type ExecutorOptions, type ShutdownOptions } from './executor/executor.ts'
export { toThread } from './executor/in-executor.ts'
export { ProcessPoolExecutor, ThreadPoolExecutor } from './executor/pool-executor.ts'
export type { ModuleExport, Work } from './executor/portable-call.ts'
export { wrapFuture } from './executor/wrap-future.ts'
export { readFile, writeFile } from './files/files.ts'
export { stdin, stdout } from './files/standard-streams.ts'
export { type AttachOptions, type Attachment, attach } from './host/attach.ts'
export { type LoopHandle, callSoonThreadsafe, runCoroutineThreadsafe } from './handle/loop-handle.ts'
export { NodeHost } from './host/node-host.ts'
export { NodeEventLoopPolicy } from './host/policy.ts'
export type { Body } from './http/body.ts'
export { ClientSession, type SessionOptions } from './http/client-session.ts'
export type { RequestSettings } from './http/checked-request.ts'
export type { Response } from './http/response.ts'
export { type Answer, type RequestHandler, type ServeOptions, type ServerRequest, serve } from './http/serve.ts'
export { IoThreadError } from './link/thread-link.ts'
export { type StreamOptions, openConnection, openUnixConnection, startServer, startUnixServer } from './net/streams.ts'
export { DEVNULL, PIPE, type SubprocessOptions, createSubprocessExec, createSubprocessShell } from './process/create-subprocess.ts'
export type { Process } from './process/process.ts'
export { Runner, run } from './run.ts'
export type { ConnectedCallback } from '../streams/stream-protocol.ts'
export { StreamWriter } from '../streams/stream-writer.ts'
export type { Headers } from './http/headers.ts'
export type { PendingRequest } from './http/pending-request.ts'
export type { ConnectionOptions, ServerOptions, SslOptions, TlsOptions } from '../task/services.ts'
export { BaseProtocol, BufferedProtocol, DatagramProtocol, Protocol } from '../transport/protocol.ts'
export type { Server } from '../transport/server.ts'
export type { BaseTransport, DatagramTransport, Transport, Writable } from '../transport/transport.ts'
