import {
  BufferedProtocol, type Coroutine, DatagramProtocol, type DatagramTransport, Protocol, type Server, type Transport, getRunningLoop, openConnection, sleep, waitFor,
} from '../../lib/node/index.ts'
import { attempt } from '../support/stories.ts'
import { ways } from '../support/ways.ts'

const portOf = (server: Server): number => (server.sockets[0] as [string, number])[1]

describe.each(ways())('a protocol, $way', ({ live }) => {
  /** Notes what it is told. */
  class Noting extends Protocol {
    transport!: Transport

    constructor(readonly log: unknown[], private readonly keepsOpen?: boolean) { super() }

    override connectionMade(transport: Transport): void {
      this.transport = transport
      this.log.push('made')
    }

    override dataReceived(data: Uint8Array): void { this.log.push(String(data)) }

    override eofReceived(): boolean | void {
      this.log.push('eof')
      return this.keepsOpen
    }

    override connectionLost(error: Error | null): void { this.log.push('lost', error) }

    override pauseWriting(): void { this.log.push('pause') }

    override resumeWriting(): void { this.log.push('resume') }
  }

  /** A server with one client, which are told apart by who is first in the log. */
  function* meeting(server: () => Protocol | BufferedProtocol, meet: (client: Noting, port: number) => Coroutine<void>, log: unknown[]): Coroutine<void> {
    const loop = getRunningLoop()
    const listening = yield* loop.createServer(server, '127.0.0.1', 0)
    const [, client] = yield* loop.createConnection(() => new Noting(log), '127.0.0.1', portOf(listening))
    yield* meet(client, portOf(listening))
    listening.close()
    yield* waitFor(listening.waitClosed(), 5_000)
  }

  it('is told in the order that asyncio promises', () => {
    const [here, there]: unknown[][] = [[], []]
    return live(() => meeting(() => new Noting(there as unknown[]), function* (client) {
      client.transport.write('hello')
      yield* sleep(50)
      client.transport.writeEof()
      yield* sleep(50)
    }, here as unknown[])).then(() => {
      expect(there).toEqual(['made', 'hello', 'eof', 'lost', null])
      expect(here).toEqual(['made', 'eof', 'lost', null])
    })
  })

  it('gets nothing while it is paused, though it has gone on for a moment, and all of it afterwards', () => {
    const log: unknown[] = []
    return live(function* () {
      const server = yield* getRunningLoop().createServer(() => new class extends Protocol {
        override connectionMade(transport: Transport): void { for (const word of ['tea', 'milk']) transport.write(word) }
      }(), '127.0.0.1', 0)
      const [, other] = yield* getRunningLoop().createConnection(() => new class extends Noting {
        override connectionMade(transport: Transport): void {
          super.connectionMade(transport)
          transport.pauseReading()
        }
      }(log), '127.0.0.1', portOf(server))
      for (let i = 0; i < 3; i++) {
        yield* sleep(30)
        other.transport.resumeReading()
        other.transport.pauseReading()
      }
      yield* sleep(30)
      log.push('goes on')
      other.transport.resumeReading()
      yield* sleep(30)
      other.transport.close()
      server.close()
      yield* sleep(10)
    }).then(() => { expect(log.map(String).join(' ').replace('tea milk', 'teamilk')).toBe('made goes on teamilk lost null') })
  })

  it('may keep its side open after the end of the other', () => {
    const there: unknown[] = []
    const server = new Noting(there, true)
    return live(() => meeting(() => server, function* (client) {
      client.transport.writeEof()
      yield* sleep(50)
      there.push('still open')
      server.transport.close()
      yield* sleep(50)
    }, [])).then(() => { expect(there).toEqual(['made', 'eof', 'still open', 'lost', null]) })
  })

  it('may pause reading, and be changed', () => {
    const [first, second]: unknown[][] = [[], []]
    return live(function* () {
      const accepted: Noting[] = []
      yield* meeting(() => {
        const protocol = new Noting(first as unknown[])
        accepted.push(protocol)
        return protocol
      }, function* (client) {
        yield* sleep(20)
        const { transport } = accepted[0] as Noting
        client.transport.write('one')
        yield* sleep(50)
        transport.pauseReading()
        transport.pauseReading()
        yield* sleep(20)
        client.transport.write('two')
        yield* sleep(50)
        ;(first as unknown[]).push(transport.isReading(), transport.getProtocol() === accepted[0])
        transport.setProtocol(new Noting(second as unknown[]))
        transport.resumeReading()
        transport.resumeReading()
        yield* sleep(50)
        client.transport.abort()
        client.transport.abort()
      }, [])
    }).then(() => {
      expect(first).toEqual(['made', 'one', false, true])
      expect((second as unknown[]).slice(0, 1)).toEqual(['two'])
    })
  })

  it('is told to pause when there is too much to be written, and to go on', () => {
    const log: unknown[] = []
    return live(() => meeting(() => new Protocol(), function* (client) {
      client.transport.setWriteBufferLimits({ high: 10 })
      client.transport.write('x'.repeat(5))
      client.transport.write('x'.repeat(500_000))
      yield* sleep(100)
      client.transport.close()
    }, log)).then(() => { expect(log).toEqual(['made', 'pause', 'resume', 'lost', null]) })
  })

  it('may say where the bytes are to be put', () => {
    const log: string[] = []
    class Buffered extends BufferedProtocol {
      private readonly space = new Uint8Array(4)

      override getBuffer(): Uint8Array { return this.space }

      override bufferUpdated(count: number): void { log.push(String(Buffer.from(this.space.subarray(0, count)))) }
    }
    return live(() => meeting(() => new Buffered(), function* (client) {
      client.transport.write('abcdefghij')
      yield* sleep(50)
      client.transport.close()
    }, [])).then(() => { expect(log).toEqual(['abcd', 'efgh', 'ij']) })
  })

  it('whose code fails is reported, and its connection is closed', () => live(function* () {
    const log: unknown[] = []
    getRunningLoop().setExceptionHandler((_, { message, exception }) => { log.push(message, String(exception)) })
    const kinds: (() => Protocol | BufferedProtocol)[] = [
      () => Object.assign(new Protocol(), { dataReceived() { throw new RangeError('in dataReceived') } }),
      () => Object.assign(new BufferedProtocol(), { getBuffer: () => new Uint8Array(0) }),
      () => { throw new RangeError('in the factory') },
    ]
    for (const kind of kinds) {
      yield* meeting(kind, function* (client) {
        client.transport.write('x')
        yield* sleep(50)
        client.transport.close()
      }, [])
    }
    const client = Object.assign(new Protocol(), { pauseWriting() { throw new RangeError('in pauseWriting') } })
    const listening = yield* getRunningLoop().createServer(() => new Protocol(), '127.0.0.1', 0)
    const [transport] = yield* getRunningLoop().createConnection(() => client, '127.0.0.1', portOf(listening))
    transport.write(Buffer.alloc(2 ** 24)) // more than the system takes at once
    transport.close()
    listening.close()
    return log
  }).then(log => {
    expect(log).toEqual([
      'Fatal error: protocol call failed.', 'RangeError: in dataReceived',
      'Fatal error: protocol call failed.', 'RuntimeError: getBuffer() returned an empty buffer',
      'the factory of a server made no protocol', 'RangeError: in the factory',
      'protocol.pauseWriting() failed', 'RangeError: in pauseWriting',
    ])
  }))

  it('has defaults for all that it may be told', () => live(() => meeting(() => new BufferedProtocol(), function* (client) {
    client.transport.setProtocol(new Protocol())
    client.transport.write(Buffer.alloc(200_000))
    yield* sleep(50)
    client.transport.writeEof()
    yield* sleep(50)
  }, [])))

  it('can be used with streams by startTls() only on a connection', () => live(function* () {
    return yield* attempt(() => getRunningLoop().startTls({} as Transport, new Protocol(), true))
  }).then(error => { expect(error).toBe('TypeError NOT_A_SOCKET: startTls() takes the transport of a connection, not Object') }))

  it('is served in the file system, and at all addresses', () => live(function* () {
    const loop = getRunningLoop()
    const everywhere = yield* loop.createServer(() => new Protocol(), null, 0)
    const [, writer] = yield* openConnection('127.0.0.1', portOf(everywhere))
    writer.close()
    everywhere.close()
    const anywhere = yield* loop.createServer(() => new Protocol(), '', 0, { backlog: 5 })
    anywhere.close()
    return everywhere.sockets
  }).then(sockets => { expect(sockets).toEqual([]) }))
})

