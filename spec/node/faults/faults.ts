import {
  type Coroutine, type StreamReader, type StreamWriter, ClientSession, DatagramProtocol, PIPE, ProcessPoolExecutor, ThreadPoolExecutor, createSubprocessExec, createTask,
  forEach, getRunningLoop, openConnection, readFile, serve, sleep, startServer, use, waitFor, wrapFuture, Protocol,
} from '../../../lib/node/index.ts'
import { attempt } from '../../support/attempt.ts'
import type { Errand, Manner } from './peers.ts'

/** Something that goes wrong, and what may come of it. */
export interface Fault {
  readonly name: string
  /** What the line that waits may get: a result, or a named error. */
  readonly expected: RegExp
  readonly run: (ports: Ports) => Coroutine<unknown>
}

/** Where who behaves badly listens. */
export interface Ports {
  of(manner: Manner): number
  readonly office: number
}

/** How long a program waits for one that says nothing, in milliseconds. */
const PATIENCE = 150

/** What is said by who waits, at the end of its connection. */
const LOST = '(ConnectionResetError|BrokenPipeError) \\w+: .+|IncompleteReadError'

export const manners: Manner[] = []
const manner = (made: Manner): Manner => {
  manners.push(made)
  return made
}

const range = (from: number, to: number, step = 1): number[] => Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, i) => from + i * step)
const firstWord = (outcome: unknown): string => String(outcome).split('\n')[0] ?? ''

/** The small talk, from the side that asks. */
function* talk(port: number, options: object = {}): Coroutine<string> {
  const [reader, writer] = yield* openConnection('127.0.0.1', port, options)
  return yield* use(writer, function* () {
    writer.write('hello\n')
    yield* writer.drain()
    const first = yield* reader.readuntil('\n')
    writer.write('bye\n')
    yield* writer.drain()
    return `${String(first).trim()} ${String(yield* reader.read()).trim()}`
  })
}

/** The same with a limit of time, for who talks with somebody that falls silent. */
const patient = (asked: () => Coroutine<unknown>, manner: Manner): Coroutine<unknown> =>
  attempt(() => manner.cut === 'stall' || manner.cut === 'half' ? waitFor(asked(), PATIENCE) : asked())

/** A peer that cuts the connection, at every byte. */
function* cutTalks(): Generator<Fault> {
  for (const cut of ['reset', 'end', 'half', 'stall'] as const) {
    for (const [side, length] of [['read', 10], ['written', 10]] as const) {
      for (const after of range(0, length)) {
        const how = manner({ talk: 'lines', cut, side, after })
        yield {
          name: `the other side: ${cut} when ${after} bytes are ${side}`,
          expected: cut === 'stall' ? new RegExp(`^(world end|world|TimeoutError TIMED_OUT: .*)$`) : new RegExp(`^(world|world e?n?d?|TimeoutError TIMED_OUT: .*|${LOST}.*)$`),
          run: ports => patient(() => talk(ports.of(how)), how),
        }
      }
    }
  }
}

/** Who calls us cuts the connection, at every byte. */
function* cutCallers(): Generator<Fault> {
  for (const cut of ['reset', 'end', 'half', 'stall'] as const) {
    for (const side of ['read', 'written'] as const) {
      for (const after of range(0, 10)) {
        yield {
          name: `who calls: ${cut} when ${after} bytes are ${side}`,
          expected: new RegExp(`^(done|(${LOST})[^,]*)(,(done|(${LOST}).*))?$`),
          run: ports => served({ talk: 'lines', cut, side, after }, ports),
        }
      }
    }
  }
}

/** A server of ours, which is called once. @returns how its connection ended. */
function* served(how: Manner, ports: Ports): Coroutine<unknown> {
  const log: string[] = []
  const server = yield* startServer(function* (reader: StreamReader, writer: StreamWriter) {
    log.push(firstWord(yield* attempt(() => use(writer, function* () {
      for (const answer of ['world\n', 'end\n']) {
        const line = yield* reader.readuntil('\n')
        if (line.length === 0) break
        writer.write(answer)
        yield* writer.drain()
      }
      yield* reader.read()
      return 'done'
    }))))
  }, '127.0.0.1', 0)
  yield* use(server, function* () {
    const [reader, writer] = yield* openConnection('127.0.0.1', ports.office)
    writer.write(JSON.stringify({ port: (server.sockets[0] as [string, number])[1], manner: how } satisfies Errand))
    yield* reader.read()
    writer.close()
    yield* writer.waitClosed()
    for (let i = 0; i < 100 && log.length === 0; i++) yield* sleep(5)
  })
  return log.join() || 'done' // a connection that is reset at once may never be seen
}

