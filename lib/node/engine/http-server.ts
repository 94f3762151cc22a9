import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Place } from './listening.ts'
import { Joined } from './joined.ts'
import { portable } from './portable-error.ts'
import { StreamThing } from './stream-thing.ts'
import type { Maker, Teller } from './thing.ts'

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
export const makeHttpServer: Maker = ({ hosts, port, ssl, backlog }: Place, teller) => {
  const server: Server = ssl === undefined ? createServer() : createSecureServer(ssl as object)
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const id = teller.make(another => new ExchangeThing(request, response, another))
    const { method = '', url = '', headers, socket } = request
    const head: RequestHead = { method, url, headers, peername: [socket.remoteAddress ?? '', socket.remotePort ?? 0] }
    teller.tell('connection', { id, info: { request: head } })
  })
  server.on('error', error => {
    teller.tell('failed', portable(error))
    teller.over()
  })
  server.listen({ port, ...hosts[0] !== null && { host: hosts[0] }, ...backlog !== undefined && { backlog } }, () => {
    const { address, port: found } = server.address() as AddressInfo
    teller.tell('listening', [[address, found]])
  })
  return {
    do: () => {
      server.close(() => { teller.over() })
      server.closeIdleConnections()
      teller.tell('closed')
    },
  }
}

/** A request and its answer. */
class ExchangeThing extends StreamThing {
  constructor(request: IncomingMessage, private readonly response: ServerResponse, teller: Teller) {
    const joined = new Joined(response, () => { if (!response.writableFinished) request.destroy() })
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
