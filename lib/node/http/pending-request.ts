import { RuntimeError } from '../../base/errors.ts'
import { INSPECT } from '../../base/inspect.ts'
import type { Awaitable, Coroutine, Trap } from '../../generator/types.ts'
import type { ContextManager } from '../../scope/use.ts'
import { StreamWriter } from '../../streams/stream-writer.ts'
import type { EventLoop } from '../../task/event-loop.ts'
import { getRunningLoop } from '../../task/loops.ts'
import type { RequestOptions, ResponseHead } from '../io/http-request.ts'
import type { Link } from '../link/link.ts'
import { newStreamProtocol } from '../net/new-stream-protocol.ts'
import { SocketTransport } from '../net/socket-transport.ts'
import { type Body, sendBody } from './body.ts'
import { Response } from './response.ts'

/** A session, as far as its requests need it. */
interface Opening {
  $opened(loop: EventLoop): Link
}

/** A request that is sent when a coroutine waits for it. Used as a context manager, it closes its response at the end. */
export class PendingRequest implements ContextManager<Response>, Awaitable<Response> {
  private $response: Response | null = null

  /** @internal */
  constructor(
    private readonly $request: RequestOptions,
    private readonly $data: unknown,
    private readonly $session: Opening,
  ) {}

  *enter(): Coroutine<Response> { return this.$response = yield* this.$send() }

  *exit(): Coroutine<void> { this.$response?.close() }

  /** `yield*` calls this: it sends the request, and waits for the response. */
  [Symbol.iterator](): Iterator<Trap, Response> { return this.$send() }

  toString(): string { return `<PendingRequest ${this.$request.method} ${this.$request.url}${this.$response === null ? '' : ' answered'}>` }

  /** @internal */
  [INSPECT](): string { return this.toString() }

  private *$send(): Coroutine<Response> {
    if (this.$response !== null) throw new RuntimeError('cannot reuse a request that was sent. Call session.get() again', { code: 'REQUEST_REUSED' })
    const loop = getRunningLoop()
    const link = this.$session.$opened(loop)
    const protocol = newStreamProtocol(loop)
    const transport = new SocketTransport(loop, link, protocol)
    transport.$open('http request', this.$request)
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

  /** Send a body that is a stream. If the stream throws, the request ends. */
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
