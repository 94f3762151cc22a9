import { RuntimeError } from '../../base/errors.ts'
import { type AnyProtocol, BufferedProtocol } from '../../transport/protocol.ts'

/** Give bytes that have come to a protocol, in one of its buffers if it has them. */
export function giveBytes(protocol: AnyProtocol, bytes: Uint8Array): void {
  if (!(protocol instanceof BufferedProtocol)) {
    protocol.dataReceived(bytes)
    return
  }
  for (let from = 0; from < bytes.length;) {
    const buffer = protocol.getBuffer(bytes.length - from)
    if (buffer.length === 0) throw new RuntimeError('getBuffer() returned an empty buffer', { code: 'EMPTY_BUFFER' })
    const piece = bytes.subarray(from, from + buffer.length)
    buffer.set(piece)
    from += piece.length
    protocol.bufferUpdated(piece.length)
  }
}