/** A peer in TLS that cuts the connection, at many bytes of the handshake and of the talk. */
function* cutSecretTalks({ cert, key }: { readonly cert: string; readonly key: string }, step: number): Generator<Fault> {
  for (const cut of ['reset', 'end', 'stall'] as const) {
    for (const [side, to] of [['read', 700], ['written', 1300]] as const) {
      for (const after of range(0, to, step)) {
        const how = manner({ talk: 'tls', cut, side, after, cert, key })
        yield {
          name: `the other side, in TLS: ${cut} when ${after} bytes are ${side}`,
          expected: new RegExp(`^(world end|world ?|SSLError \\w+: .+|TimeoutError TIMED_OUT: .*|${LOST}.*)$`),
          run: ports => patient(() => talk(ports.of(how), { ssl: { ca: cert, servername: 'localhost' } }), how),
        }
      }
    }
  }
}

const HTTP = {
  'with its length': 'HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello',
  'in chunks': 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n',
  'garbage': 'this is no HTTP at all, and goes on for a while\r\n\r\n',
}

/** A server of HTTP that cuts its answer, at every byte. */
function* cutAnswers(step: number): Generator<Fault> {
  for (const cut of ['reset', 'end', 'stall'] as const) {
    for (const [kind, answer] of Object.entries(HTTP)) {
      for (const after of [...range(0, answer.length - 1, step), answer.length]) {
        const how = manner({ talk: 'http', cut, side: 'written', after, answer })
        yield {
          name: `an answer of HTTP ${kind}: ${cut} when ${after} bytes are written`,
          expected: /^(200 hello|(ClientError|ConnectionResetError|TimeoutError) \w+: .+)$/,
          run: ports => attempt(() => use(new ClientSession(), function* (session) {
            return yield* use(session.get(`http://127.0.0.1:${ports.of(how)}/`, { timeout: how.cut === 'stall' ? PATIENCE : 5_000 }), function* (response) {
              return `${response.status} ${yield* response.text()}`
            })
          })),
        }
      }
    }
  }
}

/** Who writes does not read, or the other way round: what is kept is bounded. */
function* slow(): Generator<Fault> {
  const how = manner({ talk: 'flood', cut: 'stall', side: 'read', after: 1 })
  yield {
    name: 'a flood, which is read slowly',
    expected: /^bounded$/,
    run: function* (ports) {
      const before = process.memoryUsage().rss
      const [reader, writer] = yield* openConnection('127.0.0.1', ports.of(how))
      for (let i = 0; i < 20; i++) {
        yield* reader.read(1000)
        yield* sleep(10)
      }
      const grown = process.memoryUsage().rss - before
      writer.transport.abort()
      return grown < 64 * 2 ** 20 ? 'bounded' : `grown by ${grown} bytes`
    },
  }
  yield {
    name: 'somebody who does not read what is written',
    expected: /^bounded$/,
    run: function* () {
      const server = yield* startServer(function* (_reader, writer) {
        yield* sleep(250)
        writer.transport.abort()
      }, '127.0.0.1', 0, { limit: 1000 })
      return yield* use(server, function* () {
        const before = process.memoryUsage().rss
        const [, writer] = yield* openConnection('127.0.0.1', (server.sockets[0] as [string, number])[1])
        const block = Buffer.alloc(65_536)
        const ended = yield* attempt(function* () {
          for (let i = 0; i < 8_000; i++) {
            writer.write(block)
            yield* writer.drain()
          }
          return 'all was written'
        })
        const grown = process.memoryUsage().rss - before
        writer.transport.abort()
        return grown < 64 * 2 ** 20 && /^(ConnectionResetError|BrokenPipeError) /.test(String(ended)) ? 'bounded' : `${String(ended)}, grown by ${grown} bytes`
      })
    },
  }
}

