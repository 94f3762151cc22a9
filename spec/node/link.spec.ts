import fc from 'fast-check'
import { MessageChannel } from 'node:worker_threads'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Channel } from '../../lib/node/link/channel.ts'
import { RingReader, RingWriter, ringMemory } from '../../lib/node/link/shared-ring.ts'
import { Poller } from '../../lib/node/link/poller.ts'
import { threadLink } from '../../lib/node/link/thread-link.ts'
import { ASLEEP, RUNG, makeCells, wake } from '../../lib/node/thread/cells.ts'
import { programs } from '../../lib/node/thread/program-folder.ts'
import { type Coroutine, createTask, openConnection, readFile, run, sleep, startServer, waitFor } from '../../lib/node/index.ts'
import { attempt } from '../support/stories.ts'
import { ways } from '../support/ways.ts'

describe('a ring', () => {
  it('gives all that was put in, in order, whatever the sizes, and says when there is no room', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.nat(200), fc.boolean()), { maxLength: 200 }), steps => {
      const memory = ringMemory(1024)
      const [writer, reader] = [new RingWriter(memory), new RingReader(memory)]
      const [sent, got]: string[][] = [[], []]
      const takeAll = (): boolean => reader.take((kind, id, bytes, number) => (got as string[]).push(`${kind} ${id} ${number} ${bytes?.toString('hex') ?? ''}`) % 2 === 0)
      steps.forEach(([length, takes], n) => {
        const bytes = length === 0 ? null : Buffer.alloc(length, n)
        const record = `1 ${n} ${-n} ${bytes?.toString('hex') ?? ''}`
        if (!writer.add(1, n, bytes, -n)) {
          writer.publish()
          expect(takeAll()).toBe(true)
          expect(writer.add(1, n, bytes, -n)).toBe(true)
        }
        ;(sent as string[]).push(record)
        writer.publish()
        if (takes) takeAll()
      })
      takeAll()
      expect(got).toEqual(sent)
      expect([reader.isEmpty, writer.unpublished]).toEqual([true, 0])
    }))
  })

  it('copies into the same memory again when nobody has kept the last copy, and never into what was kept', () => {
    const memory = ringMemory(2 ** 16)
    const [writer, reader] = [new RingWriter(memory), new RingReader(memory)]
    for (const [n, text] of ['tea', 'milk', 'sugar', 'x'.repeat(10_000), 'y'.repeat(10_000), 'z'.repeat(10_000)].entries()) writer.add(1, n, Buffer.from(text))
    writer.publish()
    const copies: Buffer[] = []
    reader.take((_, id, bytes) => {
      copies.push(bytes as Buffer)
      return id === 1 || id === 4 // the program keeps the others
    })
    expect(copies.map(copy => `${copy.length} ${String.fromCharCode(copy[0] as number)}`)).toEqual(['3 t', '4 s', '5 s', '10000 x', '10000 z', '10000 z'])
  })
})

