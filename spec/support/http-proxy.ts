import { type AddressInfo, type Socket, connect } from 'node:net'
import { createServer, request } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { parentPort, workerData } from 'node:worker_threads'

/**
 * A small HTTP proxy, in a worker: requests with a whole URL are passed on, and CONNECT makes a tunnel. It asks for a password when it was given one,
 * and says nothing to who asks for port 1. Its own `/log` is what it was asked for, and how many connections there are, and is empty afterwards.
 */
const { password, tls } = workerData as { readonly password: string | null; readonly tls: { readonly cert: string; readonly key: string } | null }
let log: string[] = []
const open = new Set<Socket>()

function isAllowed(given: string | undefined): boolean {
  return password === null || given === `Basic ${Buffer.from(password).toString('base64')}`
}

const server = tls === null ? createServer() : createSecureServer(tls)

server.on('connection', (socket: Socket) => {
  open.add(socket)
  socket.on('close', () => { open.delete(socket) })
})

server.on('request', (asked, answer) => {
  const url = asked.url ?? ''
  if (url === '/log') {
    const told = { log, open: open.size }
    log = []
    answer.end(JSON.stringify(told))
    return
  }
  log.push(`${asked.method ?? ''} ${url.replace(/:\d+/, ':PORT')}`)
  const { 'proxy-authorization': given, ...headers } = asked.headers
  if (!isAllowed(given)) {
    answer.writeHead(407, { 'proxy-authenticate': 'Basic' }).end('who are you?')
    return
  }
  const passed = request(url, { method: asked.method ?? 'GET', headers: { ...headers, via: 'the proxy' } }, received => {
    answer.writeHead(received.statusCode ?? 502, received.headers)
    received.pipe(answer)
  })
  passed.on('error', () => { answer.writeHead(502).end() })
  answer.on('close', () => { passed.destroy() })
  asked.pipe(passed)
})

server.on('connect', (asked, socket: Socket, head: Buffer) => {
  const [host = '', port = ''] = (asked.url ?? '').split(':')
  log.push(`CONNECT ${host}:${port === '1' ? port : 'PORT'}`)
  socket.on('error', () => undefined)
  if (port === '1') {
    socket.resume().on('end', () => { socket.end() })
    return
  }
  if (!isAllowed(asked.headers['proxy-authorization'])) {
    socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n')
    return
  }
  const other = connect(Number(port), host, () => {
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
    other.write(head)
    socket.pipe(other).pipe(socket)
  })
  other.on('error', () => { socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n') })
})

server.listen(0, '127.0.0.1', () => { parentPort?.postMessage((server.address() as AddressInfo).port) })
