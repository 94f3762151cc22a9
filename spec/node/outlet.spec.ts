import { type AddressInfo, type Server, type Socket, connect, createServer } from 'node:net'
import { Outlet } from '../../lib/node/io/outlet.ts'
import { later } from '../support/ways.ts'

const descriptorOf = (socket: Socket): number => (socket as unknown as { _handle: { fd: number } })._handle.fd

describe('an outlet of a socket', () => {
  let listening: Server
  beforeEach(() => new Promise<void>(resolve => { listening = createServer({ pauseOnConnect: true }).listen(0, '127.0.0.1', resolve) }))
  afterEach(() => { listening.close() })

  /** Both ends of a new connection. */
  const pair = (): Promise<[server: Socket, client: Socket]> => new Promise(resolve => {
    const client = connect((listening.address() as AddressInfo).port, '127.0.0.1')
    listening.once('connection', server => { resolve([server.on('error', () => undefined), client.on('error', () => undefined)]) })
  })

  it('gives bytes to the system without the stream, but never before those that wait in the stream', () => pair().then(([server, client]) => {
    const outlet = new Outlet(server)
    const wrote = jest.spyOn(server, 'write')
    const log: unknown[] = [outlet.write(Buffer.from('tea ')), wrote.mock.calls.length]
    const block = Buffer.alloc(2 ** 25, 'x')
    const gone = outlet.write(block)
    log.push(gone > 0 && gone < block.length)
    server.write(block.subarray(gone))
    log.push(outlet.write(Buffer.from('milk')))
    server.write('milk')
    let length = 0
    let last = ''
    client.on('data', data => {
      length += data.length
      last = String(data.subarray(-4))
      if (last === 'milk') client.destroy()
    })
    return new Promise(resolve => { client.once('close', resolve) }).then(() => [...log, length, last])
  }).then(log => { expect(log).toEqual([4, 0, true, 0, 8 + 2 ** 25, 'milk']) }))

  it('gives nothing while the stream holds something back, though the system would take it', () => pair().then(([server, client]) => {
    const outlet = new Outlet(server)
    server.cork()
    server.write('first ')
    const log: unknown[] = [outlet.write(Buffer.from('second '))]
    server.uncork()
    server.end('second ')
    let came = ''
    client.on('data', data => { came += String(data) })
    return new Promise(resolve => { client.once('end', resolve) }).then(() => [...log, came])
  }).then(log => { expect(log).toEqual([0, 'first second ']) }))

  it('gives nothing when the socket is at its end, and nothing to another connection that has got the same descriptor', () => pair().then(([server, client]) => {
    const outlet = new Outlet(server)
    const number = descriptorOf(server)
    const others: [Socket, Socket][] = []
    const heard: string[] = []
    server.destroy()
    const log: unknown[] = [outlet.write(Buffer.from('secret for the first'))]
    const another = (left: number): Promise<void> => pair().then(both => {
      others.push(both)
      for (const socket of both) socket.on('data', data => heard.push(String(data)))
      return left === 0 || both.some(socket => descriptorOf(socket) === number) ? undefined : another(left - 1)
    })
    return later(20).then(() => another(10)).then(() => {
      log.push(others.flat().some(socket => descriptorOf(socket) === number), outlet.write(Buffer.from('secret for the first')))
      return later(20)
    }).then(() => {
      const [[ended, other]] = others as [[Socket, Socket]]
      const endedOutlet = new Outlet(ended)
      ended.end()
      log.push(endedOutlet.write(Buffer.from('late')), heard)
      for (const socket of [client, ended, other, ...others.flat()]) socket.destroy()
      return log
    })
  }).then(log => { expect(log).toEqual([0, true, 0, 0, []]) }))

  it('ends the socket with the error of the system, which tells of it only once', () => pair().then(([server, client]) => {
    const outlet = new Outlet(server)
    const ended = new Promise<NodeJS.ErrnoException>(resolve => { server.once('error', resolve) })
    client.resetAndDestroy()
    return later(20).then(() => {
      const gone = outlet.write(Buffer.from('tea'))
      return ended.then(({ message, code, syscall }) => [gone, message, code, syscall, server.destroyed])
    })
  }).then(log => { expect(log).toEqual([0, 'write ECONNRESET', 'ECONNRESET', 'write', true]) }))
})
