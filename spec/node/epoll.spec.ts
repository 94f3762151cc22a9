import { readdirSync } from 'node:fs'
import { type AddressInfo, type Socket, connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type Coroutine, NodeEventLoopPolicy, NodeHost, Protocol, type Server, type Transport, createSubprocessExec, getEventLoopPolicy, getRunningLoop, openConnection, openUnixConnection,
  readFile, run, setEventLoopPolicy, sleep, startServer, startUnixServer, use, waitFor,
} from '../../lib/node/index.ts'
import { EpollSet } from '../../lib/node/epoll/epoll-set.ts'
import { C, type Libc, loadLibc } from '../../lib/node/epoll/libc.ts'
import { Net } from '../../lib/node/epoll/net.ts'
import { PolledConnection } from '../../lib/node/epoll/polled-connection.ts'
import { PolledServer } from '../../lib/node/epoll/polled-server.ts'
import { type PolledSocket } from '../../lib/node/epoll/polled-socket.ts'
import { Unsent } from '../../lib/node/epoll/unsent.ts'
import type { Reporter, Resource } from '../../lib/node/io/resource.ts'
import { threadLink } from '../../lib/node/link/thread-link.ts'
import { certificate } from '../support/certificates.ts'
import { Program, provideThreads } from '../support/programs.ts'
import { attempt, slip } from '../support/stories.ts'
import { NO_EPOLL, later } from '../support/ways.ts'

const runByEpoll = <T>(main: () => Coroutine<T>): T => run(waitFor(main(), 20_000), { host: new NodeHost({ poller: 'epoll' }) })
const portOf = (server: Server): number => (server.sockets[0] as [string, number])[1]
const descriptors = (): number => readdirSync('/proc/self/fd').length

/** Notes what a resource reports. What it makes is given to `made`. */
function noting(log: unknown[], made: (resource: Resource) => void = () => undefined): Reporter {
  const bytes = (chunk: Uint8Array): boolean => log.push(String(chunk)) > 0
  return {
    bytes, lent: (memory, length) => bytes(memory.subarray(0, length)),
    report: (event, value) => { log.push(event === 'closed' && value !== null ? `closed: ${(value as Error).message}` : event) },
    make(maker) {
      made(maker(noting(log)))
      return -1
    },
    ended() { log.push('ended') },
  }
}

/** Sockets without a loop: calls are made at once, and names have these addresses. */
const netOf = (libc: Libc, ...addresses: string[]): Net => new Net(libc, (_host, _family, found) => {
  found(null, addresses)
  return () => undefined
}, call => { call() })

describe('the poller of a NodeHost', () => {
  it('is named, and one that is not there is refused', () => {
    expect(slip(() => new NodeHost({ poller: 'epol' as never }))).toBe("ValueError BAD_POLLER: the poller of a NodeHost is 'thread' or 'epoll', not 'epol'. Did you mean 'epoll'?")
    expect(slip(() => new NodeHost({ poller: 5 as never }))).toBe("ValueError BAD_POLLER: the poller of a NodeHost is 'thread' or 'epoll', not 5")
    expect(slip(() => new NodeHost({ pollr: 'epoll' } as never))).toBe("TypeError UNKNOWN_OPTION: new NodeHost() has no option 'pollr'. Did you mean 'poller'?")
    expect(String(new NodeHost({ poller: 'thread' }))).toBe('<NodeHost>')
  })

  it('epoll needs Linux, and the package koffi', () => new Program(`
    import Module from 'node:module'
    import { NodeHost } from 'yieldfrom/node'
    const tried = () => {
      try {
        new NodeHost({ poller: 'epoll' })
        console.log('made')
      } catch (error) {
        console.log(error.name, error.code, error.message)
      }
    }
    const { platform } = process
    Object.defineProperty(process, 'platform', { value: 'darwin' })
    tried()
    Object.defineProperty(process, 'platform', { value: 'linux' })
    const resolve = Module._resolveFilename
    Module._resolveFilename = (name, ...rest) => {
      if (name === 'koffi') throw Object.assign(new Error('Cannot find module'), { code: 'MODULE_NOT_FOUND' })
      return resolve(name, ...rest)
    }
    tried()`).start().ended.then(({ stdout }) => {
    expect(stdout.trimEnd().split('\n')).toEqual([
      'RuntimeError NOT_LINUX only Linux has epoll, and this is darwin. Write new NodeHost()',
      'RuntimeError NOT_INSTALLED this needs the package koffi, which is not installed. Run: npm install koffi',
    ])
  }))
})

