import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type ConnectedCallback, type Coroutine, type Server, type ServerOptions, type StreamReader, type StreamWriter, createTask, forEach, gather, getRunningLoop,
  openConnection, openUnixConnection, sleep, startServer, startUnixServer, use, waitFor,
} from '../../lib/node/index.ts'
import { certificate } from '../support/certificates.ts'
import { attempt } from '../support/stories.ts'
import { ways } from '../support/ways.ts'

function* echo(reader: StreamReader, writer: StreamWriter): Coroutine<void> {
  for (;;) {
    const data = yield* reader.read(65_536)
    if (data.length === 0) break
    writer.write(data)
    yield* writer.drain()
  }
  writer.close()
  yield* writer.waitClosed()
}

const portOf = (server: Server): number => (server.sockets[0] as [string, number])[1]

/** With a server on loopback, which is closed at the end. */
function* served<T>(connected: ConnectedCallback, body: (port: number, server: Server) => Coroutine<T>, options: ServerOptions = {}): Coroutine<T> {
  const server = yield* startServer(connected, '127.0.0.1', 0, options)
  return yield* use(server, () => body(portOf(server), server))
}

function* ask(port: number, ...lines: string[]): Coroutine<string> {
  const [reader, writer] = yield* openConnection('127.0.0.1', port)
  for (const line of lines) writer.write(line)
  writer.writeEof()
  const answer = yield* reader.read()
  writer.close()
  yield* writer.waitClosed()
  return String(answer)
}

const ours = certificate()

