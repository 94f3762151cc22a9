import { execFileSync } from 'node:child_process'
import { mkdtempSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type Coroutine, type Process, type StreamReader, ClientSession, DEVNULL, PIPE, createSubprocessExec, createSubprocessShell, forEach, openConnection, sleep, startServer,
  use,
} from '../../lib/node/index.ts'
import { certificate } from '../support/certificates.ts'
import { attempt } from '../support/attempt.ts'
import { findPython, python313 } from '../support/pythons.ts'
import { ways } from '../support/ways.ts'

/** `it.each`, or a skip that says what is missing. */
function needing(program: string | undefined, needs: string): jest.It {
  try {
    execFileSync('which', [program ?? ''], { stdio: 'ignore' })
    return it
  } catch {
    console.warn(`skipped: this needs ${needs}`)
    return it.skip
  }
}

const both = ways()
const python = findPython(python313)
const withPython = needing(python, python313.needs)
const withNetcat = needing('nc', 'nc (apt-get install netcat-openbsd)')
const withNginx = needing('nginx', 'nginx (apt-get install nginx-light)')
const withOpenssl = needing('openssl', 'openssl')

const ours = certificate()
const folder = mkdtempSync(join(tmpdir(), 'parties-'))
const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')]
writeFileSync(cert, ours.cert)
writeFileSync(key, ours.key)
writeFileSync(join(folder, 'page.html'), 'a page')
writeFileSync(join(folder, 'big.bin'), '')
truncateSync(join(folder, 'big.bin'), 100 * 2 ** 20)

/** With an echo server of ours. */
function* withEcho<T>(body: (port: number) => Coroutine<T>): Coroutine<T> {
  const server = yield* startServer(function* (reader, writer) {
    for (let data = yield* reader.read(65_536); data.length > 0; data = yield* reader.read(65_536)) {
      writer.write(data)
      yield* writer.drain()
    }
    writer.close()
  }, '127.0.0.1', 0)
  return yield* use(server, () => body((server.sockets[0] as [string, number])[1]))
}

/** What a process prints. */
function* printed(process: Process): Coroutine<string> { return String((yield* process.communicate())[0]).trim() }

/** A port that was free just now. */
function* freePort(): Coroutine<number> {
  const server = yield* startServer(() => undefined, '127.0.0.1', 0)
  return yield* use(server, function* () { return (server.sockets[0] as [string, number])[1] })
}

/** With a program that serves, until the body has ended. */
function* serving<T>(program: Process, body: () => Coroutine<T>): Coroutine<T> {
  try {
    return yield* body()
  } finally {
    program.kill()
    yield* program.wait()
  }
}

/** Until somebody listens there. */
function* untilServed(port: number): Coroutine<void> {
  for (let i = 0; i < 200; i++) {
    const connected = yield* attempt(() => openConnection('127.0.0.1', port))
    if (typeof connected !== 'string') {
      (connected as Awaited<[StreamReader, { readonly transport: { abort(): void } }]>)[1].transport.abort()
      return
    }
    yield* sleep(50)
  }
  throw new Error(`nobody listens at ${port}`)
}

/** Thirty talk at once, in pieces of many sizes, and one sends a megabyte. */
const ASYNCIO = `
import asyncio, sys
port = int(sys.argv[1])
async def talk(n):
    reader, writer = await asyncio.open_connection('127.0.0.1', port)
    for i in range(20):
        data = bytes([n]) * (1 + i * 97) + b'\\n'
        writer.write(data)
        await writer.drain()
        assert await reader.readexactly(len(data)) == data
    writer.write_eof()
    assert await reader.read() == b''
    writer.close()
    await writer.wait_closed()
async def much():
    reader, writer = await asyncio.open_connection('127.0.0.1', port)
    data = b'0123456789' * 100_000
    writer.write(data)
    writer.write_eof()
    assert await reader.read() == data
    writer.close()
async def main():
    await asyncio.gather(*(talk(n) for n in range(30)), much())
    print('all came back')
asyncio.run(main())`

describe('our echo server', () => {
  withPython.each(both)("serves Python's asyncio, $way", ({ live }) => live(() => withEcho(function* (port) {
    return yield* printed(yield* createSubprocessExec(python ?? '', '-c', ASYNCIO, String(port), { stdout: PIPE }))
  })).then(output => { expect(output).toBe('all came back') }))

  withNetcat.each(both)('serves nc, $way', ({ live }) => live(() => withEcho(function* (port) {
    return yield* printed(yield* createSubprocessShell(`printf 'hello\\nbye\\n' | nc -N 127.0.0.1 ${port}`, { stdout: PIPE }))
  })).then(output => { expect(output).toBe('hello\nbye') }))
})