/** What is not there, is taken, or is not who it says it is. */
function* refused({ cert, key }: { readonly cert: string; readonly key: string }): Generator<Fault> {
  const nobody = 'a-name-that-nobody-has.invalid'
  yield { name: 'a name without an address', expected: /^gaierror (ENOTFOUND|EAI_\w+): /, run: () => attempt(() => openConnection(nobody, 80)) }
  yield { name: 'a name without an address, asked for', expected: /^gaierror (ENOTFOUND|EAI_\w+): /, run: () => attempt(() => getRunningLoop().getaddrinfo(nobody)) }
  yield { name: 'a name without an address, of a server', expected: /^gaierror (ENOTFOUND|EAI_\w+): /, run: () => attempt(() => startServer(() => undefined, nobody, 0)) }
  yield {
    name: 'a name without an address, in HTTP', expected: /^gaierror (ENOTFOUND|EAI_\w+): /,
    run: () => attempt(() => use(new ClientSession(), function* (session) { return yield* session.get(`http://${nobody}/`) })),
  }
  yield { name: 'a port where nobody listens', expected: /^ConnectionRefusedError ECONNREFUSED: /, run: () => attempt(() => openConnection('127.0.0.1', 1)) }
  yield { name: 'a port that is not ours to take', expected: /^(PermissionError EACCES|gaierror \w+|OSError \w+): /, run: () => attempt(() => startServer(() => undefined, '192.0.2.1', 0)) }
  yield {
    name: 'a port that is taken', expected: /^(OSError EADDRINUSE: .+,?){3}$/,
    run: function* () {
      const server = yield* startServer(() => undefined, '127.0.0.1', 0)
      const [, port] = server.sockets[0] as [string, number]
      return yield* use(server, function* () {
        return [
          yield* attempt(() => startServer(() => undefined, '127.0.0.1', port)), yield* attempt(() => startServer(() => undefined, ['127.0.0.2', '127.0.0.1'], port)),
          yield* attempt(() => serve(function* () { return {} }, { port })),
        ].join()
      })
    },
  }
  yield {
    name: 'a certificate of somebody else', expected: /^SSLCertVerificationError ERR_TLS_CERT_ALTNAME_INVALID: /,
    run: () => inSecret({ cert, key }, port => openConnection('127.0.0.1', port, { ssl: { ca: cert, servername: 'example.org' } })),
  }
  yield {
    name: 'a certificate that nobody has signed', expected: /^SSLCertVerificationError DEPTH_ZERO_SELF_SIGNED_CERT: /,
    run: () => inSecret({ cert, key }, port => openConnection('localhost', port, { ssl: true })),
  }
  yield {
    name: 'somebody who does not talk in TLS', expected: /^SSLError \w+: |^ConnectionResetError /,
    run: () => attempt(function* () {
      const server = yield* startServer(function* (reader, writer) {
        yield* reader.read(1)
        writer.write('what do you say?\n')
        writer.close()
      }, '127.0.0.1', 0)
      return yield* use(server, () => openConnection('127.0.0.1', (server.sockets[0] as [string, number])[1], { ssl: true }))
    }),
  }
  yield {
    name: 'a caller of a server in TLS who does not talk in it', expected: /^(|ConnectionResetError .*)$/,
    run: () => inSecret({ cert, key }, function* (port) {
      const [reader, writer] = yield* openConnection('127.0.0.1', port)
      writer.write('GET / HTTP/1.0\r\n\r\n')
      const end = String(yield* attempt(() => reader.read()))
      writer.transport.abort()
      return /Error/.test(end) ? end : ''
    }),
  }
}

function* inSecret(ssl: { readonly cert: string; readonly key: string }, what: (port: number) => Coroutine<unknown>): Coroutine<unknown> {
  const server = yield* startServer(function* (reader) { yield* reader.read() }, '127.0.0.1', 0, { ssl })
  return yield* use(server, () => attempt(() => what((server.sockets[0] as [string, number])[1])))
}

const SQUARE = (n: number): number => n * n
const SLOW = (ms: number): void => { Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms) }

