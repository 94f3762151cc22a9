import { BaseProtocol, BufferedProtocol, DatagramProtocol, Protocol } from '../../lib/transport/protocol.ts'
import type { DatagramTransport, Transport } from '../../lib/transport/transport.ts'

describe('a protocol that says nothing itself', () => {
  const transport = {} as Transport & DatagramTransport

  it('takes everything in silence, and the connection is closed at the end of what comes', () => {
    const [base, bytes, datagrams] = [new BaseProtocol(), new Protocol(), new DatagramProtocol()]
    for (const protocol of [base, bytes, datagrams]) {
      protocol.connectionMade(transport)
      protocol.pauseWriting()
      protocol.resumeWriting()
      protocol.connectionLost(new Error('lost'))
    }
    bytes.dataReceived(Uint8Array.of(1))
    datagrams.datagramReceived(Uint8Array.of(1), ['127.0.0.1', 1])
    datagrams.errorReceived(new Error('refused'))
    expect([bytes.eofReceived(), new BufferedProtocol().eofReceived()]).toEqual([undefined, undefined])
  })

  it('has room for as many bytes as are said to come, and for many when nobody knows', () => {
    const protocol = new BufferedProtocol()
    protocol.connectionMade(transport)
    const sizes = [1000, 1, 0, -1].map(hint => protocol.getBuffer(hint).length)
    protocol.bufferUpdated(1000)
    expect(sizes).toEqual([1000, 1, 65_536, 65_536])
  })
})