describe('a channel', () => {
  it('keeps the order of bytes and messages, when there is no room, too', () => {
    const { port1, port2 } = new MessageChannel()
    const [there, back] = [ringMemory(2 ** 12), ringMemory(2 ** 12)]
    const log: unknown[] = []
    const receiver = {
      onBytes: (id: number, bytes: Buffer) => log.push(`${id}: ${bytes.length}`) > 0,
      onMessage: (_: number, name: string, value: unknown) => { log.push(value === undefined ? name : [name, value]) },
    }
    let wakes = 0
    const sender = new Channel({ incoming: back, outgoing: there, port: port1 }, { ...receiver, onRoom: () => { log.push('room') } }, () => { wakes++ })
    const taker = new Channel({ incoming: there, outgoing: back, port: port2 }, receiver, () => { wakes++ })
    expect([sender.sendBytes(1, Buffer.alloc(100)), sender.sendBytes(1, Buffer.alloc(0))]).toEqual([true, true])
    sender.sendMessage(2, 'message', undefined)
    expect(sender.sendBytes(3, Buffer.alloc(5000))).toBe(false)
    sender.sendMessage(4, 'last', undefined)
    for (let i = 0; i < 10; i++) {
      sender.flush()
      taker.receive()
      sender.receive()
    }
    expect(log).toEqual(['1: 100', 'message', '3: 1024', '3: 1024', '3: 1024', 'room', '3: 1024', '3: 904', 'last'])
    expect([taker.isEmpty, wakes > 1]).toEqual([true, true])
    port1.close()
  })

  it('sends nothing by the port that is said in one word, with a number or none', () => {
    const { port1, port2 } = new MessageChannel()
    const [there, back] = [ringMemory(2 ** 12), ringMemory(2 ** 12)]
    const log: unknown[] = []
    const port = { postMessage: (message: unknown) => {
      log.push('by the port')
      port1.postMessage(message)
    } } as typeof port1
    const receiver = { onBytes: () => true, onMessage: (id: number, name: string, value: unknown) => { log.push([id, name, value]) } }
    const sender = new Channel({ incoming: back, outgoing: there, port }, receiver, () => undefined)
    const taker = new Channel({ incoming: there, outgoing: back, port: port2 }, receiver, () => undefined)
    const said: [string, unknown][] = [['read', undefined], ['closed', null], ['written', 0], ['written', 2 ** 31 - 1]]
    const told: [string, unknown][] = [['written', 2 ** 31], ['written', -1], ['closed', { code: 'EPIPE' }], ['another', undefined]]
    for (const [name, value] of [...said, ...told]) sender.sendMessage(7, name, value)
    sender.flush()
    taker.receive()
    expect(log).toEqual([...told.map(() => 'by the port'), ...[...said, ...told].map(([name, value]) => [7, name, value])])
    port1.close()
  })

  it('sends nothing by the port that is text, unless it is longer than a record may be, and keeps the order', () => {
    const { port1, port2 } = new MessageChannel()
    const [there, back] = [ringMemory(2 ** 12), ringMemory(2 ** 12)]
    const log: unknown[] = []
    const port = { postMessage: (message: unknown) => {
      log.push('by the port')
      port1.postMessage(message)
    } } as typeof port1
    const receiver = { onBytes: () => true, onMessage: (id: number, name: string, value: unknown) => { log.push([id, name, value]) } }
    const sender = new Channel({ incoming: back, outgoing: there, port }, receiver, () => undefined)
    const taker = new Channel({ incoming: there, outgoing: back, port: port2 }, receiver, () => undefined)
    const values = [{ url: 'http://tea.example/käse', lone: '\ud800', none: null, list: ['a', 'b'] }, 'x'.repeat(1100), 'y'.repeat(1000), 'z'.repeat(1000), 'u'.repeat(1000), 'last']
    for (const value of values) sender.sendMessage(7, 'told', value, true)
    for (let i = 0; i < 3; i++) {
      sender.flush()
      taker.receive()
    }
    expect(log).toEqual(['by the port', ...values.map(value => [7, 'told', value])])
    port1.close()
  })

  it('lets the other thread begin when it has sent much, and begins nothing anew in the middle of receiving', () => {
    const { port1, port2 } = new MessageChannel()
    const [there, back] = [ringMemory(2 ** 16), ringMemory(2 ** 16)]
    const log: unknown[] = []
    const sender = new Channel({ incoming: back, outgoing: there, port: port1 }, { onBytes: () => true, onMessage: () => undefined }, () => { log.push('woken') })
    const taker: Channel = new Channel({ incoming: there, outgoing: back, port: port2 }, {
      onBytes: id => {
        log.push(`${id} begins`)
        taker.receive()
        log.push(`${id} ends`)
        return true
      },
      onMessage: () => undefined,
    }, () => undefined)
    for (let id = 1; id < 4; id++) {
      log.push('sent')
      sender.sendBytes(id, Buffer.alloc(5000))
    }
    taker.receive()
    log.push('flushed')
    sender.flush()
    taker.receive()
    expect(log).toEqual(['sent', 'sent', 'woken', 'sent', '1 begins', '1 ends', '2 begins', '2 ends', 'flushed', 'woken', '3 begins', '3 ends'])
    port1.close()
  })
})

