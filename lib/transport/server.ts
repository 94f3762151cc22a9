import type { Coroutine } from '../generator/types.ts'

/** A server that listens for connections. As a context manager, it is closed at the end. It is Python's `asyncio.Server`. */
export interface Server {
  /** The addresses where it listens: `[host, port]`, or a path. */
  readonly sockets: readonly (readonly [string, number] | string)[]
  /** Does the server take connections? */
  isServing(): boolean
  /** Begin to take connections, if the server has not begun. */
  startServing(): Coroutine<void>
  /** Take connections until the task that waits here is cancelled. Then the server is closed. */
  serveForever(): Coroutine<never>
  /** Take no more connections. Open connections go on. */
  close(): void
  /** Wait until the server is closed, and all its connections are over. */
  waitClosed(): Coroutine<void>
  /** Close all connections, each when everything is written. */
  closeClients(): void
  /** Close all connections at once. What is not written is lost. */
  abortClients(): void
  /** Use the server in a block. */
  enter(): Coroutine<this>
  /** The block ends: the server is closed, and this waits until it is. */
  exit(): Coroutine<void>
}
