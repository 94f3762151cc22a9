import { gzipSync } from 'node:zlib'
import {
  type Answer, ClientSession, type Coroutine, type Response, type ServerRequest, type StreamWriter, asyncGenerator, emit, ensureFuture, gather, getRunningLoop, serve,
  sleep, startServer, timeout, use, waitFor,
} from '../../lib/node/index.ts'
import { certificate } from '../support/certificates.ts'
import { attempt, slip } from '../support/stories.ts'
import { ways } from '../support/ways.ts'

const ours = certificate()
const BLOCK = Buffer.alloc(2 ** 18, 'x')

const pieces = asyncGenerator(function* (count: number, piece: Uint8Array | string) {
  for (let i = 0; i < count; i++) yield* emit(piece)
})

function* handler(request: ServerRequest): Coroutine<Answer> {
  switch (request.path) {
    case '/echo': return { headers: { 'x-method': request.method, 'x-type': request.headers.get('Content-Type') ?? 'none' }, body: yield* request.read() }
    case '/json': return { body: JSON.stringify({ query: request.query.get('n'), got: request.method === 'POST' ? yield* request.json() : null, url: request.url }) }
    case '/redirect': return { status: 302, headers: { location: '/echo' } }
    case '/hops': {
      const left = Number(request.query.get('left'))
      return left > 0 ? { status: 302, headers: { location: `/hops?left=${left - 1}` }, body: 'of no use' } : { status: 201, headers: { location: '/echo' }, body: 'there' }
    }
    case '/see-other': return { status: 303, headers: { location: '/echo#part' }, body: yield* request.read() }
    case '/same-way': return { status: 307, headers: { location: '/echo' }, body: yield* request.read() }
    case '/round': return { status: 302, headers: { location: '/round' } }
    case '/fail': throw new RangeError('out')
    case '/slow':
      yield* sleep(2_000)
      return { body: 'late' }
    case '/stream': return { body: pieces(3, 'piece;') }
    case '/big': return { body: pieces(100, BLOCK) }
    case '/gzip': return { headers: { 'content-encoding': 'gzip', 'Content-Length': String(gzipSync('squeezed').length) }, body: gzipSync('squeezed') }
    case '/bad-gzip': return { headers: { 'content-encoding': 'gzip' }, body: 'not squeezed at all' }
    case '/bad-header': return { headers: { 'bad header': 'x' } }
    default: return { status: 404 }
  }
}

