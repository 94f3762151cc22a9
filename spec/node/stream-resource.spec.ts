import { Duplex } from 'node:stream'
import { StreamResource } from '../../lib/node/io/stream-resource.ts'

describe('a stream on the I/O side', () => {
  it('reports what was written, and nothing as long as that is nothing, be the mark as low as it can', () => {
    const log: unknown[] = []
    const written: (() => void)[] = []
    const stream = new Duplex({ read() { /* nothing comes */ }, write(_chunk, _encoding, done) { written.push(done) } })
    const resource = new StreamResource(stream, {
      report: (event, value) => { log.push([event, value]) }, bytes: () => true, make: () => 0, ended: () => { log.push('ended') },
    })
    resource.do('grain', 0)
    resource.write(Buffer.from('tea'))
    log.push('given')
    written[0]?.()
    return new Promise(resolve => { setImmediate(resolve) }).then(() => { expect(log).toEqual(['given', ['written', 3]]) })
  })
})
