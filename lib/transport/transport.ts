/** Who is told what becomes of a transport: a protocol, seen from here. */
export interface TransportUser {
  connectionLost(error: Error | null): void
  pauseWriting(): void
  resumeWriting(): void
}

/** What can be written. Text is written as UTF-8. */
export type Writable = Uint8Array | string

/** What all transports have: a connection of some kind, which is served by the host (Python's `BaseTransport`). */
export interface BaseTransport {
  /** Write what is still to be written, then close; no more is read. */
  close(): void
  isClosing(): boolean
  /** What is known of the connection: `'peername'`, `'sockname'`, `'pid'`…; `undefined` for what is not. */
  getExtraInfo(name: string): unknown
}

/** Reads and writes a stream of bytes (Python's `Transport`). */
export interface Transport extends BaseTransport {
  /** Write without waiting. What cannot go at once is kept; the protocol is told when that becomes too much. */
  write(data: Writable): void
  writelines(pieces: Iterable<Writable>): void
  /** Nothing more will be written. Reading goes on. */
  writeEof(): void
  canWriteEof(): boolean
  /** Close at once; what is still to be written is lost. */
  abort(): void
  /** Read no more, for the time being. */
  pauseReading(): void
  resumeReading(): void
  isReading(): boolean
  /** How many bytes are still to be written, about. */
  getWriteBufferSize(): number
  /** When the protocol is told to pause, and to go on: so many bytes to be written. */
  setWriteBufferLimits(limits?: { readonly high?: number; readonly low?: number }): void
  /** `[low, high]` */
  getWriteBufferLimits(): [number, number]
  setProtocol(protocol: TransportUser): void
  getProtocol(): TransportUser
}

/** Sends and receives messages, each by itself (Python's `DatagramTransport`). */
export interface DatagramTransport extends BaseTransport {
  /** @param address `[host, port]`; not needed with a remote address. */
  sendto(data: Writable, address?: readonly [string, number] | null): void
  abort(): void
}