describe.each(ways())('HTTP, $way', ({ live }) => {
  /** With a server, and a session of it. */
  const session = <T>(body: (session: ClientSession, base: string) => Coroutine<T>): Promise<T> => live(function* () {
    const server = yield* serve(handler)
    const [host, port] = server.sockets[0] as [string, number]
    const baseUrl = `http://${host}:${port}`
    const client = new ClientSession({ baseUrl, headers: { 'X-All': 'yes' } })
    return yield* use(server, () => use(client, session => body(session, baseUrl)))
  })

  it('asks and answers, in all ways', () => session(function* (session, base) {
    const log: unknown[] = []
    yield* use(session.get('/json', { params: { n: 5, yes: true } }), function* (response) {
      log.push(response.status, response.ok, response.reason, yield* response.json(), yield* response.text(), String(response))
    })
    log.push(yield* (yield* session.post('/json', { json: { a: 1 } })).json())
    for (const [method, data] of [['post', 'text'], ['put', Buffer.from('bytes')], ['patch', { form: 'a b' }], ['delete', undefined], ['post', pieces(2, 'ab')]] as const) {
      const response = yield* session[method]('/echo', data === undefined ? {} : { data })
      log.push([response.headers.get('X-Method'), response.headers.get('x-type'), yield* response.text()])
    }
    const head = yield* session.head('/echo')
    log.push(head.status, head.headers.has('x-method'), String(yield* head.read()), String(head.headers).includes('x-method: HEAD'), Array.from(head.headers).length > 2)
    return log.map(line => typeof line === 'string' ? line.split(base).join('') : line)
  }).then(log => {
    expect(log).toEqual([
      200, true, 'OK', { query: '5', got: null, url: '/json?n=5&yes=true' }, '{"query":"5","got":null,"url":"/json?n=5&yes=true"}', '<Response 200 OK /json?n=5&yes=true>',
      { query: null, got: { a: 1 }, url: '/json' },
      ['POST', 'text/plain; charset=utf-8', 'text'], ['PUT', 'application/octet-stream', 'bytes'], ['PATCH', 'application/x-www-form-urlencoded', 'form=a+b'],
      ['DELETE', 'none', ''], ['POST', 'application/octet-stream', 'abab'],
      200, true, '', true, true,
    ])
  }))

  it('follows redirects, if it is to, and says what went wrong', () => session(function* (session, base) {
    const followed = yield* session.get('/redirect')
    const refused = yield* session.get(new URL('/redirect', base), { allowRedirects: false })
    const log = [followed.url.slice(base.length), refused.status]
    getRunningLoop().setExceptionHandler((_, { message, exception }) => { log.push(message, String(exception)) })
    const failed = yield* session.get('/fail')
    log.push(failed.status, yield* failed.text(), (yield* session.get('/nowhere')).status)
    log.push(String(yield* attempt(function* () { failed.raiseForStatus() })).split(base).join(''))
    followed.raiseForStatus()
    return log
  }).then(log => {
    expect(log).toEqual([
      '/echo', 302, 'the handler of GET /fail failed', 'RangeError: out', 500, 'Internal Server Error', 404, 'ClientError HTTP_500: 500 Internal Server Error: GET /fail',
    ])
  }))

  it('follows as many redirects as it may, in the way that each asks for', () => session(function* (session, base) {
    const log: unknown[] = []
    const note = (response: Response): Coroutine<void> => use(response, function* () {
      log.push(`${response.status} ${response.url.slice(base.length)} ${response.headers.get('x-method') ?? ''} ${yield* response.text()}`)
    })
    yield* note(yield* session.get('/hops?left=3#end'))
    yield* note(yield* session.get('/hops?left=3', { maxRedirects: 2 }))
    yield* note(yield* session.post('/hops?left=1', { data: 'sent once' }))
    yield* note(yield* session.post('/see-other', { data: 'read' }))
    yield* note(yield* session.post('/same-way', { data: 'read again' }))
    log.push(String(yield* attempt(() => session.post('/same-way', { data: pieces(2, 'read once') }))).split(' ').slice(0, 2).join(' '))
    log.push(String(yield* attempt(() => session.get('/round'))).split(':')[0])
    return log
  }).then(log => {
    expect(log).toEqual([
      '201 /hops?left=0  there', '302 /hops?left=1  of no use', '201 /hops?left=0  there', '200 /echo GET ', '200 /echo POST read again', '<Response 307', 'ClientError UND_ERR_INVALID_ARG',
    ])
  }))

  it('has limits of time, and closes what is cancelled', () => session(function* (session) {
    const log: unknown[] = [String(yield* attempt(() => session.get('/slow', { timeout: 100 }))).split(':')[0]]
    log.push(String(yield* attempt(() => use(timeout(50), function* () { yield* session.get('/slow') }))).split(':')[0])
    const task = ensureFuture(session.get('/slow'))
    yield* sleep(50)
    task.cancel()
    yield* sleep(20)
    return [...log, task.cancelled()]
  }).then(log => { expect(log).toEqual(['TimeoutError TIMED_OUT', 'TimeoutError TIMED_OUT', true]) }))

  it('streams, and takes no more than is read', () => session(function* (session) {
    const log: unknown[] = [yield* (yield* session.get('/stream')).text(), yield* (yield* session.get('/gzip')).text()]
    const big = yield* session.get('/big')
    let length = 0
    for (let data = yield* big.content.read(2 ** 16); data.length > 0; data = yield* big.content.read(2 ** 16)) length += data.length
    log.push(length === 100 * BLOCK.length, String(yield* attempt(function* () { return yield* (yield* session.get('/bad-gzip')).text() })).split(':')[0])
    yield* use(session.get('/big'), function* (response) { log.push((yield* response.content.read(5)).length) })
    log.push(String(yield* attempt(() => session.get('/bad-header'))).split(':')[0])
    function* failing(): Coroutine<IteratorResult<string>> { throw new RangeError('in the stream') }
    getRunningLoop().setExceptionHandler(() => undefined)
    log.push(String(yield* attempt(() => session.post('/echo', { data: { iterate: () => ({ next: failing }) } }))).split(' ')[0])
    return log
  }).then(log => { expect(log).toEqual(['piece;piece;piece;', 'squeezed', true, 'ClientError Z_DATA_ERROR', 5, expect.stringContaining('<Response 500 Internal Server Error'), expect.stringMatching(/Error/)]) }))

  it('makes many requests over few connections', () => session(function* (session) {
    const statuses = yield* gather(Array.from({ length: 8 }, function* () {
      let all = 0
      for (let i = 0; i < 25; i++) all += (yield* (yield* session.get('/json')).text()).length > 0 ? 1 : 0
      return all
    }))
    return statuses
  }).then(statuses => { expect(statuses).toEqual(Array.from({ length: 8 }, () => 25)) }))

  it('is served by strange servers, too', () => live(function* () {
    const log: unknown[] = []
    const answers = [
      'garbage\r\n\r\n', 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nshort', '', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n',
      'HTTP/1.1 200 OK\r\nset-cookie: a=1\r\nset-cookie: b=2\r\nconnection: close\r\n\r\nuntil the end',
    ]
    for (const answer of answers) {
      const server = yield* startServer(function* (reader, writer: StreamWriter) {
        yield* reader.readuntil('\r\n\r\n')
        writer.write(answer)
        writer.close()
      }, '127.0.0.1', 0)
      const port = (server.sockets[0] as [string, number])[1]
      yield* use(new ClientSession(), function* (session) {
        log.push(String(yield* attempt(function* () {
          const response = yield* session.get(`http://127.0.0.1:${port}/`)
          return `${yield* response.text()} ${response.headers.get('set-cookie') ?? ''}`
        })).split(':')[0])
      })
      server.close()
      yield* waitFor(server.waitClosed(), 5_000)
    }
    return log
  }).then(log => {
    expect(log.slice(3)).toEqual(['abc ', 'until the end a=1, b=2'])
    for (const line of log.slice(0, 3)) expect(line).toMatch(/^(ClientError|ConnectionResetError) /)
  }))

  it('goes in TLS, and says what cannot be asked', () => live(function* () {
    const server = yield* serve(handler, { ssl: ours, host: 'localhost', port: 0, backlog: 5 })
    const [, port] = server.sockets[0] as [string, number]
    const log: unknown[] = []
    yield* use(new ClientSession({ ssl: { ca: ours.cert }, limit: 2, timeout: null }), function* (session) {
      log.push((yield* session.get(`https://localhost:${port}/json`)).status)
      const once = session.get(`https://localhost:${port}/json`)
      yield* use(once, function* () { /* once is enough */ })
      log.push(yield* attempt(() => once))
      yield* session.close()
      log.push(session.closed, String(session), yield* attempt(() => session.get(`https://localhost:${port}/`)))
    })
    const session = new ClientSession()
    log.push(String(yield* attempt(() => session.get(`https://localhost:${port}/`))).split(':')[0])
    log.push(slip(() => session.get('nowhere')), slip(() => session.get('ftp://x/')), slip(() => session.post('http://x/', { json: 1, data: 'x' })),
      slip(() => session.post('http://x/', { data: [1] as never })), String(session))
    yield* session.close()
    yield* new ClientSession().close()
    log.push(yield* attempt(() => serve(5 as never)), String(yield* attempt(() => serve(handler, { port }))).split(':')[0])
    server.close()
    yield* server.waitClosed()
    return log
  }).then(log => {
    expect(log).toEqual([
      200, 'RuntimeError REQUEST_REUSED: cannot reuse a request that was sent. Call session.get() again', true, '<ClientSession closed>',
      'RuntimeError SESSION_CLOSED: Session is closed. Make a new ClientSession()', 'SSLCertVerificationError DEPTH_ZERO_SELF_SIGNED_CERT',
      "ValueError BAD_URL: nowhere is not a URL. Write 'http://…', or give the session a baseUrl", 'ValueError BAD_URL: a request goes to http: or https:, not to ftp:',
      'TypeError BAD_ARGUMENT: a request takes data or json, not both',
      'TypeError NOT_A_BODY: data must be bytes, text, a stream of these, or a form, not [1 items]. Write json: …, or JSON.stringify(…)', '<ClientSession open>',
      'TypeError NOT_CALLABLE: serve() takes a coroutine function, not 5. Write serve(function* (request) {...})', expect.anything(),
    ])
  }))
})
