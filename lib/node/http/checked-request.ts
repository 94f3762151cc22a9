import { checkedCount, checkedNumber } from '../../base/checked.ts'
import { describe } from '../../base/describe.ts'
import { ArgumentError } from '../../base/errors.ts'
import { type OptionNames, checkOptions } from '../../base/options.ts'
import type { RequestOptions } from '../io/http-request.ts'
import { bytesOf } from '../net/bytes-of.ts'
import { type Body, isStream } from './body.ts'
import type { Targets } from './targets.ts'

export interface RequestSettings {
  /** The query of the URL, which stands behind its question mark. */
  readonly params?: Readonly<Record<string, string | number | boolean>>
  /** What is sent with this request, besides the headers of the session. */
  readonly headers?: Readonly<Record<string, string>>
  /** The body: bytes, text, or a stream of these. An object whose values are texts is sent as a form. */
  readonly data?: Body | Readonly<Record<string, string>>
  /** The body, to be sent as JSON. It takes the place of `data`. */
  readonly json?: unknown
  /** The longest time for the whole request, in milliseconds; `null` for no limit. By default, that of the session. */
  readonly timeout?: number | null
  /** Follow redirects? True by default, except for `head()`. */
  readonly allowRedirects?: boolean
  /** The largest number of redirects; ten by default. */
  readonly maxRedirects?: number
}

const MAX_REDIRECTS = 10

const NAMES = ['params', 'headers', 'data', 'json', 'timeout', 'allowRedirects', 'maxRedirects']
const of = (call: string): OptionNames => ({ call: `session.${call}, { timeout: 1000 })`, names: NAMES })
const SETTINGS = {
  get: of('get(url'), post: of('post(url'), put: of('put(url'), patch: of('patch(url'), delete: of('delete(url'), head: of('head(url'), request: of("request('GET', url"),
}

const withData = (call: string): OptionNames => ({ call: `session.${call}, { data: 'text' })`, names: NAMES })
/** The same for those who gave the data itself. */
const WITH_DATA = { ...SETTINGS, post: withData('post(url'), put: withData('put(url'), patch: withData('patch(url'), request: withData("request('POST', url") }

function isData(settings: unknown): boolean { return typeof settings === 'string' || ArrayBuffer.isView(settings) }

/**
 * The settings of a request.
 * @param method the method of the session that the program has called.
 * @throws TypeError for a setting that does not exist.
 */
export function checkedSettings(method: keyof typeof SETTINGS, settings: RequestSettings): RequestSettings {
  checkOptions(settings, isData(settings) ? WITH_DATA[method] : SETTINGS[method])
  const { params, headers, timeout, maxRedirects } = settings
  checkNames('params', params)
  checkNames('headers', headers)
  checkTimeout(timeout)
  if (maxRedirects !== undefined) checkedCount('a request, for maxRedirects,', maxRedirects)
  return settings
}

type Headers = Readonly<Record<string, string>>

/** What each request sends. */
const DEFAULTS: Headers = { 'accept': '*/*', 'accept-encoding': 'gzip, deflate, br', 'user-agent': 'yieldfrom' }

/** Headers that are sent, and further ones. Those take the place of headers with the same name. */
export function withHeaders(headers: Headers, more: Headers | undefined): Headers {
  if (more === undefined) return headers
  const all: Record<string, string> = { ...headers }
  for (const [name, value] of Object.entries(more)) all[name.toLowerCase()] = value
  return all
}

/** The headers of all requests of a session. */
export function headersOfSession(headers: Headers | undefined): Headers { return withHeaders(DEFAULTS, headers) }

/** What all requests of a session have in common. */
export interface Common {
  readonly session: number
  readonly targets: Targets
  /** Headers that each request sends. */
  readonly headers: Headers
  /** The time limit of those that have none, in milliseconds. */
  readonly timeout: number | null
}

/** @throws TypeError when it is no object of names and values. */
export function checkNames(what: string, values: unknown): void {
  if (values === undefined || (typeof values === 'object' && values !== null && !Array.isArray(values))) return
  throw new ArgumentError(`${what} must be an object, { name: value }, not ${describe(values)}`, 'NOT_AN_OBJECT')
}

/** @throws TypeError when it is neither a number nor `null`. */
export function checkTimeout(timeout: unknown): void {
  if (timeout !== undefined && timeout !== null) checkedNumber('a request, for timeout,', timeout)
}

/** What the I/O side needs for a request. @throws ValueError when the URL is wrong; TypeError when the data cannot be sent. */
export function checkedRequest(common: Common, method: string, url: string | URL, settings: RequestSettings): RequestOptions {
  const { params, data, json, timeout = common.timeout, allowRedirects = true, maxRedirects = MAX_REDIRECTS } = settings
  const target = common.targets.of(url, params)
  const [body, type] = bodyOf(data, json)
  const typed = type === null || 'content-type' in common.headers ? common.headers : { ...common.headers, 'content-type': type }
  return {
    session: common.session, method: method.toUpperCase(), url: target.url, origin: target.origin, path: target.path, headers: withHeaders(typed, settings.headers),
    body, maxRedirects: allowRedirects ? maxRedirects : 0, timeout,
  }
}

/** A value as JSON. @throws TypeError when JSON cannot hold it. */
function written(value: unknown): string {
  let text: string | undefined
  try {
    text = JSON.stringify(value)
  } catch { /* it has a circle, or a bigint */ }
  if (text !== undefined) return text
  throw new ArgumentError(`json must be what JSON can hold, not ${describe(value)}`, 'NOT_PLAIN')
}

type TypedBody = readonly [RequestOptions['body'], string | null]

const NO_BODY: TypedBody = [null, null]

function bodyOf(data: RequestSettings['data'], json: unknown): TypedBody {
  if (json !== undefined) {
    if (data !== undefined) throw new ArgumentError('a request takes data or json, not both')
    return [Buffer.from(written(json)), 'application/json']
  }
  if (data === undefined) return NO_BODY
  if (isStream(data)) return ['written', 'application/octet-stream']
  if (typeof data === 'string') return [bytesOf(data), 'text/plain; charset=utf-8']
  if (ArrayBuffer.isView(data)) return [bytesOf(data), 'application/octet-stream']
  if (Object.prototype.toString.call(data) === '[object Object]' && !(Symbol.iterator in data)) {
    return [Buffer.from(new URLSearchParams(data as Record<string, string>).toString()), 'application/x-www-form-urlencoded']
  }
  throw new ArgumentError(`data must be bytes, text, a stream of these, or a form, not ${describe(data)}. Write json: …, or JSON.stringify(…)`, 'NOT_A_BODY')
}
