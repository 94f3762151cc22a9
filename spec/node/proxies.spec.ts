import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { ClientSession, type Coroutine, ensureFuture, gather, serve, sleep, use } from '../../lib/node/index.ts'
import { certificate } from '../support/certificates.ts'
import { builtProgram } from '../support/programs.ts'
import { attempt, slip } from '../support/stories.ts'
import { ways } from '../support/ways.ts'

const ours = certificate()
const workers: Worker[] = []

/** A proxy in a thread of its own, which goes on while this one blocks. */
function proxy(settings: { password?: string; tls?: typeof ours } = {}): Promise<number> {
  const worker = new Worker(program, { workerData: { password: null, tls: null, ...settings } })
  workers.push(worker)
  return new Promise((resolve, reject) => { worker.once('message', resolve).once('error', reject) })
}

const program = builtProgram(join(__dirname, '../support/http-proxy.ts'))

afterAll(() => Promise.all(workers.map(worker => worker.terminate())))

/** What a proxy was asked since it was last asked for this. */
function* logOf(port: number): Coroutine<{ log: string[]; open: number }> {
  const text = yield* use(new ClientSession(), function* (session) {
    return yield* (yield* session.get(`http://127.0.0.1:${port}/log`)).text()
  })
  return JSON.parse(text) as { log: string[]; open: number }
}