const whenThereIsEpoll = NO_EPOLL === null ? describe : describe.skip

whenThereIsEpoll('a program by epoll', () => {
  beforeAll(() => { provideThreads() })

  it('may be that of a policy', () => {
    const before = getEventLoopPolicy()
    setEventLoopPolicy(new NodeEventLoopPolicy({ poller: 'epoll' }))
    try {
      expect(run(function* () {
        yield* sleep(1)
        return 'it runs'
      }())).toBe('it runs')
    } finally {
      setEventLoopPolicy(before)
    }
  })

  it('closes each descriptor once, also of what it leaves open', () => {
    const round = (): void => {
      runByEpoll(function* () {
        const server = yield* startServer(function* (reader, writer) {
          writer.write(yield* reader.readline())
          yield* sleep(10_000)
        }, '127.0.0.1', 0)
        for (let i = 0; i < 20; i++) {
          const [reader, writer] = yield* openConnection('127.0.0.1', portOf(server))
          writer.write('hello\n')
          yield* reader.readline()
          if (i % 2 === 0) writer.close()
        }
      })
    }
    round()
    const before = descriptors()
    round()
    expect(descriptors() - before).toBe(0)
  })

  it('runs in a worker, too, which leaves no descriptor behind', () => new Program(`
    import { readdirSync } from 'node:fs'
    import { Worker, isMainThread } from 'node:worker_threads'
    import { NodeHost, openConnection, run, startServer } from 'yieldfrom/node'
    function* main() {
      const server = yield* startServer(function* (reader, writer) {
        writer.write(yield* reader.readline())
        writer.close()
      }, '127.0.0.1', 0)
      const [reader, writer] = yield* openConnection('127.0.0.1', server.sockets[0][1])
      writer.write('hello')
      writer.writeEof()
      return String(yield* reader.readline())
    }
    const descriptors = () => readdirSync('/proc/self/fd').length
    const rounds = (left, then) => {
      if (left === 0) then()
      else new Worker(__filename).on('error', error => { console.log(error) }).on('exit', () => { rounds(left - 1, then) })
    }
    if (isMainThread) {
      rounds(1, () => {
        const before = descriptors()
        rounds(2, () => { console.log(descriptors() - before) })
      })
    } else {
      if (run(main(), { host: new NodeHost({ poller: 'epoll' }) }) !== 'hello') throw new Error('it has not run')
    }`).start().ended.then(({ stdout }) => { expect(stdout).toBe('0\n') }))

  it('still sends what it has written when its loop is closed', () => {
    const SIZE = 20_000_000
    const server = createServer()
    const counts: number[] = []
    return new Promise<number[]>((resolve, reject) => {
      server.on('connection', socket => {
        let count = 0
        socket.on('data', ({ length }) => { count += length }).on('end', () => { if (counts.push(count) === 3) resolve(counts) }).on('error', reject)
      }).listen(0, '127.0.0.1', () => {
        runByEpoll(function* () {
          const [, writer] = yield* openConnection('127.0.0.1', (server.address() as AddressInfo).port)
          const [, closing] = yield* openConnection('127.0.0.1', (server.address() as AddressInfo).port)
          const [, closed] = yield* openConnection('127.0.0.1', (server.address() as AddressInfo).port)
          for (const one of [writer, closing]) one.write(Buffer.alloc(SIZE))
          for (const one of [closing, closed]) one.close()
        })
      })
    }).then(() => { expect(counts).toEqual([0, SIZE, SIZE]) }).finally(() => { server.close() })
  })

  it('begins TLS on a connection when what was written before is still under way', () => {
    const ours = certificate()
    expect(runByEpoll(function* () {
      const server = yield* startServer(function* (reader, writer) {
        writer.write(Buffer.alloc(10_000_000, 'x'))
        yield* writer.startTls(ours)
        writer.write(yield* reader.readline())
        writer.close()
      }, '127.0.0.1', 0)
      return yield* use(server, function* () {
        const [reader, writer] = yield* openConnection('127.0.0.1', portOf(server))
        const plain = yield* reader.readexactly(10_000_000)
        yield* writer.startTls({ ca: ours.cert, servername: 'localhost' })
        writer.write('in secret\n')
        const answer = String(yield* reader.readline())
        writer.close()
        return [plain.every(byte => byte === 120), answer]
      })
    })).toEqual([true, 'in secret\n'])
  })

  it('keeps its plain connections when the I/O thread dies', () => {
    expect(runByEpoll(function* () {
      const server = yield* startServer(function* (reader, writer) {
        for (let line = yield* reader.readline(); line.length > 0; line = yield* reader.readline()) writer.write(line)
        writer.close()
      }, '127.0.0.1', 0)
      return yield* use(server, function* () {
        const [reader, writer] = yield* openConnection('127.0.0.1', portOf(server))
        const process = yield* createSubprocessExec('sleep', '0.3')
        const waiting = getRunningLoop().createTask(attempt(() => process.wait()))
        yield* sleep(1)
        threadLink()['die'](null)
        const told = String(yield* waiting).split(':')[0]
        writer.write('still here\n')
        const answer = String(yield* reader.readline())
        writer.close()
        return [told, answer, String(yield* readFile('/dev/null'))]
      })
    })).toEqual(['IoThreadError IO_THREAD_DIED', 'still here\n', ''])
  })

  it('tells the addresses of both ends, of every family', () => {
    const path = join(tmpdir(), `epoll-${String(process.pid)}`)
    const infos = runByEpoll(function* () {
      const told: unknown[] = []
      const note = (transport: Transport): void => { told.push(['peername', 'sockname'].map(name => transport.getExtraInfo(name))) }
      for (const host of ['127.0.0.1', '::1', null]) {
        const server = yield* startServer((_, writer) => { note(writer.transport) }, host, 0)
        const [, port] = server.sockets[0] as [string, number]
        const [, writer] = yield* openConnection(host ?? '127.0.0.1', port, { localAddr: [host ?? '127.0.0.1', 0] })
        yield* sleep(5)
        note(writer.transport)
        writer.close()
        server.closeClients()
        server.close()
      }
      const server = yield* startUnixServer((_, writer) => { note(writer.transport) }, path)
      const [, writer] = yield* openUnixConnection(path)
      yield* sleep(5)
      told.push(server.sockets)
      note(writer.transport)
      writer.close()
      server.close()
      return told
    })
    const names = JSON.parse(JSON.stringify(infos), (_, value: unknown) => typeof value === 'number' ? 'port' : value) as unknown
    const [old, modern, mapped] = [['127.0.0.1', 'port'], ['::1', 'port'], ['::ffff:127.0.0.1', 'port']]
    expect(names).toEqual([[old, old], [old, old], [modern, modern], [modern, modern], [mapped, mapped], [old, old], ['', ''], [path], ['', '']])
    expect(slip(() => runByEpoll(() => openUnixConnection(path)))).toBe(`FileNotFoundError ENOENT: connect ENOENT ${path}`)
  })

  it('says what is wrong with a place', () => {
    expect(runByEpoll(function* () {
      const server = yield* startServer(() => undefined, '127.0.0.1', 0)
      const log = []
      const port = portOf(server)
      for (const what of [
        () => startServer(() => undefined, '127.0.0.1', port), () => startServer(() => undefined, '192.0.2.1', 0), () => startServer(() => undefined, 'no.such.name.invalid', 0),
        () => openConnection('no.such.name.invalid', 80), () => openUnixConnection('x'.repeat(200)), () => startUnixServer(() => undefined, 'x'.repeat(200)),
        () => startUnixServer(() => undefined, '/no/such/folder/socket'), () => openConnection('127.0.0.1', port, { localAddr: ['192.0.2.1', 0] }),
      ]) log.push(String(yield* attempt(what)).split(String(port)).join('PORT').split(' ').slice(0, 4).join(' '))
      server.close()
      return log
    })).toEqual([
      'OSError EADDRINUSE: listen EADDRINUSE:', 'OSError EADDRNOTAVAIL: listen EADDRNOTAVAIL:', expect.stringMatching(/^gaierror (ENOTFOUND|EAI_AGAIN): getaddrinfo/),
      expect.stringMatching(/^gaierror (ENOTFOUND|EAI_AGAIN): getaddrinfo/), 'OSError ENAMETOOLONG: connect ENAMETOOLONG', 'OSError ENAMETOOLONG: listen ENAMETOOLONG:',
      'FileNotFoundError ENOENT: listen ENOENT:', 'OSError EADDRNOTAVAIL: bind EADDRNOTAVAIL',
    ])
  })

  it('takes no more connections after the one at which it closes its server', () => {
    expect(runByEpoll(function* () {
      let made = 0
      const server: Server = yield* getRunningLoop().createServer(() => {
        made++
        server.close()
        return new Protocol()
      }, '127.0.0.1', 0)
      const port = portOf(server)
      const tries = [1, 2, 3].map(() => getRunningLoop().createTask(attempt(() => openConnection('127.0.0.1', port))))
      for (const task of tries) yield* task
      yield* sleep(10)
      server.abortClients()
      return made
    })).toBe(1)
  })
})