describe.each(ways())('a connection, $way', ({ live }) => {
  it('carries bytes both ways, and many at once', () => live(() => served(echo, function* (port) {
    return yield* gather(Array.from({ length: 20 }, (_, n) => ask(port, `hello ${n}\n`, 'bye\n')))
  })).then(answers => { expect(answers).toEqual(Array.from({ length: 20 }, (_, n) => `hello ${n}\nbye\n`)) }))

  it('is half closed by writeEof(): the other side sees the end, and may go on', () => {
    const log: unknown[] = []
    return live(() => served(function* (reader, writer) {
      log.push(String(yield* reader.read()), reader.atEof())
      writer.write('after the end')
      yield* writer.drain()
      writer.close()
    }, function* (port) { log.push(yield* ask(port, 'all')) })).then(() => { expect(log).toEqual(['all', true, 'after the end']) })
  })

  it('is a stream of lines, and knows its ends', () => live(() => served(echo, function* (port) {
    const log: unknown[] = []
    const [reader, writer] = yield* openConnection('127.0.0.1', port)
    yield* use(writer, function* () {
      writer.writelines(['one\n', Buffer.from('two\n'), new Uint8Array([51, 10])])
      writer.writelines([new DataView(Uint8Array.from([52, 10]).buffer) as never])
      log.push(writer.canWriteEof(), (writer.getExtraInfo('peername') as unknown[])[1] === port, writer.getExtraInfo('nothing'), String(writer))
      writer.writeEof()
      writer.writeEof()
      yield* forEach(reader, function* (line) { log.push(String(line)) })
    })
    log.push(writer.isClosing(), String(writer))
    return log
  })).then(log => {
    expect(log).toEqual([true, true, undefined, '<StreamWriter open>', 'one\n', 'two\n', '3\n', '4\n', true, '<StreamWriter closing>'])
  }))

  it('lets who writes wait while the other side does not read, and keeps little meanwhile', () => live(function* () {
    const block = Buffer.alloc(2 ** 16, 'x')
    let written = 0
    let read = 0
    const go = getRunningLoop().createFuture<void>()
    return yield* served(function* (reader, writer) {
      yield* go
      for (;;) {
        const data = yield* reader.read(2 ** 16)
        if (data.length === 0) break
        read += data.length
      }
      writer.close()
    }, function* (port) {
      const [reader, writer] = yield* openConnection('127.0.0.1', port)
      const task = createTask(function* (): Coroutine<void> {
        for (let i = 0; i < 800; i++) {
          writer.write(block)
          written += block.length
          yield* writer.drain()
        }
        writer.writeEof()
      }())
      yield* sleep(300)
      const before = written
      const buffered = writer.transport.getWriteBufferSize()
      go.setResult()
      yield* task
      yield* reader.read()
      writer.close()
      return [before < 40 * 2 ** 20, buffered > 0 && buffered < 2 ** 18, written === read]
    })
  }).then(log => { expect(log).toEqual([true, true, true]) }))

  it('obeys the limits that are set', () => live(() => served(echo, function* (port) {
    const [, writer] = yield* openConnection('127.0.0.1', port)
    const { transport } = writer
    const log: unknown[] = [transport.getWriteBufferLimits()]
    for (const limits of [undefined, { high: 100 }, { low: 10 }, { high: 0 }]) {
      transport.setWriteBufferLimits(limits)
      log.push(transport.getWriteBufferLimits())
    }
    writer.write('x')
    yield* writer.drain()
    log.push(transport.getWriteBufferSize(), yield* attempt(function* () { transport.setWriteBufferLimits({ high: 1, low: 2 }) }))
    writer.close()
    return log
  })).then(log => {
    expect(log).toEqual([[16_384, 65_536], [16_384, 65_536], [25, 100], [10, 40], [0, 0], 0, 'ValueError BAD_LIMITS: high (1) must be >= low (2) must be >= 0'])
  }))

  it('that is reset tells so to who reads and who writes', () => live(() => served(function* (reader, writer) {
    yield* reader.read(1)
    writer.transport.abort()
  }, function* (port) {
    const [reader, writer] = yield* openConnection('127.0.0.1', port)
    writer.write('xyz')
    const log: unknown[] = []
    const ended = yield* attempt(() => reader.read())
    log.push(ended instanceof Uint8Array || String(ended).includes('ECONNRESET'))
    yield* sleep(20)
    for (let i = 0; i < 10; i++) writer.write('more')
    yield* sleep(50)
    log.push(String(yield* attempt(() => writer.drain())).split(' ')[0])
    writer.close()
    return log
  })).then(([ended, drained]) => {
    expect(ended).toBe(true)
    expect(['ConnectionResetError', 'BrokenPipeError', 'undefined']).toContain(drained)
  }))

  it('is closed once, and is not written to afterwards', () => live(() => served(echo, function* (port) {
    const [, writer] = yield* openConnection('127.0.0.1', port)
    writer.close()
    writer.close()
    writer.write('nobody sees it')
    writer.transport.pauseReading()
    writer.transport.resumeReading()
    yield* writer.waitClosed()
    writer.transport.abort()
    return [writer.transport.isReading(), (writer.transport as object as { toString(): string }).toString(), yield* attempt(() => writer.drain())]
  })).then(log => {
    expect(log).toEqual([false, '<SocketTransport closed>', 'ConnectionResetError ECONNRESET: Connection lost'])
  }))

  it('ends who writes and drains for ever when the other side has gone', () => live(() => served(function* (_, writer) { writer.close() }, function* (port) {
    const [, writer] = yield* openConnection('127.0.0.1', port)
    const ended = String(yield* attempt(function* () {
      for (;;) {
        writer.write('more')
        yield* writer.drain()
      }
    })).split(' ')[0]
    writer.close()
    return ended
  })).then(ended => { expect(ended).toMatch(/^(ConnectionResetError|ConnectionAbortedError|BrokenPipeError)$/) }))

  it('is closed with bytes that nobody has read, and its reader is at the end', () => live(() => served(function* (reader, writer) {
    writer.write('one\ntwo\n')
    yield* attempt(() => reader.read())
    writer.close()
  }, function* (port) {
    const log: unknown[] = []
    const [reader, writer] = yield* openConnection('127.0.0.1', port)
    log.push(String(yield* reader.readline()), writer.isClosing())
    writer.close()
    log.push(writer.isClosing())
    yield* writer.waitClosed()
    const [fresh, unused] = yield* openConnection('127.0.0.1', port)
    unused.close()
    yield* unused.waitClosed()
    return [...log, fresh.atEof(), String(yield* fresh.read())]
  })).then(log => { expect(log).toEqual(['one\n', false, true, true, '']) }))

  it('says what cannot be written', () => live(() => served(echo, function* (port) {
    const [, writer] = yield* openConnection('127.0.0.1', port)
    const log = [yield* attempt(function* () { writer.write(5 as never) })]
    writer.writeEof()
    log.push(yield* attempt(function* () { writer.write('x') }))
    writer.close()
    return log
  })).then(log => {
    expect(log).toEqual([
      'TypeError NOT_BYTES: write() takes bytes or text, not 5. Write new TextEncoder().encode(…), or JSON.stringify(…)',
      'RuntimeError AFTER_EOF: Cannot call write() after writeEof()',
    ])
  }))

  it('to where nobody listens, or that has no address, is a named error', () => live(function* () {
    const server = yield* startServer(echo, '127.0.0.1', 0)
    const port = portOf(server)
    const taken = yield* attempt(() => startServer(echo, '127.0.0.1', port))
    server.close()
    yield* server.waitClosed()
    return [
      taken, yield* attempt(() => openConnection('127.0.0.1', port)),
      String(yield* attempt(() => openConnection('nowhere.invalid', 80))).split(':')[0],
      yield* attempt(() => openConnection(5 as never, 80)), yield* attempt(() => openConnection('127.0.0.1', 80.5)),
      yield* attempt(() => openUnixConnection('/nowhere/at.all')), yield* attempt(() => openUnixConnection('')),
      yield* attempt(() => startServer(echo, [], 0)), yield* attempt(() => startServer(echo, ['127.0.0.1', 7 as never], 0)),
    ].map(line => String(line).split(String(port)).join('PORT'))
  }).then(log => {
    expect(log[2]).toMatch(/^gaierror (ENOTFOUND|EAI_AGAIN)$/)
    expect(log.filter((_, i) => i !== 2)).toEqual([
      'OSError EADDRINUSE: listen EADDRINUSE: address already in use 127.0.0.1:PORT',
      'ConnectionRefusedError ECONNREFUSED: connect ECONNREFUSED 127.0.0.1:PORT',
      "TypeError NOT_A_HOST_NAME: a host must be a name or an address, not 5. Write the host and the port one after the other: 'localhost', 8080",
      'ValueError BAD_PORT: a port must be a whole number from 0 to 65535, not 80.5',
      'FileNotFoundError ENOENT: connect ENOENT /nowhere/at.all',
      "TypeError NOT_A_PATH: the path of a socket must be text, not ''",
      'ValueError NO_HOST: a server needs an address: write null for all addresses of this machine, not an empty array',
      'TypeError NOT_A_HOST_NAME: a server listens at a name, an address or null for all addresses, not at 7',
    ])
  }))

  it('that is cancelled before it stands leaves nothing behind', () => live(() => served(echo, function* (port, server) {
    const task = createTask(openConnection('127.0.0.1', port))
    yield* sleep(0)
    task.cancel()
    yield* sleep(50)
    server.close()
    yield* waitFor(server.waitClosed(), 5_000)
    return task.cancelled()
  })).then(cancelled => { expect(cancelled).toBe(true) }))

  it('goes through the file system, too', () => live(function* () {
    const path = join(mkdtempSync(join(tmpdir(), 'socket-')), 'socket')
    const server = yield* startUnixServer(echo, path)
    const where = server.sockets
    const [reader, writer] = yield* openUnixConnection(path)
    writer.write('through a file')
    const answer = String(yield* reader.read(100))
    writer.close()
    server.close()
    yield* server.waitClosed()
    return [where[0] === path, answer]
  }).then(log => { expect(log).toEqual([true, 'through a file']) }))

  describe('in TLS', () => {
    it('carries bytes, and knows how', () => live(() => served(function* (reader, writer) {
      writer.write(yield* reader.readline())
      yield* writer.drain()
      writer.close()
    }, function* (port) {
      const [reader, writer] = yield* openConnection('localhost', port, { ssl: { ca: ours.cert, ALPNProtocols: ['h2', 'http/1.1'] } })
      writer.write('secret\n')
      const answer = String(yield* reader.read())
      const cipher = writer.getExtraInfo('cipher') as [string, string, number]
      const log = [answer, cipher[1], writer.getExtraInfo('alpn'), (writer.getExtraInfo('peercert') as { subject: { CN: string } }).subject.CN, writer.canWriteEof()]
      writer.close()
      yield* writer.waitClosed()
      return log
    }, { ssl: { ...ours, ALPNProtocols: ['http/1.1'] } })).then(log => { expect(log).toEqual(['secret\n', 'TLSv1.3', 'http/1.1', 'localhost', false]) }))

    it('is refused when the other side does not prove who it is', () => live(() => served(echo, function* (port) {
      return [
        yield* attempt(() => openConnection('localhost', port, { ssl: true })),
        yield* attempt(() => openConnection('127.0.0.1', port, { ssl: { ca: ours.cert, servername: 'example.org' } })),
        (yield* openConnection('127.0.0.1', port, { ssl: { rejectUnauthorized: false } }))[1].transport.abort(),
      ]
    }, { ssl: ours })).then(([unknown, other, unchecked]) => {
      expect(unknown).toMatch(/^SSLCertVerificationError DEPTH_ZERO_SELF_SIGNED_CERT: /)
      expect(other).toMatch(/^SSLCertVerificationError ERR_TLS_CERT_ALTNAME_INVALID: /)
      expect(unchecked).toBeUndefined()
    }))

    it('is refused by a server that wants a certificate', () => live(() => served(echo, function* (port) {
      const [reader, writer] = yield* openConnection('localhost', port, { ssl: { ca: ours.cert, maxVersion: 'TLSv1.2', cert: ours.cert, key: ours.key } })
      writer.write('x')
      const got = String(yield* reader.read(1))
      writer.close()
      return [got, String(yield* attempt(() => openConnection('localhost', port, { ssl: { ca: ours.cert, maxVersion: 'TLSv1.2' } }))).split(':')[0]]
    }, { ssl: { ...ours, ca: ours.cert, requestCert: true, rejectUnauthorized: true } })).then(([got, refused]) => {
      expect(got).toBe('x')
      expect(refused).toMatch(/ECONNRESET|SSL|EPROTO/)
    }))

    it('begins on a connection that stands, by startTls()', () => {
      const log: unknown[] = []
      return live(() => served(function* (reader, writer) {
        log.push(String(yield* reader.readline()))
        writer.write('go on\n')
        yield* writer.startTls(ours)
        writer.write(yield* reader.readline())
        writer.close()
      }, function* (port) {
        const [reader, writer] = yield* openConnection('127.0.0.1', port)
        writer.write('begin\n')
        log.push(String(yield* reader.readline()))
        yield* writer.startTls({ ca: ours.cert, servername: 'localhost' })
        writer.write('in secret\n')
        log.push(String(yield* reader.readline()))
        writer.close()
      })).then(() => { expect(log).toEqual(['begin\n', 'go on\n', 'in secret\n']) })
    })

    it('does not begin with what is no key, or where nobody speaks it', () => live(() => served(echo, function* (port) {
      const log: unknown[] = []
      for (const ssl of [{ ca: ours.cert, key: 'none', cert: 'none' }, { servername: 'localhost' }]) {
        const [, writer] = yield* openConnection('127.0.0.1', port)
        log.push(String(yield* attempt(() => writer.startTls(ssl))).split(':')[0])
        log.push(String(yield* attempt(() => writer.startTls(ssl))).split(':')[0])
      }
      return log
    })).then(log => {
      expect(log[0]).toMatch(/Error/)
      expect(log[1]).toMatch(/ConnectionResetError|Error|CLOSING/)
      expect(log[2]).toMatch(/SSLError/)
    }))
  })
})

