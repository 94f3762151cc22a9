import { STATUS_CODES } from 'node:http'
import { INSPECT } from '../../base/inspect.ts'
import { ClientError } from '../../base/os-errors.ts'
import type { Coroutine } from '../../generator/types.ts'
import type { StreamReader } from '../../streams/stream-reader.ts'
import type { Transport } from '../../transport/transport.ts'
import type { ResponseHead } from '../io/http-request.ts'
import { HasBody, callsOf } from './body.ts'
import { Headers } from './headers.ts'

const CALLS = callsOf('response')

/** The answer of a server. It is aiohttp's `ClientResponse`. */
export class Response extends HasBody {
  /** The number of the status: 200, 404. */
  readonly status: number
  /** The words for the status, such as `Not Found`. */
  readonly reason: string
  /** The headers of the answer. Small and capital letters are the same. */
  readonly headers: Headers
  /** The URL that answered, after all redirects. */
  readonly url: string

  /** @internal */
  constructor(
    /** The method of the request: `GET`, `POST` and so on. */
    readonly method: string,
    head: ResponseHead,
    /** The body, as a stream. */
    override readonly content: StreamReader,
    private readonly $transport: Transport,
  ) {
    super()
    this.status = head.status
    this.reason = STATUS_CODES[head.status] ?? ''
    this.headers = new Headers(head.headers)
    this.url = head.url
  }

  /** @internal */
  get $calls(): typeof CALLS { return CALLS }

  /** Is the status below 400? */
  get ok(): boolean { return this.status < 400 }

  /** @throws ClientError when the status is 400 or more. */
  raiseForStatus(): void {
    if (!this.ok) throw new ClientError(`${this.status} ${this.reason}: ${this.method} ${this.url}`, { code: `HTTP_${this.status}` })
  }

  /** Close the response. What was not read of its body is dropped. */
  close(): void { this.$transport.abort() }

  /** Use the response in a block. */
  *enter(): Coroutine<this> { return this }

  /** The block ends, and the response is closed. */
  *exit(): Coroutine<void> { this.close() }

  override toString(): string { return `<Response ${this.status} ${this.reason} ${this.url}>` }

  /** @internal */
  [INSPECT](): string { return this.toString() }
}
