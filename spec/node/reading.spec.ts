import { type AddressInfo, type Socket, connect, createServer } from 'node:net'
import { copied } from '../../lib/node/io/copied.ts'
import { lent, readAsUsual, readInto } from '../../lib/node/io/read-into.ts'
import { SocketResource } from '../../lib/node/io/socket-resource.ts'
import { later } from '../support/ways.ts'

/** Both ends of a connection. */
function pair(): Promise<[server: Socket, client: Socket]> {
  return new Promise(resolve => {
    const clients: Socket[] = []
    const listening = createServer({ pauseOnConnect: true }, server => {
      listening.close()
      resolve([server, clients[0] as Socket])
    })
    listening.listen(0, '127.0.0.1', () => { clients.push(connect((listening.address() as AddressInfo).port, '127.0.0.1')) })
  })
}

describe('a socket that reads into a buffer that others use, too', () => {
  it('gives each piece in the same memory, and reads no more when it is told so', () => pair().then(([server, client]) => new Promise<unknown[]>(resolve => {
    const log: unknown[] = []
    const memory: Buffer[] = []
    log.push(readInto(server, length => {
      memory.push(lent.memory)
      const text = lent.memory.toString('utf8', 0, length)
      log.push(text)
      if (log.length === 2) client.write('milk')
      return text !== 'milk'
    }))
    server.on('data', () => { log.push('as usual') }).resume()
    client.write('tea')
    setTimeout(() => {
      client.write('sugar')
      setTimeout(() => {
        log.push(memory[0] === memory[1], memory[0]?.toString('utf8', 0, 3))
        server.resume()
        server.on('end', () => {
          log.push('the end')
          client.destroy()
          server.destroy()
          resolve(log)
        })
        client.end()
      }, 20)
    }, 20)
  })).then(log => { expect(log).toEqual([true, 'tea', 'milk', true, 'mil', 'sugar', 'the end']) }))

  it('gives them as usual when it is told to, or when it has no place for the buffer', () => pair().then(([server, client]) => {
    readInto(server, () => true)
    readAsUsual(server)
    const places = Object.getOwnPropertySymbols(server).filter(symbol => String(symbol.description).startsWith('kBuffer'))
    expect(places.map(symbol => [symbol.description, Reflect.get(server, symbol)])).toEqual([['kBuffer', null], ['kBufferCb', null], ['kBufferGen', null]])
    client.destroy()
    server.destroy()
    expect(readInto(server, () => true)).toBe(false) // it has no handle any more
  }))

  it('reports nothing to a program that has told it to read and to pause at once', () => pair().then(([server, client]) => {
    const log: unknown[] = []
    const took = (chunk: Uint8Array, length = chunk.length): boolean => log.push(String(chunk.subarray(0, length))) > 0
    const resource = new SocketResource(server, {
      report: event => { log.push(event) }, bytes: took, lent: took, make: () => 0, ended: () => undefined,
    })
    resource.beginPlainly()
    client.write('tea')
    return later(20).then(() => {
      resource.do('read', undefined)
      resource.do('pause', undefined)
      client.write('milk')
      return later(20)
    }).then(() => {
      log.push('paused')
      resource.do('read', undefined)
      return later(20)
    }).then(() => {
      client.destroy()
      server.destroy()
      return log
    })
  }).then(log => { expect(`${String(log[0])} ${log.slice(1).join('')}`).toBe('paused teamilk') }))

  it('reads as usual in a Node that keeps the buffer elsewhere', () => pair().then(([server, client]) => {
    let known: typeof readInto = readInto
    jest.isolateModules(() => { known = (jest.requireActual<{ readInto: typeof readInto }>('../../lib/node/io/read-into.ts')).readInto })
    const another = { _handle: (server as unknown as { _handle: object })._handle } as unknown as Socket
    expect([known(another, () => true), known(server, () => true)]).toEqual([false, false])
    client.destroy()
    server.destroy()
  }))
})

describe('a copy', () => {
  it('keeps its bytes, whatever is copied after it, and small ones share their memory', () => {
    const source = Buffer.alloc(5000)
    const copies = [5, 47, 512, 513, 1024, 1025, 5000, 3].map((length, i) => copied(source.fill(i + 1), length))
    expect(copies.map(copy => [copy.length, Array.from(new Set(copy))])).toEqual([
      [5, [1]], [47, [2]], [512, [3]], [513, [4]], [1024, [5]], [1025, [6]], [5000, [7]], [3, [8]],
    ])
    expect([copies[0]?.buffer === copies[7]?.buffer, copies[5]?.buffer === copies[0]?.buffer]).toEqual([true, false])
    const many = Array.from({ length: 100 }, (_, i) => copied(source.fill(i), 500))
    expect(many.every((copy, i) => copy.every(byte => byte === i))).toBe(true)
    const crooked = Buffer.from('a cup of tea').subarray(1, 9) // it does not begin at a word
    expect([copied(crooked, 5), copied(Buffer.from('milk'), 3), copied(source.fill('x'), 2)].map(String)).toEqual([' cup ', 'mil', 'xx'])
  })
})