describe.each(ways())('datagrams, $way', ({ live }) => {
  class Messages extends DatagramProtocol {
    transport!: DatagramTransport

    constructor(readonly log: unknown[], private readonly answers = false) { super() }

    override connectionMade(transport: DatagramTransport): void {
      this.transport = transport
      this.log.push('made')
    }

    override datagramReceived(data: Uint8Array, address: readonly [string, number]): void {
      this.log.push(String(data))
      if (this.answers) this.transport.sendto(`re: ${String(data)}`, address)
    }

    override errorReceived(error: Error): void { this.log.push(error.name) }

    override connectionLost(error: Error | null): void { this.log.push('lost', error) }
  }

  it('go to and fro, each by itself', () => {
    const [here, there]: unknown[][] = [[], []]
    return live(function* () {
      const loop = getRunningLoop()
      const [server] = yield* loop.createDatagramEndpoint(() => new Messages(there as unknown[], true), { localAddr: ['127.0.0.1', 0] })
      const where = server.getExtraInfo('sockname') as [string, number]
      const [client] = yield* loop.createDatagramEndpoint(() => new Messages(here as unknown[]), { remoteAddr: where, allowBroadcast: true, reusePort: true })
      client.sendto('one')
      client.sendto('two')
      yield* sleep(50)
      const [free] = yield* loop.createDatagramEndpoint(() => new DatagramProtocol(), {})
      free.sendto('three', where)
      yield* sleep(50)
      for (const transport of [client, server, free]) {
        transport.close()
        transport.abort()
        transport.sendto('nobody sees it')
      }
      yield* sleep(20)
      return server.isClosing()
    }).then(closing => {
      expect(closing).toBe(true)
      expect(there).toEqual(['made', 'one', 'two', 'three', 'lost', null])
      expect(here).toEqual(['made', 're: one', 're: two', 'lost', null])
    })
  })

  it('to where nobody is are an error that is told, and so is a place that is taken', () => live(function* () {
    const log: unknown[] = []
    const loop = getRunningLoop()
    const [taken] = yield* loop.createDatagramEndpoint(() => new DatagramProtocol(), { localAddr: ['127.0.0.1', 0] })
    const where = taken.getExtraInfo('sockname') as [string, number]
    log.push(String(yield* attempt(() => loop.createDatagramEndpoint(() => new DatagramProtocol(), { localAddr: where }))).split(':')[0])
    taken.close()
    yield* sleep(20)
    const [transport] = yield* loop.createDatagramEndpoint(() => new Messages(log), { remoteAddr: where })
    transport.sendto('x')
    yield* sleep(50)
    transport.sendto(Buffer.alloc(100_000))
    yield* sleep(50)
    transport.close()
    yield* sleep(20)
    return log
  }).then(log => { expect(log).toEqual(['OSError EADDRINUSE', 'made', 'ConnectionRefusedError', 'OSError', 'lost', null]) }))

  it('end with the connection when the code of the protocol fails', () => live(function* () {
    const log: unknown[] = []
    const loop = getRunningLoop()
    loop.setExceptionHandler((_, { message, exception }) => { log.push(message, String(exception)) })
    const failing = Object.assign(new Messages(log), { datagramReceived() { throw new RangeError('out') } })
    const [transport] = yield* loop.createDatagramEndpoint(() => failing, { localAddr: ['127.0.0.1', 0] })
    transport.sendto('x', transport.getExtraInfo('sockname') as [string, number])
    yield* sleep(50)
    return log
  }).then(log => { expect(log).toEqual(['made', 'Fatal error: protocol call failed.', 'RangeError: out', 'lost', null]) }))
})

describe.each(ways())('names, $way', ({ live }) => {
  it('have addresses, and addresses have names', () => live(function* () {
    const loop = getRunningLoop()
    const found = yield* loop.getaddrinfo('127.0.0.1', 80, { family: 4 })
    return [found, yield* loop.getnameinfo(['127.0.0.1', 80]), String(yield* attempt(() => loop.getaddrinfo('nowhere.invalid'))).split(' ')[0]]
  }).then(log => {
    expect(log).toEqual([[{ family: 4, address: ['127.0.0.1', 80] }], ['localhost', 'http'], 'gaierror'])
  }))
})
