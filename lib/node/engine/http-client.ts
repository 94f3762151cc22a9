import { PassThrough, type Readable, pipeline } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import type * as undici from 'undici'
import type { SslOptions } from '../../task/services.ts'
import { load } from '../load.ts'
import { Joined } from './joined.ts'
import { StreamThing } from './stream-thing.ts'
import type { Maker, Teller } from './thing.ts'

/** How the connections of a session are. */
export interface ClientOptions {
  readonly session: number
  readonly proxy?: string | undefined
  readonly ssl?: SslOptions | undefined
  /** How many connections to one server, at most. */
  readonly limit?: number | undefined
}

/** A request. */
export interface RequestOptions {
  readonly session: number
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** All of it; or it will be written; or there is none. */
  readonly body: Uint8Array | 'written' | null
  readonly maxRedirects: number
  /** In milliseconds, for all of it. */
  readonly timeout: number | null
}

/** What a response begins with. */
export interface ResponseHead {
  readonly status: number
  readonly headers: Readonly<Record<string, string | readonly string[]>>
  readonly url: string
}

const sessions = new Map<number, undici.Dispatcher>()

/** The connections of a session, which its requests share. */
export const makeHttpClient: Maker = (options: ClientOptions, teller) => {
  const { session } = options
  const dispatcher = newDispatcher(options)
  sessions.set(session, dispatcher)
  return {
    do: () => {
      sessions.delete(session)
      dispatcher.destroy().then(() => { teller.over() }, () => { teller.over() })
    },
  }
}

function newDispatcher({ proxy, ssl, limit }: ClientOptions): undici.Dispatcher {
  const { Agent, Pool, ProxyAgent } = load('undici') as typeof undici
  const tls = ssl as undici.buildConnector.BuildOptions | undefined
  const settings = { connections: limit ?? null, headersTimeout: 0, bodyTimeout: 0 }
  if (proxy === undefined) return new Agent({ ...settings, ...tls !== undefined && { connect: tls } })
  return new ProxyAgent({
    ...settings, uri: proxy, proxyTunnel: false, // only TLS needs a tunnel
    ...tls !== undefined && { requestTls: tls, proxyTls: { ...tls, servername: '' } }, // the name is that of the server
    factory: (origin, options) => new Pool(origin, { ...settings, ...options as undici.Pool.Options }), // undici forgets the settings on the way to a proxy
  })
}

/** A request: the `response` is told, and its body read; or that it is closed. */
export const makeHttpRequest: Maker = (options: RequestOptions, teller) => new RequestThing(options, teller)

class RequestThing extends StreamThing {
  constructor(options: RequestOptions, teller: Teller) {
    const controller = new AbortController()
    const upload = options.body === 'written' ? new PassThrough() : null
    const joined = new Joined(upload, () => {
      clearTimeout(timer)
      controller.abort()
    })
    super(joined, teller)
    const timer = options.timeout === null ? undefined : setTimeout(() => { joined.destroy(outOfTime(options)) }, options.timeout)
    this.send(options, upload ?? options.body as Uint8Array | null, joined, controller.signal)
  }

  private send(options: RequestOptions, body: Readable | Uint8Array | null, joined: Joined, signal: AbortSignal): void {
    const { request, interceptors } = (load('undici') as typeof undici)
    const base = sessions.get(options.session) as undici.Dispatcher
    const { maxRedirects: maxRedirections, method, headers } = options
    const dispatcher = maxRedirections === 0 ? base : base.compose(interceptors.redirect({ maxRedirections }))
    Promise.resolve().then(() => request(options.url, { dispatcher, method: method, headers, body, signal })).then(({ statusCode, headers: received, body: stream, context }) => {
      const { history } = Object(context) as { history?: readonly URL[] }
      this.teller.tell('response', { status: statusCode, headers: received as ResponseHead['headers'], url: String(history?.at(-1) ?? options.url) } satisfies ResponseHead)
      joined.readFrom(decoded(stream, String(received['content-encoding'] ?? ''), method))
      joined.once('end', () => { joined.destroy() })
    }, (error: unknown) => { joined.destroy(error as Error) })
  }
}

/** What comes, without its compression. */
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
