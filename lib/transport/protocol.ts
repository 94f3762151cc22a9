import type { BaseTransport, DatagramTransport, Transport } from './transport.ts'

/** The calls that every protocol gets from its transport. It is Python's `asyncio.BaseProtocol`. */
export class BaseProtocol {
  /** There is a connection. This is called once, and first. */
  connectionMade(_transport: BaseTransport): void { /* most programs store the transport here */ }

  /**
   * The connection is over. This is called once, and last.
   * @param _error what went wrong; `null` when it was closed on this side, or at its end.
   */
  connectionLost(_error: Error | null): void { /* nothing */ }

  /** Too many bytes wait to be written. Stop writing until `resumeWriting()`. */
  pauseWriting(): void { /* nothing */ }

  /** There is room to write again. */
  resumeWriting(): void { /* nothing */ }
}

/**
 * A protocol for a stream of bytes. `connectionMade` is called first, then `dataReceived` any number of times, `eofReceived` at
 * most once, and `connectionLost` last. It is Python's `asyncio.Protocol`.
 */
export class Protocol extends BaseProtocol {
  override connectionMade(_transport: Transport): void { /* most programs store the transport here */ }

  /** Some bytes have come. */
  dataReceived(_data: Uint8Array): void { /* nothing */ }

  /** The other side writes no more. @returns true to leave this side open. Otherwise the transport is closed. */
  eofReceived(): boolean | void { /* close */ }
}

/** A protocol that gives the array into which bytes are read. It is Python's `asyncio.BufferedProtocol`. */
export class BufferedProtocol extends BaseProtocol {
  override connectionMade(_transport: Transport): void { /* most programs store the transport here */ }

  /** Called before bytes are read. @param sizeHint about how many bytes will come; -1 when it is not known. @returns the array for them. */
  getBuffer(sizeHint: number): Uint8Array { return new Uint8Array(sizeHint > 0 ? sizeHint : 65_536) }

  /** This many bytes were read into the array. */
  bufferUpdated(_count: number): void { /* nothing */ }

  /** The other side writes no more. @returns true to leave this side open. Otherwise the transport is closed. */
  eofReceived(): boolean | void { /* close */ }
}

/** A protocol for messages that come one by one. It is Python's `asyncio.DatagramProtocol`. */
export class DatagramProtocol extends BaseProtocol {
  override connectionMade(_transport: DatagramTransport): void { /* most programs store the transport here */ }

  /** A message has come. @param _address the host and the port that it came from. */
  datagramReceived(_data: Uint8Array, _address: readonly [string, number]): void { /* nothing */ }

  /** A message could not be sent or received. The transport stays open. */
  errorReceived(_error: Error): void { /* nothing */ }
}

/** A protocol for a transport of bytes. */
export type AnyProtocol = Protocol | BufferedProtocol
