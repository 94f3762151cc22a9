import { Duplex } from 'node:stream'
import { StreamResource } from '../../lib/node/io/stream-resource.ts'

describe('a stream on the I/O side', () => {
  it('reports what was written, and nothing as long as that is nothing, be the mark as low as it can', () => {
    const log: unknown[] = []
    const written: (() => void)[] = []
    const stream = new Duplex({ read() { /* nothing comes */ }, write(_chunk, _encoding, done) { written.push(done) } })
    const resource = new StreamResource(stream, {
      report: (event, value) => { log.push([event, value]) }, bytes: () => true, lent: () => true, make: () => 0, ended: () => { log.push('ended') },
    })
    resource.do('grain', 0)
    resource.write(Buffer.from('tea'))
    log.push('given')
    written[0]?.()
    return new Promise(resolve => { setImmediate(resolve) }).then(() => { expect(log).toEqual(['given', ['written', 3]]) })
  })

  it('of a stream with a low mark, it reports what was written at once, and the rest when the stream is empty', () => {
    const log: unknown[] = []
    const written: (() => void)[] = []
    let isSlow = false
    const stream = new Duplex({
      highWaterMark: 1, read() { /* nothing comes */ },
      write(chunk: Buffer, _encoding, done) {
        log.push(`write ${chunk.length}`)
        if (isSlow) written.push(done)
        else done()
      },
    })
    const resource = new StreamResource(stream, {
      report: (event, value) => { log.push([event, value]) }, bytes: () => true, lent: () => true, make: () => 0, ended: () => { log.push('ended') },
    })
    for (const size of [4000, 5000]) resource.write(Buffer.alloc(size))
    isSlow = true
    for (const size of [6000, 7000]) resource.write(Buffer.alloc(size))
    log.push('given')
    written[0]?.()
    written[1]?.()
    return new Promise(resolve => { setImmediate(resolve) }).then(() => {
      expect(log).toEqual(['write 4000', 'write 5000', ['written', 9000], 'write 6000', 'given', 'write 7000', ['written', 13_000]])
    })
  })
})
