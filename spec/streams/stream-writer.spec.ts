import {
  type Coroutine, EventLoop, StreamReader, VirtualHost, createTask, sleep, use,
} from '../../lib/index.ts'
import { INSPECT } from '../../lib/base/inspect.ts'
import { ConnectionResetError } from '../../lib/base/os-errors.ts'
import { FlowControl } from '../../lib/streams/flow-control.ts'
import { StreamReaderProtocol } from '../../lib/streams/stream-protocol.ts'
import { StreamWriter } from '../../lib/streams/stream-writer.ts'
import type { Transport } from '../../lib/transport/transport.ts'
import { attempt, words } from '../support/stories.ts'

/** A transport that sends nothing: it logs what it is told, and is lost when the spec says so. */
function connection(connected: ConstructorParameters<typeof StreamReaderProtocol>[1] = null) {
  const log: unknown[] = []
  const loop = new EventLoop({ host: new VirtualHost(), logger: text => { log.push(text.split('\n').slice(0, 1).join()) } })
  const reader = new StreamReader({ loop })
  const protocol = new StreamReaderProtocol(reader, connected, loop)
  let closing = false
  const transport = {
    write(data: unknown) { log.push(`writes ${String(data)}`) },
    close() { closing = true },
    isClosing: () => closing,
    getExtraInfo: () => undefined,
  } as unknown as Transport
  const writer = new StreamWriter(transport, protocol, reader, loop)
  return { log, loop, reader, protocol, transport, writer }
}

describe('drain()', () => {
  it('passes a turn only while the connection is being closed', () => {
    const { log, loop, writer } = connection()
    loop.runUntilComplete(function* () {
      loop.callSoon(() => { log.push('the next turn') })
      yield* writer.drain()
      log.push('drained')
      writer.close()
      yield* writer.drain()
      log.push('drained again')
    }())
    expect(log).toEqual(['drained', 'the next turn', 'drained again'])
  })

  it('waits while the transport is full, and a cancelled one is in nobody\'s way', () => {
    const { log, loop, protocol, writer } = connection()
    function* drains(name: string): Coroutine<void> {
      writer.write(name)
      try {
        yield* writer.drain()
        log.push(`${name} goes on`)
      } catch (error) {
        log.push(`${name}: ${words(error)}`)
      }
    }
    loop.runUntilComplete(function* () {
      yield* drains('a')
      protocol.pauseWriting()
      const [b, c] = [createTask(drains('b')), createTask(drains('c'))]
      yield* sleep(1)
      b.cancel()
      protocol.resumeWriting() // in the same turn
      yield* sleep(1)
      yield* c
      protocol.pauseWriting()
      const [d] = [createTask(drains('d'))]
      yield* sleep(1)
      protocol.connectionLost(new ConnectionResetError('cut'))
      yield* d
      yield* drains('e')
    }())
    expect(log).toEqual([
      'writes a', 'a goes on', 'writes b', 'writes c', 'b: CancelledError CANCELLED: ', 'c goes on',
      'writes d', 'd: ConnectionResetError ECONNRESET: cut', 'writes e', 'e: ConnectionResetError ECONNRESET: cut',
    ])
  })
})

describe('a writer that is used', () => {
  it('closes at the end, and says what the connection was lost by, unless its reader has said so', () => {
    const { log, loop, protocol, writer } = connection()
    loop.callLater(5, () => { protocol.connectionLost(null) })
    loop.runUntilComplete(use(writer, function* () { log.push(String(writer)) }))
    log.push(writer[INSPECT]())
    const lost = connection()
    lost.loop.callLater(5, () => { lost.protocol.connectionLost(new ConnectionResetError('cut')) })
    log.push(lost.loop.runUntilComplete(attempt(() => use(lost.writer, function* () {
      log.push(yield* attempt(() => lost.reader.read()))
    }))))
    const other = connection()
    other.loop.callLater(5, () => { other.protocol.$closed.setException(new ConnectionResetError('cut')) })
    log.push(other.loop.runUntilComplete(attempt(() => use(other.writer, function* () { /* nothing */ }))))
    expect(log).toEqual([
      '<StreamWriter open>', '<StreamWriter closing>', 'ConnectionResetError ECONNRESET: cut', undefined, 'ConnectionResetError ECONNRESET: cut',
    ])
  })

  it('may be waited for by one who is cancelled, and the end of the connection is told to nobody twice', () => {
    const { log, loop, protocol, writer } = connection()
    loop.runUntilComplete(function* () {
      const waits = createTask(writer.waitClosed())
      yield* sleep(1)
      waits.cancel()
      log.push(yield* attempt(() => waits))
      protocol.connectionLost(new ConnectionResetError('cut'))
      log.push(yield* attempt(() => writer.drain()))
    }())
    expect(log).toEqual(['CancelledError CANCELLED: ', 'ConnectionResetError ECONNRESET: cut'])
  })

  it('goes on in TLS with what its host does for that, and a host without an outside does nothing', () => {
    const { log, loop, writer } = connection()
    log.push(loop.runUntilComplete(attempt(() => writer.startTls())))
    const output = new StreamWriter(connection().transport, new FlowControl(loop), null, loop) // of no connection
    log.push(loop.runUntilComplete(attempt(() => output.startTls())))
    expect(log).toEqual([expect.stringContaining('RuntimeError NO_OUTSIDE: startTls() needs a host that reaches outside'), expect.stringContaining('RuntimeError NO_OUTSIDE: startTls() needs a host that reaches outside')])
  })
})

describe('a connection of a server', () => {
  it('is left open, and nothing is reported, when the coroutine that has served it ends well', () => {
    const { log, loop, protocol, transport } = connection(function* serve(reader) { log.push(`reads ${(yield* reader.readuntil()).length}`) })
    protocol.connectionMade(transport)
    protocol.dataReceived(Uint8Array.of(104, 105, 10))
    loop.runUntilComplete(sleep(1))
    expect([log, transport.isClosing()]).toEqual([['reads 3'], false])
  })

  it('is given to a plain function, or to a coroutine function, which becomes a task', () => {
    const log: unknown[] = []
    const plain = connection((_, writer) => { writer.write('plain') })
    plain.protocol.connectionMade(plain.transport)
    const serving = connection(function* serve(reader) {
      log.push(`reads ${String.fromCharCode(...(yield* reader.readuntil()))}`)
      throw new Error('its server fails')
    })
    serving.protocol.connectionMade(serving.transport)
    serving.protocol.dataReceived(Uint8Array.of(104, 105, 10))
    serving.loop.runUntilComplete(sleep(1))
    expect([plain.log, log, serving.log, serving.transport.isClosing(), plain.transport.isClosing()]).toEqual([
      ['writes plain'], ['reads hi\n'], ['Unhandled exception in serve(), which served a connection'], true, false,
    ])
  })
})
