import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import type { Place } from './server.ts'
import { JoinedStream } from './joined-stream.ts'
import { portableError } from './portable-error.ts'
import { StreamResource } from './stream-resource.ts'
import type { Maker, Reporter, Resource } from './resource.ts'

/** The head of a request: all but its body. */
export interface RequestHead {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly peername: readonly [string, number]
}

/** The head of an answer: all but its body. */
export interface AnswerHead {
  readonly status: number
  readonly headers: Readonly<Record<string, string | readonly string[]>>
}

/** An HTTP server. It reports `listening`, or that it `failed`. Then it reports each request, as a `connection`. Any command closes it. */
export const makeHttpServer: Maker = (place: Place, reporter) => new HttpServerResource(place, reporter)

class HttpServerResource implements Resource {
  private readonly server: Server
  /** For each connection: how many of its requests are not answered yet. */
  private readonly connections = new Map<Socket, number>()
  private isClosed = false

  constructor({ hosts, port, ssl, backlog }: Place, private readonly reporter: Reporter) {
    this.server = ssl === undefined ? createServer() : createSecureServer(ssl as object)
    this.server
      .on(ssl === undefined ? 'connection' : 'secureConnection', this.onConnection).on('request', this.onRequest).on('error', this.onError)
      .listen({ port, ...hosts[0] !== null && { host: hosts[0] }, ...backlog !== undefined && { backlog } }, this.onListening)
  }

  do(): void {
    this.isClosed = true
    this.server.close(() => { this.reporter.ended() })
    for (const [socket, requests] of this.connections) if (requests === 0) socket.destroy()
    this.reporter.report('closed')
  }

  private readonly onListening = (): void => {
    const { address, port } = this.server.address() as AddressInfo
    this.reporter.report('listening', [[address, port]])
  }

  private readonly onError = (error: unknown): void => {
    this.reporter.report('failed', portableError(error))
    this.reporter.report('closed')
    this.reporter.ended()
  }

  private readonly onConnection = (socket: Socket): void => {
    this.connections.set(socket, 0)
    socket.on('close', () => { this.connections.delete(socket) })
  }

  private readonly onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    const { method = '', url = '', headers, socket } = request
    if (this.isClosed) { // the program gets no more reports
      socket.destroy()
      return
    }
    this.count(socket, 1)
    response.on('close', () => {
      this.count(socket, -1)
      if (this.isClosed && this.connections.get(socket) === 0) socket.destroySoon()
    })
    const id = this.reporter.make(reporter => new ExchangeResource(request, response, reporter))
    const head: RequestHead = { method, url, headers, peername: [socket.remoteAddress ?? '', socket.remotePort ?? 0] }
    this.reporter.report('connection', { id, info: { request: head } })
  }

  private count(socket: Socket, change: number): void {
    const before = this.connections.get(socket)
    if (before !== undefined) this.connections.set(socket, before + change)
  }
}

/** A request and its answer, as one stream: what is read is the request, what is written is the answer. */
class ExchangeResource extends StreamResource {
  constructor(request: IncomingMessage, private readonly response: ServerResponse, reporter: Reporter) {
    const joined = new JoinedStream(response, () => { if (!response.writableFinished) request.socket.destroy() })
    super(joined, reporter)
    joined.readFrom(request)
    response.on('close', () => { if (!response.writableFinished) joined.destroy() })
  }

  override do(command: string, value: unknown): void {
    if (command !== 'head') {
      super.do(command, value)
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
