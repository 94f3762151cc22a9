/**
 * The program of a process that behaves badly: it listens at as many ports as it is given manners of, and prints their numbers.
 *
 *     node peers.js manners.json
 *
 * with `[{ "talk": "lines", "cut": "reset", "side": "read", "after": 3 }, …]` in the file.
 *
 * At the last port of all it waits to be told whom to call, and how to behave then.
 */
import { readFileSync } from 'node:fs'
import { type Socket, connect, createServer } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'

/** How a peer behaves: after so many bytes in one direction, it cuts the connection. */
export interface Manner {
  /** `lines`: a small talk, line by line. `tls`: the same in TLS, the bytes of which are counted. `http`: an answer. `flood`: as much as is taken. */
  readonly talk: 'lines' | 'tls' | 'http' | 'flood'
  /** Reset it, end it, end its own side alone, or say nothing more. */
  readonly cut: 'reset' | 'end' | 'half' | 'stall'
  /** The bytes of which direction count, as the peer sees it. */
  readonly side: 'read' | 'written'
  readonly after: number
  /** Of `http`: what it answers. */
  readonly answer?: string
  /** Of `tls`. */
  readonly cert?: string
  readonly key?: string
}

/** Whom to call, and what to do then. */
export interface Errand {
  readonly port: number
  readonly manner: Manner
}

const ANSWERS = ['world\n', 'end\n']

function cut(socket: Socket, how: Manner['cut']): void {
  socket.removeAllListeners('data')
  switch (how) {
    case 'reset': socket.resetAndDestroy(); break
    case 'end': socket.destroySoon(); break
    case 'half':
      socket.end()
      socket.resume()
      break
    case 'stall': socket.pause()
  }
}

/** A connection whose bytes are counted, and which is cut at its time. */
class Counted {
  private left: number
  isCut = false

  constructor(private readonly socket: Socket, private readonly manner: Manner, private readonly got: (data: Buffer) => void) {
    this.left = manner.after
    socket.setNoDelay(true)
    socket.on('error', () => undefined)
    socket.on('data', (data: Buffer) => {
      if (manner.side === 'written' || this.isCut) this.got(data)
      else {
        const part = data.subarray(0, this.left)
        this.left -= part.length
        this.got(part)
        this.look()
      }
    })
    this.look()
  }

  write(data: Buffer): void {
    if (this.isCut) return
    if (this.manner.side === 'read') {
      this.socket.write(data)
      return
    }
    const part = data.subarray(0, this.left)
    this.left -= part.length
    this.socket.write(part, () => { this.look() })
  }

  end(): void { if (this.left > 0) this.socket.end() }

  private look(): void {
    if (this.left > 0 || this.isCut) return
    this.isCut = true
    cut(this.socket, this.manner.cut)
  }
}

/** It answers each line. */
function talkInLines(socket: Socket, manner: Manner): void {
  let text = ''
  let answered = 0
  const counted = new Counted(socket, manner, data => {
    text += data.toString()
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n')) {
      text = text.slice(at + 1)
      const answer = ANSWERS[answered++]
      if (answer === undefined) continue
      counted.write(Buffer.from(answer))
      if (answered === ANSWERS.length) counted.end()
    }
  })
}

function answerHttp(socket: Socket, manner: Manner): void {
  let isAnswered = false
  const counted = new Counted(socket, manner, data => {
    if (isAnswered || !data.includes('\r\n\r\n')) return
    isAnswered = true
    counted.write(Buffer.from(manner.answer ?? ''))
    if (manner.side === 'read') counted.end()
  })
}

/** The bytes of a connection in TLS are counted on their way. */
function passOn(socket: Socket, manner: Manner, port: number): void {
  const behind = connect(port, '127.0.0.1')
  const counted = new Counted(socket, manner, data => { behind.write(data) })
  behind.on('data', data => { counted.write(data) })
  behind.on('end', () => { counted.end() })
  behind.on('error', () => { socket.destroy() })
  socket.on('close', () => { behind.destroy() })
}

function flood(socket: Socket): void {
  const block = Buffer.alloc(65_536, 'x')
  socket.on('error', () => undefined)
  const more = (): void => { while (!socket.destroyed && socket.write(block)); }
  socket.on('drain', more)
  more()
}

function behave(socket: Socket, manner: Manner, portBehind: number): void {
  switch (manner.talk) {
    case 'lines': talkInLines(socket, manner); break
    case 'http': answerHttp(socket, manner); break
    case 'tls': passOn(socket, manner, portBehind); break
    case 'flood': flood(socket)
  }
}

/** It is the one that calls, and asks. */
function call({ port, manner }: Errand, done: () => void): void {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
  socket.on('close', done)
  socket.on('error', () => undefined)
  socket.on('connect', () => {
    let text = ''
    let said = 0
    const say = ['hello\n', 'bye\n']
    const next = (): void => {
      const line = say[said++]
      if (line === undefined) counted.end()
      else counted.write(Buffer.from(line))
    }
    const counted = new Counted(socket, manner, data => {
      text += data.toString()
      if (!text.includes('\n')) return
      text = ''
      next()
    })
    next()
    if (manner.cut === 'stall' || manner.cut === 'half') setTimeout(() => { socket.destroy() }, 300)
  })
}

if (process.argv[2] !== undefined) begin(JSON.parse(readFileSync(process.argv[2], 'utf8')) as Manner[])

function begin(manners: readonly Manner[]): void {
  const { cert = '', key = '' } = manners.find(({ talk }) => talk === 'tls') ?? {}
  const behind = createTlsServer({ cert, key }, socket => {
    socket.on('error', () => undefined)
    let answered = 0
    socket.on('data', () => {
      const answer = ANSWERS[answered++]
      if (answer !== undefined) socket.write(answer)
      if (answered === ANSWERS.length) socket.end()
    })
  }).on('tlsClientError', () => undefined)
  const ports: number[] = []
  let left = manners.length + 1
  const ready = (n: number, port: number): void => {
    ports[n] = port
    if (--left === 0) console.log(JSON.stringify(ports))
  }
  behind.listen(0, '127.0.0.1', () => {
    const portBehind = (behind.address() as { port: number }).port
    manners.forEach((manner, n) => {
      const server = createServer({ allowHalfOpen: true }, socket => { behave(socket, manner, portBehind) })
        .listen(0, '127.0.0.1', () => { ready(n, (server.address() as { port: number }).port) })
    })
    const office = createServer(socket => {
      socket.on('error', () => undefined)
      socket.once('data', errand => { call(JSON.parse(errand.toString()) as Errand, () => { socket.end('done') }) })
    }).listen(0, '127.0.0.1', () => { ready(manners.length, (office.address() as { port: number }).port) })
  })
  process.stdin.on('end', () => { process.exit() }).resume() // with who started it, it ends
}
