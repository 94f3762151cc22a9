import { checkedCount, checkedText } from '../../base/checked.ts'
import { describe } from '../../base/describe.ts'
import { RuntimeError, ValueError } from '../../base/errors.ts'
import { INSPECT } from '../../base/inspect.ts'
import { checkOptions } from '../../base/options.ts'
import { made, refuseExcess } from '../../generator/made.ts'
import type { Coroutine } from '../../generator/types.ts'
import type { ContextManager } from '../../scope/use.ts'
import type { EventLoop } from '../../task/event-loop.ts'
import type { SslOptions } from '../../task/services.ts'
import type { Link } from '../link/link.ts'
import { linkOf } from '../services.ts'
import { checkSsl } from '../net/checked-options.ts'
import { type Common, type RequestSettings, checkNames, checkTimeout, checkedRequest, checkedSettings, headersOfSession } from './checked-request.ts'
import { PendingRequest } from './pending-request.ts'
import { Targets } from './targets.ts'

export interface SessionOptions {
  /** The URL that relative URLs begin from. */
  readonly baseUrl?: string | URL
  /** Headers of all requests. */
  readonly headers?: Readonly<Record<string, string>>
  /** The longest time for a whole request, in milliseconds; `null` for no limit. Five minutes by default, as in aiohttp. */
  readonly timeout?: number | null
  /** The URL of a proxy: `'http://proxy.example:3128'`, or with a name and a password, `'http://name:password@proxy.example:3128'`. */
  readonly proxy?: string
  /** The options of TLS, as of Node's `tls.connect()`. */
  readonly ssl?: SslOptions
  /** The largest number of connections to one server; no limit by default. */
  readonly limit?: number
}

const FIVE_MINUTES = 300_000
const NO_SETTINGS: RequestSettings = {}
const FOR_SETTINGS = 'All settings stand in one object: { headers, json, timeout }'
const SESSION = { call: "new ClientSession({ baseUrl: 'http://…' })", names: ['baseUrl', 'headers', 'timeout', 'proxy', 'ssl', 'limit'] }

let sessions = 0

/**
 * Sends HTTP requests, and keeps connections for the next requests: `yield* use(new ClientSession(), function* (session) {...})`.
 * It is aiohttp's `ClientSession`.
 */
export class ClientSession implements ContextManager<ClientSession> {
  private readonly $common: Common
  private $id = 0
  private $link: Link | null = null
  private $isClosed = false

  /** @throws TypeError when an option is wrong; ValueError when `proxy` is not an `http:` or `https:` URL. */
  constructor(private readonly $options: SessionOptions = {}) {
    checkOptions($options, SESSION)
    checkSsl($options.ssl)
    checkSettings($options)
    if ($options.proxy !== undefined) checkProxy($options.proxy)
    const { baseUrl, headers, timeout = FIVE_MINUTES } = $options
    this.$common = { session: ++sessions, targets: new Targets(baseUrl), headers: headersOfSession(headers), timeout }
  }

  /** Is the session closed? */
  get closed(): boolean { return this.$isClosed }

  /** `request('GET', url, settings)`. */
  get(url: string | URL, settings: RequestSettings = NO_SETTINGS): PendingRequest {
    refuseExcess('session.get(…)', arguments.length - 2, FOR_SETTINGS)
    return made(this.$request('GET', url, checkedSettings('get', settings)), 'session.get(…)')
  }

  /** `request('POST', url, settings)`. */
  post(url: string | URL, settings: RequestSettings = NO_SETTINGS): PendingRequest {
    refuseExcess('session.post(…)', arguments.length - 2, FOR_SETTINGS)
    return made(this.$request('POST', url, checkedSettings('post', settings)), 'session.post(…)')
  }

  /** `request('PUT', url, settings)`. */
  put(url: string | URL, settings: RequestSettings = NO_SETTINGS): PendingRequest {
    refuseExcess('session.put(…)', arguments.length - 2, FOR_SETTINGS)
    return made(this.$request('PUT', url, checkedSettings('put', settings)), 'session.put(…)')
  }