describe('a thread that serves another one', () => {
  /** A poller, of whose thread each round of Node's event loop is told, until it waits to be woken. */
  const story = (program: (tell: (what: string) => void, cells: Int32Array, send: () => void) => (round: number) => void): Promise<string[]> => {
    const { port1, port2 } = new MessageChannel()
    const [there, back] = [ringMemory(2 ** 12), ringMemory(2 ** 12)]
    const log: string[] = []
    const cells = makeCells()
    const receiver = { onBytes: (id: number) => log.push(`took ${id}`) > 0, onMessage: () => undefined }
    const far = new Channel({ incoming: back, outgoing: there, port: port1 }, receiver, () => undefined)
    const near = new Channel({ incoming: there, outgoing: back, port: port2 }, receiver, () => { wake(cells) })
    const poller = new Poller(cells, near)
    let sent = 0
    const inRound = program(what => { log.push(what) }, cells, () => {
      far.sendBytes(++sent, Buffer.alloc(8))
      far.flush()
    })
    poller.start()
    return new Promise(resolve => {
      let round = 0
      const look = (): void => {
        if (Atomics.load(cells, RUNG) === 0) {
          log.push(`waits to be woken after ${round} rounds`)
          port1.close()
          resolve(log)
          return
        }
        inRound(++round)
        setImmediate(look)
      }
      setImmediate(look)
    })
  }

  it('takes what comes in each round, as long as the other one is awake, and gives up when it hears nothing for long', () =>
    story((_, __, send) => round => { if (round <= 2 || round === 40) send() })
      .then(log => { expect(log).toEqual(['took 1', 'took 2', 'took 3', 'waits to be woken after 90 rounds']) }))

  it('does not look any more when the other one sleeps', () =>
    story((tell, cells, send) => round => {
      if (round === 1) send()
      if (round !== 3) return
      tell('sleeps')
      Atomics.store(cells, ASLEEP, 1)
    }).then(log => { expect(log).toEqual(['took 1', 'sleeps', 'waits to be woken after 3 rounds']) }))
})

describe('when the I/O thread dies', () => {
  ways() // for its threads

  /** Each way to die is a verb of a thing that exists for this spec alone: code for the thread to run. */
  const dying = (source: string): unknown[] => {
    const good = programs.folder
    const bad = mkdtempSync(join(tmpdir(), 'dying-'))
    writeFileSync(join(bad, 'io-thread.js'), source)
    threadLink()['die'](null)
    programs.folder = bad
    const start = performance.now()
    try {
      return run(function* (): Coroutine<unknown[]> {
        const waiting = createTask(attempt(() => openConnection('127.0.0.1', 1)))
        const other = createTask(attempt(() => readFile('/etc/passwd')))
        return [yield* waiting, yield* other, performance.now() - start < 3_000]
      }())
    } finally {
      programs.folder = good
    }
  }

  const died = 'RuntimeError IO_THREAD_DIED: the thread that does the input and output has died'
  const rest = 'What it served is lost; what is opened from now on is served by a new one'

  it.each([
    ['by a syntax error', 'this is no program', ', and did not say why: as when it is out of memory'],
    ['by process.exit()', 'process.exit(3)', ', and did not say why: as when it is out of memory'],
  ])('%s, each who waits is told, and the next program has a new one', (_, source, reason) => {
    const [first, second, soon] = dying(source)
    expect([String(first), String(second)]).toEqual([`${died}${reason}. ${rest}`, `${died}${reason}. ${rest}`].map(text => text.replace('RuntimeError', String(first).split(' ')[0] ?? '')))
    expect(soon).toBe(true)
    expect(String(run(readFile(__filename))).length).toBeGreaterThan(100)
  })

  it('by an error of its own, it says what', () => {
    const server = run(function* (): Coroutine<unknown> {
      const serving = yield* startServer(function* (reader) { yield* reader.read() }, '127.0.0.1', 0)
      const forever = createTask(attempt(() => serving.serveForever()))
      const [, port] = serving.sockets[0] as [string, number]
      const [reader, writer] = yield* openConnection('127.0.0.1', port)
      const reading = createTask(attempt(() => reader.read()))
      yield* sleep(20)
      threadLink().tell(2, 'open', null)
      const lost = [yield* reading, yield* forever]
      writer.close()
      return [...lost, yield* attempt(() => waitFor(writer.waitClosed(), 1_000))].map(line => String(line).split('. ')[0])
    }())
    expect(server).toEqual(Array.from({ length: 3 }, () => expect.stringMatching(/IO_THREAD_DIED: the thread that does the input and output has died: .*is not iterable/)))
  })
})
