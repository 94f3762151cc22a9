import { describe } from '../../base/describe.ts'
import { RuntimeError, ValueError } from '../../base/errors.ts'
import type { Coroutine } from '../../generator/types.ts'
import type { ContextManager } from '../../scope/use.ts'
import type { EventLoop } from '../../task/event-loop.ts'
import type { SslOptions } from '../../task/services.ts'
import type { Link } from '../link/link.ts'
import { linkOf } from '../services.ts'
import { type RequestSettings, Requesting, checkedRequest } from './requesting.ts'

export interface SessionOptions {
  /** What all URLs are relative to. */
  readonly baseUrl?: string | URL
  /** What all requests are sent with. */
  readonly headers?: Readonly<Record<string, string>>
  /** How long a request may take with everything, in milliseconds; `null` for no limit. Five minutes by default, as in aiohttp. */
  readonly timeout?: number | null
  /** The URL of a proxy: `'http://proxy.example:3128'`, or with a name and a password, `'http://name:password@proxy.example:3128'`. */
  readonly proxy?: string
  /** How to talk in TLS, if the defaults do not fit. */
  readonly ssl?: SslOptions
  /** How many connections to one server, at most. */
  readonly limit?: number
}

const FIVE_MINUTES = 300_000

let sessions = 0

/**
 * Makes requests, over connections that are kept (aiohttp's `ClientSession`):
 * `yield* use(new ClientSession(), function* (session) {...})`.
 */
export class ClientSession implements ContextManager<ClientSession> {
  private readonly $session = ++sessions
  private $id = -1
  private $link: Link | null = null
  private $isClosed = false

  /** @throws ValueError when the proxy is no URL of one. */
  constructor(private readonly $options: SessionOptions = {}) {
    if ($options.proxy !== undefined) checkProxy($options.proxy)
  }

  /** Is the session closed? */
  get closed(): boolean { return this.$isClosed }

  /** `request('GET', url, settings)`. */
  get(url: string | URL, settings?: RequestSettings): Requesting { return this.request('GET', url, settings) }

  /** `request('POST', url, settings)`. */
  post(url: string | URL, settings?: RequestSettings): Requesting { return this.request('POST', url, settings) }

  /** `request('PUT', url, settings)`. */
  put(url: string | URL, settings?: RequestSettings): Requesting { return this.request('PUT', url, settings) }

  /** `request('PATCH', url, settings)`. */
  patch(url: string | URL, settings?: RequestSettings): Requesting { return this.request('PATCH', url, settings) }

  /** `request('DELETE', url, settings)`. */
  delete(url: string | URL, settings?: RequestSettings): Requesting { return this.request('DELETE', url, settings) }

  /** `request('HEAD', url, settings)`. Redirects are not followed unless the settings say so. */
  head(url: string | URL, settings?: RequestSettings): Requesting {
    return this.request('HEAD', url, { allowRedirects: false, ...settings })
  }

  /**
   * A request, which is sent when it is waited for: `yield* use(session.request('GET', url), function* (response) {...})`, or
   * `const response = yield* session.request('GET', url)`.
   * @throws TypeError, ValueError for what cannot be sent.
   */
  request(method: string, url: string | URL, settings: RequestSettings = {}): Requesting {
    const { baseUrl, headers, timeout = FIVE_MINUTES } = this.$options
    const request = checkedRequest(this.$session, method, url, baseUrl, { timeout, ...settings, headers: { ...headers, ...settings.headers } })
    return new Requesting(request, settings.data, loop => this.$opened(loop))
  }

  /** Close its connections; requests that are under way end with an error. */
  *close(): Coroutine<void> {
    if (this.$isClosed) return
    this.$isClosed = true
    this.$link?.tell(this.$id, 'close')
    this.$link?.drop(this.$id)
  }

  *enter(): Coroutine<this> { return this }

  *exit(): Coroutine<void> { yield* this.close() }

  toString(): string { return `<ClientSession ${this.$isClosed ? 'closed' : 'open'}>` }

  /** Its connections are made with the first request. */
  private $opened(loop: EventLoop): Link {
    if (this.$isClosed) throw new RuntimeError('Session is closed. Make a new ClientSession()', { code: 'SESSION_CLOSED' })
    if (this.$link !== null) return this.$link
    const { proxy, ssl, limit } = this.$options
    const link = this.$link = linkOf(loop, 'a request')
    this.$id = link.open('http client', { session: this.$session, proxy, ssl, limit }, {
      onTold: () => undefined,
      onLost: () => { this.$link = null },
    })
    link.isQuiet(this.$id)
    return link
  }
}


function checkProxy(proxy: unknown): void {
  if (typeof proxy === 'string' && URL.canParse(proxy) && ['http:', 'https:'].includes(new URL(proxy).protocol)) return
  throw new ValueError(`a proxy is an http: or https: URL, not ${describe(proxy)}. Write proxy: 'http://…'`, { code: 'BAD_PROXY' })
}
