import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import type { Place } from './listening.ts'
import { Joined } from './joined.ts'
import { portable } from './portable-error.ts'
import { StreamThing } from './stream-thing.ts'
import type { Maker, Teller, Thing } from './thing.ts'

/** What a request begins with. */
export interface RequestHead {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly peername: readonly [string, number]
}

/** What is answered first. */
export interface AnswerHead {
  readonly status: number
  readonly headers: Readonly<Record<string, string | readonly string[]>>
}

/** A server: `listening` is told, or that it `failed`; then each request, as a `connection`. */
export const makeHttpServer: Maker = (place: Place, teller) => new HttpServerThing(place, teller)

class HttpServerThing implements Thing {
  private readonly server: Server
  /** Each connection, and how many requests of it are not answered yet. */
  private readonly connections = new Map<Socket, number>()
  private isClosed = false

  constructor({ hosts, port, ssl, backlog }: Place, private readonly teller: Teller) {
    this.server = ssl === undefined ? createServer() : createSecureServer(ssl as object)
    this.server
      .on(ssl === undefined ? 'connection' : 'secureConnection', this.onConnection).on('request', this.onRequest).on('error', this.onError)
      .listen({ port, ...hosts[0] !== null && { host: hosts[0] }, ...backlog !== undefined && { backlog } }, this.onListening)
  }

  do(): void {
    this.isClosed = true
    this.server.close(() => { this.teller.over() })
    for (const [socket, requests] of this.connections) if (requests === 0) socket.destroy()
    this.teller.tell('closed')
  }

  private readonly onListening = (): void => {
    const { address, port } = this.server.address() as AddressInfo
    this.teller.tell('listening', [[address, port]])
  }

  private readonly onError = (error: unknown): void => {
    this.teller.tell('failed', portable(error))
    this.teller.tell('closed')
    this.teller.over()
  }

  private readonly onConnection = (socket: Socket): void => {
    this.connections.set(socket, 0)
    socket.on('close', () => { this.connections.delete(socket) })
  }

  private readonly onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    const { method = '', url = '', headers, socket } = request
    if (this.isClosed) { // nobody would be told
      socket.destroy()
      return
    }
    this.count(socket, 1)
    response.on('close', () => {
      this.count(socket, -1)
      if (this.isClosed && this.connections.get(socket) === 0) socket.destroySoon()
    })
    const id = this.teller.make(teller => new ExchangeThing(request, response, teller))
    const head: RequestHead = { method, url, headers, peername: [socket.remoteAddress ?? '', socket.remotePort ?? 0] }
    this.teller.tell('connection', { id, info: { request: head } })
  }

  private count(socket: Socket, change: number): void {
    const before = this.connections.get(socket)
    if (before !== undefined) this.connections.set(socket, before + change)
  }
}

/** A request and its answer. */
class ExchangeThing extends StreamThing {
  constructor(request: IncomingMessage, private readonly response: ServerResponse, teller: Teller) {
    const joined = new Joined(response, () => { if (!response.writableFinished) request.socket.destroy() })
    super(joined, teller)
    joined.readFrom(request)
    response.on('close', () => { if (!response.writableFinished) joined.destroy() })
  }

  override do(verb: string, value: unknown): void {
    if (verb !== 'head') {
      super.do(verb, value)
      return
    }
    const { status, headers } = value as AnswerHead
    try {
      this.response.writeHead(status, headers as Record<string, string | string[]>)
    } catch (error) {
      this.stream.destroy(error as Error)
    }
  }
}