/** Processes that die, and workers that throw, exit, or have no memory left. */
function* dying(): Generator<Fault> {
  const node = process.execPath
  yield {
    name: 'a process that is killed while it is talked with', expected: /^-9  \|(true|BrokenPipeError .+|ConnectionResetError .+)$/,
    run: function* () {
      const cat = yield* createSubprocessExec('cat', { stdin: PIPE, stdout: PIPE })
      const reading = createTask(cat.stdout.read())
      cat.kill()
      const code = yield* cat.wait()
      const rest = String(yield* reading)
      const writer = cat.stdin
      const written = yield* attempt(function* () {
        writer.write('x'.repeat(100_000))
        yield* writer.drain()
        return true
      })
      writer.close()
      return `${code} ${rest} |${String(written)}`
    },
  }
  yield {
    name: 'a process that ends before it has read all', expected: /^0 null$/,
    run: function* () {
      const program = yield* createSubprocessExec('true', { stdin: PIPE })
      const [, errors] = yield* program.communicate('x'.repeat(1_000_000))
      return `${String(program.returncode)} ${String(errors)}`
    },
  }
  yield {
    name: 'a process that cannot be started', expected: /^FileNotFoundError ENOENT: .+ FileNotFoundError ENOENT|^FileNotFoundError ENOENT: .+ (NotADirectoryError|OSError|FileNotFoundError)/,
    run: function* () {
      return `${String(yield* attempt(() => createSubprocessExec('/no/such/program', { stdin: PIPE, stdout: PIPE, stderr: PIPE })))} ` +
        String(yield* attempt(() => createSubprocessExec('true', { cwd: '/no/such/folder' })))
    },
  }
  yield {
    name: 'a process that talks on while communicate() is cancelled', expected: /^TimeoutError TIMED_OUT: .*-9$/,
    run: function* () {
      const program = yield* createSubprocessExec('yes', { stdout: PIPE })
      const ended = yield* attempt(() => waitFor(program.communicate(), 50))
      return `${String(ended)}${yield* program.wait()}`
    },
  }
  for (const [kind, Pool] of [['thread', ThreadPoolExecutor], ['process', ProcessPoolExecutor]] as const) {
    const broken = /^BrokenExecutorError BROKEN_EXECUTOR: .+ 9$|^RuntimeError BROKEN_EXECUTOR: .+ 9$/
    const inPool = (what: (() => unknown)): (() => Coroutine<unknown>) => function* () {
      const pool = new Pool({ maxWorkers: 1 })
      try {
        const first = yield* attempt(() => wrapFuture(pool.submit(what as () => number)))
        return `${firstWord(first)} ${yield* wrapFuture(pool.submit(SQUARE, 3))}`
      } finally {
        yield* shutDown(pool)
      }
    }
    yield { name: `a ${kind} of a pool that throws`, expected: /^RangeError undefined: out of range 9$/, run: inPool(() => { throw new RangeError('out of range') }) }
    yield { name: `a ${kind} of a pool that exits`, expected: broken, run: inPool(() => process.exit(7)) }
    yield { name: `a ${kind} of a pool that throws when nobody sees it`, expected: broken, run: inPool(() => new Promise(() => { setImmediate(() => { throw new Error('lost') }) })) }
    yield {
      name: `a ${kind} of a pool that is out of memory`, expected: broken,
      run: inPool(() => { for (const all: unknown[] = []; ;) all.push(new Array(2_000_000).fill(0.5)) }),
    }
    yield {
      name: `a ${kind} of a pool that nobody waits for any more`, expected: /^TimeoutError TIMED_OUT: .*9$/,
      run: function* () {
        const pool = new Pool({ maxWorkers: 1 })
        try {
          const ended = yield* attempt(() => waitFor(wrapFuture(pool.submit(SLOW, 200)), 50))
          return `${String(ended)}${yield* wrapFuture(pool.submit(SQUARE, 3))}`
        } finally {
          yield* shutDown(pool)
        }
      },
    }
  }
  yield {
    name: 'a process that a signal ends', expected: /^-15$/,
    run: function* () {
      const program = yield* createSubprocessExec(node, '-e', 'setInterval(() => {}, 1000); process.kill(process.pid, "SIGTERM")')
      return yield* program.wait()
    },
  }
}

/** Shut a pool down, and let other tasks go on meanwhile. */
function* shutDown(pool: ThreadPoolExecutor | ProcessPoolExecutor): Coroutine<void> {
  getRunningLoop().setDefaultExecutor(pool)
  yield* getRunningLoop().shutdownDefaultExecutor()
}

