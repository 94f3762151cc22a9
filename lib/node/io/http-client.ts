import { PassThrough, type Readable, pipeline } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import type * as undici from 'undici'
import type { SslOptions } from '../../task/services.ts'
import { load } from '../load.ts'
import { JoinedStream } from './joined-stream.ts'
import { StreamResource } from './stream-resource.ts'
import type { Maker, Reporter } from './resource.ts'

/** What all connections of a session have in common. */
export interface ClientOptions {
  readonly session: number
  readonly proxy?: string | undefined
  readonly ssl?: SslOptions | undefined
  /** The largest number of connections to one server. */
  readonly limit?: number | undefined
}

/** What to request. */
export interface RequestOptions {
  readonly session: number
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** The whole body; or `'written'` when it will be written piece by piece; or `null` when there is none. */
  readonly body: Uint8Array | 'written' | null
  readonly maxRedirects: number
  /** For the whole request, in milliseconds. */
  readonly timeout: number | null
}

/** The head of a response: all but its body. */
export interface ResponseHead {
  readonly status: number
  readonly headers: Readonly<Record<string, string | readonly string[]>>
  readonly url: string
}

const sessions = new Map<number, undici.Dispatcher>()

/** The connections of a session. Its requests share them. Any command closes them. */
export const makeHttpClient: Maker = (options: ClientOptions, reporter) => {
  const { session } = options
  const dispatcher = newDispatcher(options)
  sessions.set(session, dispatcher)
  return {
    do: () => {
      sessions.delete(session)
      dispatcher.destroy().then(() => { reporter.ended() }, () => { reporter.ended() })
    },
  }
}

function newDispatcher({ proxy, ssl, limit }: ClientOptions): undici.Dispatcher {
  const { Agent, Pool, ProxyAgent } = load('undici') as typeof undici
  const tls = ssl as undici.buildConnector.BuildOptions | undefined
  const settings = { connections: limit ?? null, headersTimeout: 0, bodyTimeout: 0 }
  if (proxy === undefined) return new Agent({ ...settings, ...tls !== undefined && { connect: tls } })
  return new ProxyAgent({
    ...settings, uri: proxy, proxyTunnel: false, // only requests in TLS need a tunnel
    ...tls !== undefined && { requestTls: tls, proxyTls: { ...tls, servername: '' } }, // a `servername` is the name of the server, not of the proxy
    factory: (origin, options) => new Pool(origin, { ...settings, ...options as undici.Pool.Options }), // undici forgets the settings on the way to a proxy
  })
}

/** A request. It reports the `response`, whose body can be read then. Or it reports that it is closed. */
export const makeHttpRequest: Maker = (options: RequestOptions, reporter) => new RequestResource(options, reporter)

class RequestResource extends StreamResource {
  constructor(options: RequestOptions, reporter: Reporter) {
    const controller = new AbortController()
    const upload = options.body === 'written' ? new PassThrough() : null
    const joined = new JoinedStream(upload, () => {
      clearTimeout(timer)
      controller.abort()
    })
    super(joined, reporter)
    const timer = options.timeout === null ? undefined : setTimeout(() => { joined.destroy(outOfTime(options)) }, options.timeout)
    this.send(options, upload ?? options.body as Uint8Array | null, joined, controller.signal)
  }

  private send(options: RequestOptions, body: Readable | Uint8Array | null, joined: JoinedStream, signal: AbortSignal): void {
    const { request, interceptors } = (load('undici') as typeof undici)
    const base = sessions.get(options.session) as undici.Dispatcher
    const { maxRedirects: maxRedirections, method, headers } = options
    const dispatcher = maxRedirections === 0 ? base : base.compose(interceptors.redirect({ maxRedirections }))
    const sent = Promise.resolve().then(() => request(options.url, { dispatcher, method, headers, body, signal })) // what it throws at once is caught, too
    sent.then(({ statusCode, headers: received, body: stream, context }) => {
      const { history } = Object(context) as { history?: readonly URL[] }
      this.reporter.report('response', { status: statusCode, headers: received as ResponseHead['headers'], url: String(history?.at(-1) ?? options.url) } satisfies ResponseHead)
      joined.readFrom(decoded(stream, String(received['content-encoding'] ?? ''), method))
      joined.once('end', () => { joined.destroy() })
    }, (error: unknown) => { joined.destroy(error as Error) })
  }
}

/** The body, without its compression. */
function decoded(body: Readable, encoding: string, method: string): Readable {
  const decoder = method === 'HEAD' ? null : decoderOf(encoding)
  return decoder === null ? body : pipeline(body, decoder, () => undefined)
}

function decoderOf(encoding: string): ReturnType<typeof createGunzip> | null {
  switch (encoding.toLowerCase()) {
    case 'gzip': case 'x-gzip': return createGunzip()
    case 'deflate': return createInflate()
    case 'br': return createBrotliDecompress()
    default: return null
  }
}

function outOfTime({ timeout, url }: RequestOptions): Error {
  return Object.assign(new Error(`${url} did not answer within ${timeout ?? 0} ms`), { code: 'TIMED_OUT' })
}
