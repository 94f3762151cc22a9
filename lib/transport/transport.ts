/** A protocol, as far as its transport needs it. */
export interface TransportUser {
  connectionLost(error: Error | null): void
  pauseWriting(): void
  resumeWriting(): void
}

/** What can be written. Text is written as UTF-8. */
export type Writable = Uint8Array | string

/** What all transports have in common: a connection of some kind, for which the host works. It is Python's `asyncio.BaseTransport`. */
export interface BaseTransport {
  /** Read no more, write everything that still waits, and then close. */
  close(): void
  /** Is the transport closed, or being closed? */
  isClosing(): boolean
  /** A fact about the connection, such as `'peername'`, `'sockname'` or `'pid'`; `undefined` when it is not known. */
  getExtraInfo(name: string): unknown
}

/** Reads and writes a stream of bytes. It is Python's `asyncio.Transport`. */
export interface Transport extends BaseTransport {
  /**
   * Write without waiting. Bytes that cannot go at once are kept. When there are too many of them, `pauseWriting()` of the protocol
   * is called.
   */
  write(data: Writable): void
  /** Write several pieces without waiting. */
  writelines(pieces: Iterable<Writable>): void
  /** Write nothing more. Reading goes on. */
  writeEof(): void
  /** Can `writeEof()` be called? It cannot with TLS. */
  canWriteEof(): boolean
  /** Close at once. What is not written is lost. */
  abort(): void
  /** Stop reading until `resumeReading()`. */
  pauseReading(): void
  /** Go on reading, after `pauseReading()`. */
  resumeReading(): void
  /** @returns whether it reads: it is neither paused nor closed. */
  isReading(): boolean
  /** About how many bytes wait to be written. */
  getWriteBufferSize(): number
  /** Set when the protocol is told to stop writing, and to go on: with `high` bytes that wait to be written, and with `low` bytes. */
  setWriteBufferLimits(limits?: { readonly high?: number; readonly low?: number }): void
  /** The limits of `setWriteBufferLimits()`: `[low, high]`. */
  getWriteBufferLimits(): [number, number]
  /** Give what comes in to another protocol from now on. */
  setProtocol(protocol: TransportUser): void
  /** @returns the protocol that gets what comes in. */
  getProtocol(): TransportUser
}

/** Sends and receives single messages. It is Python's `asyncio.DatagramTransport`. */
export interface DatagramTransport extends BaseTransport {
  /** Send a message. @param address `[host, port]`. It is not needed when the transport has a remote address. */
  sendto(data: Writable, address?: readonly [string, number] | null): void
  /** Close at once. What is not sent is lost. */
  abort(): void
}