/** Programs that are cancelled, each at many of its events. */
const CANCELLED: Readonly<Record<string, (tls: { readonly cert: string; readonly key: string }) => () => Coroutine<unknown>>> = {
  'a talk with a server of ours': () => () => withEcho({}, port => talk(port)),
  'a talk in TLS': ({ cert, key }) => () => withEcho({ ssl: { cert, key } }, port => talk(port, { ssl: { ca: cert, servername: 'localhost' } })),
  'a request of HTTP': () => function* () {
    const server = yield* serve(function* (request) { return { body: `${yield* request.text()} and more`.repeat(1000) } })
    return yield* use(server, () => use(new ClientSession(), function* (session) {
      return yield* use(session.post(`http://127.0.0.1:${(server.sockets[0] as [string, number])[1]}/`, { data: 'x'.repeat(100_000) }), response => response.text())
    }))
  },
  'a talk with a process': () => function* () {
    const cat = yield* createSubprocessExec('cat', { stdin: PIPE, stdout: PIPE })
    try {
      return String((yield* cat.communicate('hello'))[0])
    } finally {
      if (cat.returncode === null) {
        cat.kill()
        yield* cat.wait()
      }
    }
  },
  'the reading of a file': () => function* () { return (yield* readFile(__filename)).length },
  'messages': () => function* () {
    const loop = getRunningLoop()
    const got = loop.createFuture<string>()
    class Taker extends DatagramProtocol { override datagramReceived(data: Uint8Array): void { if (!got.done()) got.setResult(String(data)) } }
    const [taker] = yield* loop.createDatagramEndpoint(() => new Taker(), { localAddr: ['127.0.0.1', 0] })
    try {
      const [sender] = yield* loop.createDatagramEndpoint(() => new DatagramProtocol(), { remoteAddr: taker.getExtraInfo('sockname') as [string, number] })
      try {
        sender.sendto('message')
        return yield* got
      } finally {
        sender.close()
      }
    } finally {
      taker.close()
    }
  },
  'a function in a pool': () => function* () {
    const pool = new ThreadPoolExecutor({ maxWorkers: 1 })
    try {
      return yield* wrapFuture(pool.submit(SQUARE, 3))
    } finally {
      yield* shutDown(pool)
    }
  },
  'a connection by protocols': () => () => withEcho({}, function* (port) {
    const [transport] = yield* getRunningLoop().createConnection(() => new Protocol(), '127.0.0.1', port)
    try {
      transport.write('x')
      yield* sleep(1)
    } finally {
      transport.abort()
    }
  }),
}

function* withEcho(options: object, what: (port: number) => Coroutine<unknown>): Coroutine<unknown> {
  const server = yield* startServer(function* (reader, writer) {
    yield* attempt(() => use(writer, () => forEach(reader, function* (line) {
      writer.write(line)
      yield* writer.drain()
      if (String(line) === 'bye\n') writer.close()
    })))
  }, '127.0.0.1', 0, options)
  return yield* use(server, function* () {
    try {
      return yield* what((server.sockets[0] as [string, number])[1])
    } finally {
      server.closeClients()
    }
  })
}

/** After so many turns of the loop, or so many milliseconds. */
function* cancelled(tls: { readonly cert: string; readonly key: string }, moments: readonly { readonly turns: number; readonly ms: number }[]): Generator<Fault> {
  for (const [what, make] of Object.entries(CANCELLED)) {
    for (const { turns, ms } of moments) {
      yield {
        name: `${what}, cancelled after ${turns} turns and ${ms} ms`, expected: /^(CancelledError|done)$/,
        run: function* () {
          const task = createTask(make(tls)())
          if (ms > 0) yield* sleep(ms)
          for (let i = 0; i < turns; i++) yield* sleep(0)
          task.cancel()
          try {
            yield* task
          } catch (error) {
            if (!task.cancelled()) throw error
            return 'CancelledError'
          }
          return 'done'
        },
      }
    }
  }
}

export interface Size {
  /** Of the bytes of TLS and HTTP: each so-many-th. */
  readonly step: number
  readonly moments: readonly { readonly turns: number; readonly ms: number }[]
}

/** All of them. */
export function allFaults(tls: { readonly cert: string; readonly key: string }, { step, moments }: Size): Fault[] {
  return [
    ...cutTalks(), ...cutCallers(), ...cutSecretTalks(tls, step * 10), ...cutAnswers(step), ...slow(), ...refused(tls), ...dying(), ...cancelled(tls, moments),
  ]
}