whenThereIsEpoll('an epoll set', () => {
  const libc = NO_EPOLL === null ? loadLibc() : null as never
  const bell = (): number => libc.eventfd(1, C.NONBLOCK | C.CLOEXEC)

  it('does not tell of a descriptor that another one has the number of, meanwhile', () => {
    const set = new EpollSet(libc)
    const log: string[] = []
    const [first, second] = [bell(), bell()]
    let again = -1
    set.add(first, {
      onEvents() {
        log.push('first')
        if (again >= 0) return
        set.forget(second)
        libc.close(second)
        again = libc.eventfd(0, C.NONBLOCK | C.CLOEXEC)
        set.add(again, { onEvents: () => { log.push('again, of which nothing has come') } }, C.IN)
      },
    }, C.IN)
    set.add(second, { onEvents: () => { log.push('second') } }, C.IN)
    const had = [set.wait(0), set.wait(0)]
    expect([again === second, log, had]).toEqual([true, ['first', 'first'], [true, true]])
    for (const fd of [first, again]) libc.close(fd)
    set.close()
  })

  it('waits for whole milliseconds where the system knows no others', () => {
    const asked: unknown[] = []
    const old: Libc = {
      ...libc, epoll_pwait2: () => -1, errno: () => C.ENOSYS,
      epoll_wait: (_set, _events, _most, ms) => {
        asked.push(ms)
        return 0
      },
    }
    const set = new EpollSet(old)
    const had = [0.5, 0, 3.2, Infinity].map(ms => set.wait(ms))
    expect([had, asked]).toEqual([[false, false, false, false], [1, 0, 4, -1]])
    set.close()
  })

  it('says which call has failed', () => {
    const broken: Libc = { ...libc, epoll_create1: () => -1, errno: () => C.EMFILE }
    expect(slip(() => new EpollSet(broken))).toBe('Error EMFILE: epoll_create1 EMFILE')
    const set = new EpollSet(libc)
    expect(slip(() => { set.add(99_999, { onEvents: () => undefined }, C.IN) })).toBe('Error EBADF: epoll_ctl EBADF')
    set.close()
  })
})