describe.each(ways())('a session with a proxy, $way', ({ live }) => {
  /** With a server that says how it was reached. */
  const served = <T>(tls: boolean, body: (base: string) => Coroutine<T>): Promise<T> => live(function* () {
    const server = yield* serve(function* (request) {
      if (request.path === '/redirect') return { status: 302, headers: { location: '/there' } }
      if (request.path === '/slow') yield* sleep(1_000)
      return { body: `${request.method} ${request.path} ${request.headers.get('via') ?? 'straight'} ${request.headers.get('proxy-authorization') ?? 'no secret'} ${(yield* request.read()).length}` }
    }, tls ? { host: 'localhost', port: 0, ssl: ours } : {})
    return yield* use(server, function* ({ sockets }) {
      return yield* body(`${tls ? 'https://localhost' : 'http://127.0.0.1'}:${(sockets[0] as [string, number])[1]}`)
    })
  })

  it('asks it for the whole URL, and keeps its connections', () => proxy().then(port => served(false, base => use(new ClientSession({ proxy: `http://127.0.0.1:${port}` }), function* (session) {
    const answers: unknown[] = []
    answers.push(yield* (yield* session.get(`${base}/a?b=c`)).text(), yield* (yield* session.post(`${base}/up`, { data: 'x'.repeat(100_000) })).text())
    const redirected = yield* session.get(`${base}/redirect`)
    answers.push(redirected.url.slice(base.length), yield* redirected.text())
    return [...answers, (yield* logOf(port)).log]
  }))).then(log => {
    expect(log).toEqual([
      'GET /a the proxy no secret 0', 'POST /up the proxy no secret 100000', '/there', 'GET /there the proxy no secret 0',
      [...['GET', 'POST'].map((method, i) => `${method} http://127.0.0.1:PORT/${['a?b=c', 'up'][i] ?? ''}`), 'GET http://127.0.0.1:PORT/redirect', 'GET http://127.0.0.1:PORT/there'],
    ])
  }))

  it('has a tunnel through it in TLS, whose end proves who it is', () => proxy().then(port => served(true, function* (base) {
    const settings = { proxy: `http://127.0.0.1:${port}` }
    const answer = yield* use(new ClientSession({ ...settings, ssl: { ca: ours.cert } }), function* (session) {
      return [yield* (yield* session.get(`${base}/a`)).text(), yield* (yield* session.post(`${base}/b`, { data: 'x'.repeat(1000) })).text()]
    })
    const refused = String(yield* attempt(() => use(new ClientSession(settings), function* (session) { yield* session.get(`${base}/a`) })))
    return [...answer, refused.split(':')[0], (yield* logOf(port)).log]
  })).then(log => {
    expect(log).toEqual([
      'GET /a straight no secret 0', 'POST /b straight no secret 1000', 'SSLCertVerificationError DEPTH_ZERO_SELF_SIGNED_CERT',
      ['CONNECT localhost:PORT', 'CONNECT localhost:PORT'],
    ])
  }))

  it('tells it the password, which goes no further', () => proxy({ password: 'me:secret' }).then(port => Promise.all([false, true].map(tls => served(tls, function* (base) {
    const log: string[] = []
    for (const who of ['me:secret@', 'me:wrong@', '']) {
      log.push(String(yield* attempt(() => use(new ClientSession({ proxy: `http://${who}127.0.0.1:${port}`, ssl: { ca: ours.cert } }), function* (session) {
        const response = yield* session.get(`${base}/a`)
        return `${response.status} ${yield* response.text()}`
      }))))
    }
    return log
  })))).then(([plain, tunnel]) => {
    expect(plain).toEqual(['200 GET /a the proxy no secret 0', expect.stringMatching(/^ClientError .*407/), expect.stringMatching(/^ClientError .*407/)])
    expect(tunnel).toEqual(['200 GET /a straight no secret 0', expect.stringMatching(/^ClientError UND_ERR_ABORTED: .*407/), expect.stringMatching(/^ClientError UND_ERR_ABORTED: .*407/)])
  }))

  it('talks with it in TLS', () => proxy({ tls: ours }).then(port => Promise.all([false, true].map(tls => served(tls, function* (base) {
    return yield* use(new ClientSession({ proxy: `https://localhost:${port}`, ssl: { ca: ours.cert } }), function* (session) {
      return yield* (yield* session.get(`${base}/a`)).text()
    })
  })))).then(log => { expect(log).toEqual(['GET /a straight no secret 0', 'GET /a straight no secret 0']) }))

  it('says when there is none, when it cannot go on, and when it is slow', () => proxy().then(port => served(false, function* (base) {
    const log: unknown[] = []
    const asked = (proxy: string, url: string, timeout = 5_000): Coroutine<unknown> => use(new ClientSession({ proxy, timeout }), function* (session) {
      const text = yield* attempt(function* () {
        const response = yield* session.get(url)
        return `${response.status} ${yield* response.text()}`
      })
      log.push(String(text).split(':')[0])
    })
    yield* asked('http://127.0.0.1:9', `${base}/a`)
    yield* asked('http://127.0.0.1:9', 'https://localhost:9/')
    yield* asked(`http://127.0.0.1:${port}`, 'http://127.0.0.1:9/')
    yield* asked(`http://127.0.0.1:${port}`, 'https://127.0.0.1:9/')
    yield* asked(`http://127.0.0.1:${port}`, 'https://127.0.0.1:1/', 200)
    yield* asked(`http://127.0.0.1:${port}`, `${base}/slow`, 200)
    return log
  })).then(log => {
    expect(log).toEqual([
      'ConnectionRefusedError ECONNREFUSED', 'ConnectionRefusedError ECONNREFUSED', '502 ', 'ClientError UND_ERR_ABORTED', 'TimeoutError TIMED_OUT', 'TimeoutError TIMED_OUT',
    ])
  }))

  it('leaves no connection behind when its requests are cancelled', () => proxy().then(port => served(false, function* (base) {
    const before = (yield* logOf(port)).open
    yield* use(new ClientSession({ proxy: `http://127.0.0.1:${port}` }), function* (session) {
      const waiting = [`${base}/slow`, 'https://127.0.0.1:1/'].map(url => ensureFuture(session.get(url)))
      yield* sleep(100)
      for (const task of waiting) task.cancel()
      yield* gather(waiting, { returnExceptions: true })
    })
    yield* sleep(100)
    return [before, (yield* logOf(port)).open]
  })).then(([before, after]) => { expect(after).toBe(before) }))

  it('obeys the limit of connections', () => proxy().then(port => served(false, function* (base) {
    return yield* use(new ClientSession({ proxy: `http://127.0.0.1:${port}`, limit: 2 }), function* (session) {
      yield* gather(Array.from({ length: 8 }, function* () { yield* (yield* session.get(`${base}/a`)).text() }))
      return (yield* logOf(port)).open
    })
  })).then(open => { expect(open).toBeLessThanOrEqual(3) })) // one is that which asks

  it('is not made with what is no URL of a proxy', () => {
    expect(['nowhere', 'ftp://x/', 5].map(proxy => slip(() => new ClientSession({ proxy: proxy as string })))).toEqual([
      "ValueError BAD_PROXY: a proxy must be an http: or https: URL, not 'nowhere'. Write proxy: 'http://…'",
      "ValueError BAD_PROXY: a proxy must be an http: or https: URL, not 'ftp://x/'. Write proxy: 'http://…'",
      "ValueError BAD_PROXY: a proxy must be an http: or https: URL, not 5. Write proxy: 'http://…'",
    ])
  })
})
