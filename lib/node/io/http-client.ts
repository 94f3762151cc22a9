import type * as undici from 'undici'
import type { SslOptions } from '../../task/services.ts'
import { load } from '../load.ts'
import { HttpRequest, type RequestOptions } from './http-request.ts'
import type { Maker } from './resource.ts'

/** What all connections of a session have in common. */
export interface ClientOptions {
  readonly session: number
  readonly proxy?: string | undefined
  readonly ssl?: SslOptions | undefined
  /** The largest number of connections to one server. */
  readonly limit?: number | undefined
}

/** The connections of each session, which its requests share. */
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

/** A request of a session. */
export const makeHttpRequest: Maker = (options: RequestOptions, reporter) => new HttpRequest(options, reporter, sessions.get(options.session) as undici.Dispatcher)