whenThereIsEpoll('a socket by epoll', () => {
  const libc = NO_EPOLL === null ? loadLibc() : null as never

  /** A server, and what takes its first client: `use` the two ends. */
  const connected = (body: (ends: { readonly net: Net; readonly log: unknown[]; readonly ours: PolledSocket; readonly theirs: Socket }) => Promise<unknown>,
    changed: Partial<Libc> = {}): Promise<unknown> => {
    const net = netOf({ ...libc, ...changed })
    const log: unknown[] = []
    const taken: Resource[] = []
    let port = 0
    const server = new PolledServer(net, { hosts: ['127.0.0.1'], port: 0 }, {
      ...noting(log, resource => taken.push(resource)), report: (event, value) => { if (event === 'listening') port = (value as [string, number][])[0]?.[1] ?? 0 },
    })
    const theirs = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
    theirs.on('error', () => undefined)
    return new Promise(resolve => { theirs.on('connect', resolve) }).then(() => {
      net.set.wait(1_000)
      server.do('close')
      log.length = 0
      return body({ net, log, ours: taken[0] as PolledSocket, theirs })
    }).finally(() => {
      theirs.destroy()
      net.set.close()
    })
  }

  it('that is paused is not asked for again and again when its other end has gone', () => connected(({ net, log, ours, theirs }) => {
    ours.do('read', undefined)
    ours.do('pause', undefined)
    theirs.resetAndDestroy()
    return later(20).then(() => {
      expect([net.set.wait(0), net.set.wait(0), log]).toEqual([true, false, []])
      ours.do('read', undefined)
      expect([net.set.wait(0), net.set.wait(0), log]).toEqual([true, false, ['closed: read ECONNRESET', 'ended']])
    })
  }))

  it('is half closed, and closed when both ends have ended', () => connected(({ net, log, ours, theirs }) => {
    ours.do('read', undefined)
    theirs.end('bye')
    return later(20).then(() => {
      for (let i = 0; i < 3; i++) net.set.wait(0)
      ours.write(Buffer.from('and bye'))
      ours.do('eof', undefined)
      ours.do('read', undefined)
      ours.write(Buffer.from('too late'))
      expect(log).toEqual(['bye', 'eof', 'written', 'closed', 'ended'])
    })
  }))

  it('takes what the system does not take at once, and sends it later, in order', () => {
    let room = 0
    const sent: string[] = []
    const send: Libc['send'] = (_fd, bytes) => {
      const count = Math.min(room, bytes.length)
      room -= count
      if (count > 0) sent.push(String(Buffer.from(bytes).subarray(0, count)))
      return count > 0 ? count : -1
    }
    return connected(({ net, log, ours }) => {
      ours.do('grain', 1)
      for (const word of ['one ', 'two ', 'three ']) ours.write(Buffer.from(word))
      ours.do('close', undefined)
      for (const now of [2, 0, 7, 100]) {
        room = now
        net.set.wait(0)
        net.reportWritten()
      }
      expect([sent, log]).toEqual([['on', 'e two t', 'hree '], ['written', 'written', 'written', 'closed', 'ended']])
      return Promise.resolve()
    }, { send, errno: () => C.EAGAIN })
  })

  it('reports an error of the system, and closes its descriptor', () => connected(({ log, ours }) => {
    ours.write(Buffer.from('x'))
    ours.do('abort', undefined)
    expect(log).toEqual(['closed: write EPIPE', 'ended'])
    return Promise.resolve()
  }, { send: () => -1, errno: () => 32 }))

  it('says that there are too many open files, and its server ends', () => {
    const net = netOf({ ...libc, accept4: () => -1, errno: () => C.EMFILE })
    const log: unknown[] = []
    let port = 0
    const noted = noting(log)
    new PolledServer(net, { hosts: ['127.0.0.1'], port: 0 }, {
      ...noted, report: (event, value) => {
        if (event === 'listening') port = (value as [string, number][])[0]?.[1] ?? 0
        noted.report(event === 'failed' ? (value as Error).message : event, null)
      },
    })
    const client = connect({ port, host: '127.0.0.1' }).on('error', () => undefined)
    return later(20).then(() => {
      net.set.wait(0)
      client.destroy()
      expect(log).toEqual(['listening', 'accept EMFILE', 'closed', 'ended'])
      net.set.close()
    })
  })

  it('tries one address after the other, and tells of the first error when none answers', () => {
    const server = createServer()
    return new Promise<void>(resolve => { server.listen(0, '127.0.0.1', resolve) }).then(() => {
      const { port } = server.address() as AddressInfo
      const [good, bad]: [unknown[], unknown[]] = [[], []]
      const net = netOf(libc, '127.0.0.2', '127.0.0.3', '127.0.0.1')
      new PolledConnection(net, { host: 'a name', port }, noting(good))
      const none = netOf(libc, '::1', '127.0.0.2')
      new PolledConnection(none, { host: 'a name', port }, noting(bad))
      for (let i = 0; i < 4; i++) for (const { set } of [net, none]) set.wait(10)
      expect([good, bad]).toEqual([['connected'], [`closed: connect ECONNREFUSED ::1:${String(port)}`, 'ended']])
    }).finally(() => { server.close() })
  })

  it('tries the next address when the first says nothing for a while, and takes who answers first', () => {
    const server = createServer()
    return new Promise<void>(resolve => { server.listen(0, '127.0.0.1', resolve) }).then(() => {
      const { port } = server.address() as AddressInfo
      const log: unknown[] = []
      const tried: number[] = []
      const silent = new Set<number>()
      const slow: Libc = {
        ...libc, connect(fd, address, length) {
          tried.push(address[7] as number)
          if (address[7] === 2) silent.add(fd)
          return address[7] === 2 ? -1 : libc.connect(fd, address, length)
        },
        errno: () => C.EINPROGRESS,
        epoll_ctl: (set, operation, fd, event) => silent.has(fd) ? 0 : libc.epoll_ctl(set, operation, fd, event),
      }
      const before = descriptors()
      const net = netOf(slow, '127.0.0.2', '127.0.0.1')
      const connection = new PolledConnection(net, { host: 'a name', port, happyEyeballsDelay: 5 }, noting(log))
      const end = Date.now() + 5_000
      while (log.length === 0 && Date.now() < end) net.set.wait(10)
      connection.do('abort', undefined)
      net.set.close()
      expect([tried, log, descriptors() - before]).toEqual([[2, 1], ['connected', 'closed', 'ended'], 0])
    }).finally(() => { server.close() })
  })

  it('that is given up while it connects leaves nothing', () => {
    const log: unknown[] = []
    const before = descriptors()
    const net = netOf({ ...libc, connect: () => -1, errno: () => C.EINPROGRESS }, '127.0.0.1', '127.0.0.2')
    const connection = new PolledConnection(net, { host: 'a name', port: 1 }, noting(log))
    connection.do('abort', undefined)
    connection.do('abort', undefined)
    net.set.close()
    expect([log, descriptors() - before]).toEqual([['closed', 'ended'], 0])
  })
})

describe('what was not sent yet', () => {
  it('is put together when there are many small pieces, and large ones go alone', () => {
    const unsent = new Unsent(Buffer.from('one '))
    for (const piece of [Buffer.from('two '), Buffer.alloc(20_000, 'x'), Buffer.from('three')]) unsent.push(piece)
    const log: unknown[] = [String(unsent.next)]
    unsent.took(5)
    log.push(String(unsent.next))
    unsent.took(3)
    log.push(unsent.next.length)
    unsent.took(20_000)
    log.push(String(unsent.all()), String(unsent.next), unsent.isEmpty)
    unsent.took(5)
    expect([...log, unsent.isEmpty]).toEqual(['one two ', 'wo ', 20_000, 'three', 'three', false, true])
  })
})
