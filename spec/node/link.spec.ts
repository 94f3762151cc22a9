import fc from 'fast-check'
import { MessageChannel } from 'node:worker_threads'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Channel } from '../../lib/node/link/channel.ts'
import { RingReader, RingWriter, ringMemory } from '../../lib/node/link/shared-ring.ts'
import { threadLink } from '../../lib/node/link/thread-link.ts'
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
      const take = (): boolean => reader.takeAll((kind, id, bytes) => { (got as string[]).push(`${kind} ${id} ${bytes?.toString('hex') ?? ''}`) })
      steps.forEach(([length, takes], n) => {
        const bytes = length === 0 ? null : Buffer.alloc(length, n)
        const record = `1 ${n} ${bytes?.toString('hex') ?? ''}`
        if (!writer.add(1, n, bytes)) {
          writer.publish()
          expect(take()).toBe(true)
          expect(writer.add(1, n, bytes)).toBe(true)
        }
        ;(sent as string[]).push(record)
        writer.publish()
        if (takes) take()
      })
      take()
      expect(got).toEqual(sent)
      expect([reader.isEmpty, writer.hasNews]).toEqual([true, false])
    }))
  })
})

describe('a channel', () => {
  it('keeps the order of bytes and messages, when there is no room, too', () => {
    const { port1, port2 } = new MessageChannel()
    const [there, back] = [ringMemory(2 ** 12), ringMemory(2 ** 12)]
    const log: unknown[] = []
    const receiver = {
      onBytes: (id: number, bytes: Buffer) => { log.push(`${id}: ${bytes.length}`) },
      onMessage: (_: number, message: unknown) => { log.push(message) },
    }
    let wakes = 0
    const sender = new Channel({ incoming: back, outgoing: there, port: port1 }, { ...receiver, onRoom: () => { log.push('room') } }, () => { wakes++ })
    const taker = new Channel({ incoming: there, outgoing: back, port: port2 }, receiver, () => { wakes++ })
    expect(sender.sendBytes(1, Buffer.alloc(100))).toBe(true)
    sender.sendMessage(2, 'message')
    expect(sender.sendBytes(3, Buffer.alloc(5000))).toBe(false)
    sender.sendMessage(4, 'last')
    for (let i = 0; i < 10; i++) {
      sender.flush()
      taker.receive()
      sender.receive()
    }
    expect(log).toEqual(['1: 100', 'message', '3: 1024', '3: 1024', '3: 1024', 'room', '3: 1024', '3: 904', 'last'])
    expect([taker.isEmpty, wakes > 1]).toEqual([true, true])
    port1.close()
  })
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
  }, 60_000)

  it('by an error of its own, it says what', () => {
    const server = run(function* (): Coroutine<unknown> {
      const serving = yield* startServer(function* (reader) { yield* reader.read() }, '127.0.0.1', 0)
      const forever = createTask(attempt(() => serving.serveForever()))
      const [, port] = serving.sockets[0] as [string, number]
      const [reader, writer] = yield* openConnection('127.0.0.1', port)
      const reading = createTask(attempt(() => reader.read()))
      yield* sleep(20)
      threadLink().open('nothing of this kind', {}, { $onReport: () => undefined, $onLost: () => undefined })
      const lost = [yield* reading, yield* forever]
      writer.close()
      return [...lost, yield* attempt(() => waitFor(writer.waitClosed(), 1_000))].map(line => String(line).split('. ')[0])
    }())
    expect(server).toEqual(Array.from({ length: 3 }, () => expect.stringMatching(/IO_THREAD_DIED: the thread that does the input and output has died: .*is not a function/)))
  }, 20_000)
})
