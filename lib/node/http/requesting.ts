import { describe } from '../../base/describe.ts'
import { ArgumentError, RuntimeError, ValueError } from '../../base/errors.ts'
import type { Awaitable, Coroutine, Trap } from '../../generator/types.ts'
import type { ContextManager } from '../../scope/use.ts'
import { StreamReaderProtocol } from '../../streams/stream-protocol.ts'
import { StreamWriter } from '../../streams/stream-writer.ts'
import type { EventLoop } from '../../task/event-loop.ts'
import { getRunningLoop } from '../../task/loops.ts'
import type { RequestOptions, ResponseHead } from '../engine/http-client.ts'
import type { Link } from '../link/link.ts'
import { SocketTransport } from '../net/socket-transport.ts'
import { bytesOf } from '../net/stream-transport.ts'
import { BufferReader } from '../net/streams.ts'
import { type Body, isStream, sendBody } from './body.ts'
import { Response } from './response.ts'

export interface RequestSettings {
  /** What is put behind the URL's question mark. */
  readonly params?: Readonly<Record<string, string | number | boolean>>
  /** What is sent with this request, besides the headers of the session. */
  readonly headers?: Readonly<Record<string, string>>
  /** What is sent: bytes, text, a stream of these; an object of texts is sent as a form. */
  readonly data?: Body | Readonly<Record<string, string>>
  /** What is sent as JSON, in the place of `data`. */
  readonly json?: unknown
  /** For the whole request, in milliseconds; `null` for no limit. */
  readonly timeout?: number | null
  /** True by default. */
  readonly allowRedirects?: boolean
  /** How many redirects are followed; 10 by default. */
  readonly maxRedirects?: number
}

const MAX_REDIRECTS = 10

/** A request that is sent when it is waited for; as a context manager, its response is closed at the end. */
export class Requesting implements ContextManager<Response>, Awaitable<Response> {
  private $response: Response | null = null

  /** @internal */
  constructor(
    private readonly $request: RequestOptions,
    private readonly $data: unknown,
    private readonly $open: (loop: EventLoop) => Link,
  ) {}

  *enter(): Coroutine<Response> { return this.$response = yield* this.$send() }

  *exit(): Coroutine<void> { this.$response?.close() }

  /** `yield*` calls this: it sends the request, and waits for the response. */
  [Symbol.iterator](): Iterator<Trap, Response> { return this.$send() }

  private *$send(): Coroutine<Response> {
    if (this.$response !== null) throw new RuntimeError('cannot reuse a request that was sent. Call session.get() again', { code: 'REQUEST_REUSED' })
    const loop = getRunningLoop()
    const link = this.$open(loop)
    const protocol = new StreamReaderProtocol(new BufferReader({ loop }), null, loop)
    const transport = new SocketTransport(loop, link, protocol, {}, () => undefined)
    transport.$id = link.open('http request', this.$request, transport)
    const sending = this.$request.body === 'written' ? loop.createTask(this.$upload(new StreamWriter(transport, protocol, null, loop))) : null
    try {
      yield* transport.$until('response')
    } finally {
      if (transport.isClosing()) sending?.cancel()
    }
    const head: ResponseHead = {
      status: transport.getExtraInfo('status') as number, headers: transport.getExtraInfo('headers') as ResponseHead['headers'],
      url: transport.getExtraInfo('url') as string,
    }
    return new Response(this.$request.method, head, protocol.$reader, transport)
  }

  /** An error of the stream that is sent ends the request. */
  private *$upload(writer: StreamWriter): Coroutine<void> {
    try {
      yield* sendBody(writer, this.$data as Body)
      writer.writeEof()
    } catch (error) {
      writer.transport.abort()
      throw error
    }
  }
}

/** @throws ValueError when the URL is none; TypeError for what cannot be sent. */
export function checkedRequest(session: number, method: string, url: string | URL, base: string | URL | undefined, settings: RequestSettings): RequestOptions {
  const { params = {}, data, json, timeout = null, allowRedirects = true, maxRedirects = MAX_REDIRECTS } = settings
  const target = checkedUrl(url, base)
  for (const [name, value] of Object.entries(params)) target.searchParams.append(name, String(value))
  const [body, type] = bodyOf(data, json)
  const headers: Record<string, string> = { 'accept': '*/*', 'accept-encoding': 'gzip, deflate, br', 'user-agent': 'yieldfrom' }
  if (type !== null) headers['content-type'] = type
  for (const [name, value] of Object.entries(settings.headers ?? {})) headers[name.toLowerCase()] = value
  return { session, method: method.toUpperCase(), url: target.href, headers, body, maxRedirects: allowRedirects ? maxRedirects : 0, timeout }
}

function checkedUrl(url: string | URL, base: string | URL | undefined): URL {
  let target: URL
  try {
    target = new URL(url, base)
  } catch (cause) {
    throw new ValueError(`${String(url)} is no URL. Write 'http://…', or give the session a baseUrl`, { code: 'BAD_URL', cause })
  }
  if (target.protocol === 'http:' || target.protocol === 'https:') return target
  throw new ValueError(`a request goes to http: or https:, not to ${target.protocol}`, { code: 'BAD_URL' })
}

function bodyOf(data: RequestSettings['data'], json: unknown): [RequestOptions['body'], string | null] {
  if (json !== undefined) {
    if (data !== undefined) throw new ArgumentError('a request takes data or json, not both')
    return [Buffer.from(JSON.stringify(json)), 'application/json']
  }
  if (data === undefined) return [null, null]
  if (isStream(data)) return ['written', 'application/octet-stream']
  if (typeof data === 'string') return [bytesOf(data), 'text/plain; charset=utf-8']
  if (ArrayBuffer.isView(data)) return [bytesOf(data), 'application/octet-stream']
  if (Object.prototype.toString.call(data) === '[object Object]') {
    return [Buffer.from(new URLSearchParams(data as Record<string, string>).toString()), 'application/x-www-form-urlencoded']
  }
  throw new ArgumentError(`data is bytes, text, a stream of these, or a form, not ${describe(data)}. Write json: …, or JSON.stringify(…)`, 'NOT_A_BODY')
}
