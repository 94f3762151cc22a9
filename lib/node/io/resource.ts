/**
 * Something that Node's event loop serves: a connection, a server, a process, a file to read… It lives on the I/O side. The
 * program knows it by a number, gives it commands, and gets its reports. Both sides may be in one thread.
 */
export interface Resource {
  /** Carry out a command of the program. */
  do(command: string, value: unknown): void
  /** Write these bytes. @returns true when they are not needed any more, so that their memory may be used again. */
  write?(bytes: Uint8Array): boolean
  /** There is room again, after `bytes()` has returned false. */
  resume?(): void
}

/** How a resource speaks to the program. */
export interface Reporter {
  report(event: string, value?: unknown): void
  /** Pass on bytes that have come. @returns false when no more should follow, until `resume()`. */
  bytes(chunk: Uint8Array): boolean
  /** The same for the first bytes of memory that is used again after the call. */
  lent(memory: Uint8Array, length: number): boolean
  /** Make another resource. @returns its number, to be reported. */
  make(maker: (reporter: Reporter) => Resource): number
  /** The resource has ended. It reports nothing more. */
  ended(): void
}

/** Makes a resource with the options that the program gave. */
export type Maker = (options: never, reporter: Reporter) => Resource
