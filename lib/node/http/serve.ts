import { adviceFor, isAsyncFunction } from '../../base/advice.ts'
import { checkedCount } from '../../base/checked.ts'
import { describe } from '../../base/describe.ts'
import { ArgumentError } from '../../base/errors.ts'
import { INSPECT } from '../../base/inspect.ts'
import { ConnectionError } from '../../base/os-errors.ts'
import { checkOptions } from '../../base/options.ts'
import { made, refuseExcess } from '../../generator/made.ts'
import type { Coroutine } from '../../generator/types.ts'
import type { StreamReader } from '../../streams/stream-reader.ts'
import type { StreamReaderProtocol } from '../../streams/stream-protocol.ts'
import type { StreamWriter } from '../../streams/stream-writer.ts'
import type { EventLoop } from '../../task/event-loop.ts'
import { getRunningLoop } from '../../task/loops.ts'
import type { SslOptions } from '../../task/services.ts'
import type { Server } from '../../transport/server.ts'
import type { AnswerHead, RequestHead } from '../io/http-server.ts'
import { newStreamProtocol } from '../net/new-stream-protocol.ts'
import { checkServerSsl } from '../net/checked-options.ts'
import { checkedHosts, checkedPort } from '../net/checked-place.ts'
import { NodeServer } from '../net/server.ts'
import type { StreamTransport } from '../net/stream-transport.ts'
import { linkOf } from '../services.ts'
import type { Answer } from './answer.ts'
import { HasBody, callsOf, isStream, sendBody } from './body.ts'
import { checkedAnswer, checkedAnswering } from './checked-answer.ts'
import { Headers } from './headers.ts'

const CALLS = callsOf('request')

/** A request, as the handler of a server gets it. */
export class ServerRequest extends HasBody {
  /** `GET`, `POST` and so on. */
  readonly method: string
  /** The path with the query. */
  readonly url: string
  /** The path without what stands behind the question mark. */
  readonly path: string
  /** What stands behind the question mark. */
  readonly query: URLSearchParams
  /** The headers of the request. Small and capital letters are the same. */
  readonly headers: Headers
  /** The address and the port of who asks. */
  readonly peername: readonly [string, number]

  /** @internal */
  constructor(
    head: RequestHead,
    /** The body, as a stream. */
    readonly content: StreamReader,
  ) {
    super()
    this.method = head.method
    this.url = head.url
    const { pathname, searchParams } = new URL(head.url, 'http://localhost')
    this.path = pathname
    this.query = searchParams
    this.headers = new Headers(head.headers)
    this.peername = head.peername
  }

  /** @internal */
  get $calls(): typeof CALLS { return CALLS }

  override toString(): string { return `<ServerRequest ${this.method} ${this.url}>` }

  /** @internal */
  [INSPECT](): string { return this.toString() }
}

export type RequestHandler = (request: ServerRequest) => Coroutine<Answer>

export interface ServeOptions {
  /** With 0, the default, the system takes a free port, which `server.sockets` tells. */
  readonly port?: number
  /** The address to listen at, or `null` for all addresses of the computer; `127.0.0.1` by default. */
  readonly host?: string | null
  /** The certificate and the key, for HTTPS. */
  readonly ssl?: SslOptions
  /** How many connections may wait until the server takes them. */
  readonly backlog?: number
}

const SERVE = { call: 'serve(handler, { port: 8080 })', names: ['port', 'host', 'ssl', 'backlog'] }

/**
 * Start a small HTTP server: `const server = yield* serve(function* (request) { return { body: 'hello' } }, { port: 8080 })`.
 * @param handler a coroutine function that returns the answer to a request. It runs in a task of its own for each request.
 * @returns the server, which listens already.
 * @throws OSError when it cannot listen there; TypeError when `handler` is not a function.
 */
export function serve(handler: RequestHandler, options: ServeOptions = {}): Coroutine<Server> {
  refuseExcess('serve(…)', arguments.length - 2, `Write ${SERVE.call}`)
  return made(serving(handler, options), 'serve(…)')
}

function* serving(handler: RequestHandler, options: ServeOptions): Coroutine<Server> {
  if (typeof handler !== 'function') {
    throw new ArgumentError(`serve() takes a coroutine function, not ${describe(handler)}. Write serve(function* (request) {...})`, 'NOT_CALLABLE')
  }
  if (isAsyncFunction(handler)) throw new ArgumentError(`serve() takes a coroutine function, not ${adviceFor(handler, '…')}`, 'NOT_CALLABLE')
  checkOptions(options, SERVE)
  checkServerSsl(options.ssl)
  if (options.backlog !== undefined) checkedCount('backlog', options.backlog)
  const { port = 0, host = '127.0.0.1', ...rest } = options
  const loop = getRunningLoop()
  const factory = (): StreamReaderProtocol => newStreamProtocol(loop, (reader, writer) => answer(loop, handler, reader, writer))
  const server = new NodeServer(loop, linkOf(loop, 'serve()'), factory, { ...rest, hosts: checkedHosts(host, port), port: checkedPort(port) }, 'http server')
  yield* server.startServing()
  return server
}

function* answer(loop: EventLoop, handler: RequestHandler, reader: StreamReader, writer: StreamWriter): Coroutine<void> {
  const request = new ServerRequest(writer.getExtraInfo('request') as RequestHead, reader)
  let answered: Answer
  try {
    answered = checkedAnswer(yield* checkedAnswering(handler(request)))
  } catch (exception) {
    if (writer.isClosing()) throw exception
    loop.callExceptionHandler({ message: `the handler of ${request.method} ${request.url} failed`, exception })
    answered = { status: 500, body: 'Internal Server Error' }
  }
  const { body } = answered
  sendHead(writer, answered)
  try {
    if (body !== undefined) yield* sendBody(writer, body)
  } catch (error) {
    if (!(error instanceof ConnectionError)) throw error // the client has gone
  }
  writer.close()
}

function sendHead(writer: StreamWriter, { status = 200, headers = {}, body }: Answer): void {
  const length = body === undefined ? 0 : isStream(body) ? null : Buffer.byteLength(body)
  const all = length === null || hasLength(headers) ? headers : { ...headers, 'content-length': String(length) }
  const head: AnswerHead = { status, headers: all };
  (writer.transport as StreamTransport).$tell('head', head)
}

function hasLength(headers: object): boolean { return Object.keys(headers).some(name => name.toLowerCase() === 'content-length') }
