import type { Coroutine } from '../generator/types.ts'

/** Listens for connections (Python's `asyncio.Server`). As a context manager it is closed at the end. */
export interface Server {
  /** Where it listens: `[host, port]`, or a path. */
  readonly sockets: readonly (readonly [string, number] | string)[]
  isServing(): boolean
  /** Begin to take connections, if it has not begun. */
  startServing(): Coroutine<void>
  /** Until the task that waits is cancelled; then it is closed. */
  serveForever(): Coroutine<never>
  /** Take no more connections. Those that are there go on. */
  close(): void
  /** Until it is closed, and all its connections are over. */
  waitClosed(): Coroutine<void>
  /** Close all its connections, when all is written. */
  closeClients(): void
  /** Close all its connections at once. */
  abortClients(): void
  enter(): Coroutine<this>
  exit(): Coroutine<void>
}