  /** `request('PATCH', url, settings)`. */
  patch(url: string | URL, settings: RequestSettings = NO_SETTINGS): PendingRequest {
    refuseExcess('session.patch(…)', arguments.length - 2, FOR_SETTINGS)
    return made(this.$request('PATCH', url, checkedSettings('patch', settings)), 'session.patch(…)')
  }

  /** `request('DELETE', url, settings)`. */
  delete(url: string | URL, settings: RequestSettings = NO_SETTINGS): PendingRequest {
    refuseExcess('session.delete(…)', arguments.length - 2, FOR_SETTINGS)
    return made(this.$request('DELETE', url, checkedSettings('delete', settings)), 'session.delete(…)')
  }

  /** `request('HEAD', url, settings)`. Redirects are not followed unless the settings say so. */
  head(url: string | URL, settings: RequestSettings = NO_SETTINGS): PendingRequest {
    refuseExcess('session.head(…)', arguments.length - 2, FOR_SETTINGS)
    return made(this.$request('HEAD', url, { allowRedirects: false, ...checkedSettings('head', settings) }), 'session.head(…)')
  }

  /**
   * A request. It is sent when a coroutine waits for it: `yield* use(session.request('GET', url), function* (response) {...})`, or
   * `const response = yield* session.request('GET', url)`.
   * @throws ValueError when the URL is wrong; TypeError when the data cannot be sent.
   */
  request(method: string, url: string | URL, settings: RequestSettings = NO_SETTINGS): PendingRequest {
    refuseExcess('session.request(…)', arguments.length - 3, FOR_SETTINGS)
    return made(this.$request(checkedText('request()', method), url, checkedSettings('request', settings)), 'session.request(…)')
  }

  private $request(method: string, url: string | URL, settings: RequestSettings): PendingRequest {
    return new PendingRequest(checkedRequest(this.$common, method, url, settings), settings.data, this)
  }

  /** Close the connections. Requests that are under way end with an error. */
  close(): Coroutine<void> { return made(this.$$close(), 'session.close()', arguments.length) }

  private *$$close(): Coroutine<void> {
    if (this.$isClosed) return
    this.$isClosed = true
    this.$link?.tell(this.$id, 'close')
    this.$link?.drop(this.$id)
  }

  *enter(): Coroutine<this> { return this }

  *exit(): Coroutine<void> { yield* this.close() }

  toString(): string { return `<ClientSession ${this.$isClosed ? 'closed' : 'open'}>` }

  /** @internal */
  [INSPECT](): string { return this.toString() }

  /** The link, with the resource of this session, which is opened at the first request. @internal */
  $opened(loop: EventLoop): Link {
    if (this.$isClosed) throw new RuntimeError('Session is closed. Make a new ClientSession()', { code: 'SESSION_CLOSED' })
    if (this.$link !== null) return this.$link
    const { proxy, ssl, limit } = this.$options
    const link = this.$link = linkOf(loop, 'a request')
    this.$id = link.open('http client', { session: this.$common.session, proxy, ssl, limit }, {
      $onReport: () => undefined,
      $onLost: () => { this.$link = null },
    })
    link.isQuiet(this.$id)
    return link
  }
}

/** What would be told at the first request otherwise. */
function checkSettings({ baseUrl, headers, timeout, limit }: SessionOptions): void {
  if (baseUrl !== undefined && !URL.canParse(String(baseUrl))) {
    throw new ValueError(`a baseUrl must be a whole URL, not ${describe(baseUrl)}. Write baseUrl: 'http://…'`, { code: 'BAD_URL' })
  }
  checkNames('headers', headers)
  checkTimeout(timeout)
  if (limit !== undefined) checkedCount('ClientSession({ limit })', limit)
}

function checkProxy(proxy: unknown): void {
  if (typeof proxy === 'string' && URL.canParse(proxy) && ['http:', 'https:'].includes(new URL(proxy).protocol)) return
  throw new ValueError(`a proxy must be an http: or https: URL, not ${describe(proxy)}. Write proxy: 'http://…'`, { code: 'BAD_PROXY' })
}