describe('our client', () => {
  withPython.each(both)("asks Python's http.server, $way", ({ live }) => live(function* () {
    const port = yield* freePort()
    const server = yield* createSubprocessExec(python ?? '', '-m', 'http.server', String(port), '--bind', '127.0.0.1', '-d', folder, { stdout: DEVNULL, stderr: DEVNULL })
    return yield* serving(server, function* () {
      yield* untilServed(port)
      return yield* use(new ClientSession({ baseUrl: `http://127.0.0.1:${port}` }), function* (session) {
        const page = yield* session.get('/page.html')
        const log: unknown[] = [page.status, page.headers.get('content-type'), yield* page.text()]
        log.push((yield* session.get('/nothing')).status, (yield* session.post('/page.html', { data: 'x' })).status)
        log.push((yield* (yield* session.get('/')).text()).includes('page.html'))
        return log
      })
    })
  }).then(log => { expect(log).toEqual([200, 'text/html', 'a page', 404, 501, true]) }))

  withNginx.each(both)('asks nginx: a thousand times over one connection, 100 MB, compressed, in TLS, $way', ({ live }) => live(function* () {
    const [port, secret] = [yield* freePort(), yield* freePort()]
    const configuration = join(mkdtempSync(join(folder, 'nginx-')), 'nginx.conf')
    writeFileSync(configuration, `
      daemon off; master_process off; user root; pid ${configuration}.pid; error_log ${configuration}.log;
      events {}
      http {
        access_log off; keepalive_requests 5000; types { text/html html; } gzip on; gzip_min_length 1;
        server {
          listen 127.0.0.1:${port}; listen 127.0.0.1:${secret} ssl; ssl_certificate ${cert}; ssl_certificate_key ${key}; root ${folder};
          add_header x-requests $connection_requests;
          location /moved { return 302 /page.html; }
        }
      }`)
    const server = yield* createSubprocessExec('nginx', '-p', folder, '-c', configuration, { stdout: DEVNULL, stderr: DEVNULL })
    return yield* serving(server, function* () {
      yield* untilServed(port)
      return yield* use(new ClientSession({ ssl: { ca: ours.cert, servername: 'localhost' }, limit: 1 }), function* (session) {
        const log: unknown[] = []
        let last: string | undefined
        for (let i = 0; i < 1_000; i++) {
          const response = yield* session.get(`http://127.0.0.1:${port}/page.html`)
          last = response.headers.get('x-requests') ?? undefined
          yield* response.read()
        }
        log.push(last, yield* (yield* session.get(`http://127.0.0.1:${port}/moved`)).text())
        const big = yield* session.get(`http://127.0.0.1:${port}/big.bin`)
        let length = 0
        for (let data = yield* big.content.read(2 ** 16); data.length > 0; data = yield* big.content.read(2 ** 16)) length += data.length
        const part = yield* session.get(`http://127.0.0.1:${port}/page.html`, { headers: { 'range': 'bytes=2-3', 'accept-encoding': 'identity' } })
        log.push(length, part.status, yield* part.text())
        log.push(yield* (yield* session.get(`https://127.0.0.1:${secret}/page.html`)).text())
        return log
      })
    })
  }).then(log => { expect(log).toEqual(['1000', 'a page', 100 * 2 ** 20, 206, 'pa', 'a page']) }))

  withOpenssl.each(both)('talks with openssl s_server, $way', ({ live }) => live(function* () {
    const port = yield* freePort()
    const server = yield* createSubprocessExec('openssl', 's_server', '-accept', `127.0.0.1:${port}`, '-cert', cert, '-key', key, '-rev', '-quiet', { stdout: DEVNULL, stderr: DEVNULL })
    return yield* serving(server, function* () {
      yield* untilServed(port)
      const [reader, writer] = yield* openConnection('127.0.0.1', port, { ssl: { ca: ours.cert, servername: 'localhost' } })
      writer.writelines(['hello\n', 'world\n'])
      const log: unknown[] = []
      yield* forEach(reader, function* (line) {
        log.push(String(line))
        if (log.length === 2) writer.close()
      })
      log.push((writer.getExtraInfo('cipher') as unknown[])[1])
      return log
    })
  }).then(log => { expect(log).toEqual(['olleh\n', 'dlrow\n', 'TLSv1.3']) }))
})
