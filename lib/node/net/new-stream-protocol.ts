import { type ConnectedCallback, StreamReaderProtocol } from '../../streams/stream-protocol.ts'
import { DEFAULT_LIMIT, StreamReader } from '../../streams/stream-reader.ts'
import type { EventLoop } from '../../task/event-loop.ts'

/** A reader that gives Buffers, whose `toString()` is their text. */
class BufferReader extends StreamReader {
  /** @internal */
  override $allocate(size: number): Uint8Array { return Buffer.allocUnsafe(size) }
}

/**
 * A protocol with a reader of its own.
 * @param connected called when a client connects; `null` on the side of the client.
 * @param limit the limit of the reader, in bytes.
 */
export function newStreamProtocol(loop: EventLoop, connected: ConnectedCallback | null = null, limit = DEFAULT_LIMIT): StreamReaderProtocol {
  return new StreamReaderProtocol(new BufferReader({ loop, limit }), connected, loop)
}
