import type { BaseTransport, DatagramTransport, Transport } from './transport.ts'

/** What every protocol is told (Python's `BaseProtocol`). */
export class BaseProtocol {
  /** There is a connection. Called once, and first. */
  connectionMade(_transport: BaseTransport): void { /* as a rule a program keeps it */ }

  /** It is over. Called once, and last. @param error what went wrong; `null` when it was closed on this side, or at its end. */
  connectionLost(_error: Error | null): void { /* nothing */ }

  /** There is too much to be written already. */
  pauseWriting(): void { /* nothing */ }

  /** There is room again. */
  resumeWriting(): void { /* nothing */ }
}

/** A protocol on a stream of bytes. Order of calls: `connectionMade`, `dataReceived` any number of times, `eofReceived` at most once, `connectionLost`. */
export class Protocol extends BaseProtocol {
  override connectionMade(_transport: Transport): void { /* as a rule a program keeps it */ }

  dataReceived(_data: Uint8Array): void { /* nothing */ }

  /** The other side writes no more. @returns true to leave this side open; else the transport is closed. */
  eofReceived(): boolean | void { /* close */ }
}

/** A protocol that says itself where the bytes are to be put. */
export class BufferedProtocol extends BaseProtocol {
  override connectionMade(_transport: Transport): void { /* as a rule a program keeps it */ }

  /** @param sizeHint about how many bytes are to come; -1 when nobody knows. @returns where to put them. */
  getBuffer(sizeHint: number): Uint8Array { return new Uint8Array(sizeHint > 0 ? sizeHint : 65_536) }

  /** So many bytes have been put there. */
  bufferUpdated(_count: number): void { /* nothing */ }

  eofReceived(): boolean | void { /* close */ }
}

/** A protocol on messages that come one by one. */
export class DatagramProtocol extends BaseProtocol {
  override connectionMade(_transport: DatagramTransport): void { /* as a rule a program keeps it */ }

  datagramReceived(_data: Uint8Array, _address: readonly [string, number]): void { /* nothing */ }

  /** A message could not be sent or received. The transport stays open. */
  errorReceived(_error: Error): void { /* nothing */ }
}

/** What a transport of bytes may be given. */
export type AnyProtocol = Protocol | BufferedProtocol