describe.each(ways())('a server, $way', ({ live }) => {
  it('takes no more connections when it is closed, and ends with its last one', () => {
    const log: unknown[] = []
    return live(function* () {
      const server = yield* startServer(echo, '127.0.0.1', 0)
      const port = portOf(server)
      log.push(server.isServing(), (server as object as { toString(): string }).toString().startsWith('<Server sockets=[127.0.0.1,'))
      const [reader, writer] = yield* openConnection('127.0.0.1', port)
      writer.write('still')
      log.push(String(yield* reader.read(10)))
      server.close()
      server.close()
      const ended = createTask(server.waitClosed())
      yield* sleep(20)
      log.push(ended.done(), server.sockets, server.isServing())
      writer.write('there')
      log.push(String(yield* reader.read(10)))
      writer.close()
      yield* ended
      log.push('ended', yield* attempt(() => server.startServing()))
    }).then(() => {
      expect(log).toEqual([true, true, 'still', false, [], false, 'there', 'ended', 'RuntimeError SERVER_CLOSED: this server is closed. Make a new one'])
    })
  })

  it.each(['closeClients', 'abortClients'] as const)('ends its connections by %s()', method => live(function* () {
    const server = yield* startServer(echo, ['127.0.0.1'], 0)
    const [reader] = yield* openConnection('127.0.0.1', portOf(server))
    yield* sleep(20)
    server.close()
    server[method]()
    yield* waitFor(server.waitClosed(), 5_000)
    return String(yield* reader.read())
  }).then(end => { expect(end).toBe('') }))

  it('serves for ever, until the task is cancelled', () => live(function* () {
    const server = yield* startServer(echo, '127.0.0.1', 0, { startServing: false })
    const before = server.isServing()
    const task = createTask(server.serveForever())
    yield* sleep(20)
    const log = [before, server.isServing(), yield* attempt(() => server.serveForever()), yield* ask(portOf(server), 'x')]
    task.cancel()
    yield* sleep(20)
    log.push(task.cancelled(), server.isServing())
    return log
  }).then(log => {
    expect(log).toEqual([false, true, 'RuntimeError SERVES_ALREADY: server is already being awaited on serveForever()', 'x', true, false])
  }))

  it('reports an error of its callback, and closes that connection', () => live(function* () {
    const log: unknown[] = []
    getRunningLoop().setExceptionHandler((_, { message, exception }) => { log.push(message, String(exception)) })
    const serving = yield* startServer(function* failing() { throw new RangeError('out') }, '127.0.0.1', 0)
    log.push(yield* ask(portOf(serving), 'x'))
    serving.close()
    const plain = yield* startServer(() => { throw new RangeError('at once') }, '127.0.0.1', 0)
    log.push(yield* attempt(() => ask(portOf(plain), 'x')))
    plain.close()
    return log
  }).then(log => {
    expect(log.slice(0, 3)).toEqual(['Unhandled exception in failing(), which served a connection', 'RangeError: out', ''])
    expect(log.slice(3, 5)).toEqual(['Fatal error: protocol call failed.', 'RangeError: at once'])
  }))
})
