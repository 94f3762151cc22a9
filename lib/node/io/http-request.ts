import { PassThrough, type Transform } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import type * as undici from 'undici'
import { load } from '../load.ts'
import { portableError } from './portable-error.ts'
import type { Reporter, Resource } from './resource.ts'

/** What to request. */
export interface RequestOptions {
  readonly session: number
  readonly method: string
  readonly url: string
  /** The scheme, the host and the port of the URL. */
  readonly origin: string
  /** What stands behind them. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  /** The whole body; or `'written'` when it will be written piece by piece; or `null` when there is none. */
  readonly body: Uint8Array | 'written' | null
  readonly maxRedirects: number
  /** For the whole request, in milliseconds. */
  readonly timeout: number | null
}

/** Does a request consist of texts and whole numbers only? A body of bytes does not, nor do wrong values, which are to be refused. */
export function isPlainRequest({ headers, body, maxRedirects, timeout }: RequestOptions): boolean {
  if (typeof body === 'object' && body !== null || !Number.isInteger(maxRedirects) || timeout !== null && !Number.isInteger(timeout)) return false
  for (const name in headers) if (typeof headers[name] !== 'string') return false
  return true
}

/** The head of a response: all but its body. */
export interface ResponseHead {
  readonly status: number
  readonly headers: Readonly<Record<string, string | readonly string[]>>
  readonly url: string
}

type Controller = undici.Dispatcher.DispatchController

/** What can begin with the next round of Node's event loop. */
let starting: (() => void)[] = []

/** Begin in the next round. One call of Node serves all that begin together. */
function startSoon(start: () => void): void { if (starting.push(start) === 1) setImmediate(startAll) }

function startAll(): void {
  const all = starting
  starting = []
  for (const start of all) start()
}

/**
 * A request. It reports the `response`, then the bytes of the body and `eof`; and that it is closed. undici calls it as things
 * happen: with no stream and no promise between, a small request takes half the time.
 */
export class HttpRequest implements Resource, undici.Dispatcher.DispatchHandler {
  private controller: Controller | null = null
  /** Follows redirects. Most requests meet none, so it is made when the first comes. */
  private follower: undici.Dispatcher.DispatchHandler | null = null
  /** The URLs that were asked since then. */
  private history: readonly URL[] | undefined
  /** Is the answer that comes a redirect which is followed? Nothing of it goes to the program. */
  private isLeaving = false
  /** Takes what is written of the body of the request. */
  private readonly upload: PassThrough | null
  /** Takes the body of the response, if it is compressed. */
  private decoder: Transform | null = null
  private readonly timer: NodeJS.Timeout | undefined
  /** Does the program want to read? */
  private reads = true
  /** Is there no room for more bytes on the way to the program? */
  private isFull = false
  /** Has undici told all of the response? */
  private isComplete = false
  private isOver = false

  constructor(private readonly options: RequestOptions, private readonly reporter: Reporter, private readonly dispatcher: undici.Dispatcher) {
    const { timeout, body } = options
    this.upload = body === 'written' ? new PassThrough().on('error', () => undefined) : null
    this.timer = timeout === null ? undefined : setTimeout(() => { this.end(outOfTime(options)) }, timeout)
    // Not at once: undici may refuse it, which can be reported only when this is made. And a connection whose response has just ended is
    // free only after this round of Node's event loop; undici would make another.
    startSoon(() => { this.send() })
  }

  do(command: string): void {
    switch (command) {
      case 'read': this.read(true); break
      case 'pause': this.read(false); break
      case 'eof': this.upload?.end(); break
      case 'close': case 'abort': this.end(null)
    }
  }

  write(bytes: Uint8Array): boolean {
    this.upload?.write(bytes, error => { if (!(error instanceof Error) && !this.isOver) this.reporter.report('written', bytes.length) })
    return false
  }

  resume(): void {
    this.isFull = false
    this.flow()
  }

  // As the handler of a request of undici

  onRequestStart(controller: Controller, context: { readonly history?: readonly URL[] } | undefined): void {
    this.controller = controller
    this.history = context?.history
    if (this.isOver) controller.abort(new Error('the request was given up'))
  }

  onResponseStart(controller: Controller, status: number, headers: object, message?: string): void {
    if (status < 200 || this.isOver) return // it only informs; the response follows
    const received = headers as ResponseHead['headers']
    if (received['location'] !== undefined && this.follower === null && this.options.maxRedirects > 0) {
      this.follow(controller, status, headers, message)
      return
    }
    this.isLeaving = false
    this.reporter.report('response', { status, headers: received, url: this.history === undefined ? this.options.url : String(this.history.at(-1)) } satisfies ResponseHead)
    const encoding = received['content-encoding']
    if (encoding !== undefined && this.options.method !== 'HEAD') this.decode(decoderOf(String(encoding)), controller)
  }

  onResponseData(controller: Controller, chunk: Buffer): void {
    if (this.isLeaving) return
    if (this.decoder === null) this.pass(chunk)
    else if (!this.decoder.write(chunk)) controller.pause()
  }

  onResponseEnd(controller: Controller, trailers: object): void {
    if (this.isLeaving) {
      this.isLeaving = false
      this.follower?.onResponseEnd?.(controller, trailers as never) // it asks for the next
      return
    }
    this.isComplete = true
    if (this.decoder === null) this.complete()
    else this.decoder.end()
  }

  onResponseError(_controller: Controller, error: Error): void { this.end(error) }

  private send(): void {
    if (this.isOver) return
    try {
      this.dispatcher.dispatch(this.what, this)
    } catch (error) {
      this.end(error)
    }
  }

  private get what(): undici.Dispatcher.DispatchOptions {
    const { method, origin, path, headers, body } = this.options
    return { method, origin, path, headers, body: this.upload ?? body }
  }

  /** The answer points elsewhere. What follows it gives this answer back if it is the last that may be followed, or cannot be. */
  private follow(controller: Controller, status: number, headers: object, message: string | undefined): void {
    const { RedirectHandler } = load('undici') as typeof undici
    const { dispatcher, options: { maxRedirects } } = this
    const follower = this.follower = new RedirectHandler((...asked) => dispatcher.dispatch(...asked), maxRedirects, this.what, this) as undici.Dispatcher.DispatchHandler
    this.isLeaving = true
    follower.onRequestStart?.(controller, {})
    follower.onResponseStart?.(controller, status, headers as never, message)
  }

  private decode(decoder: Transform | null, controller: Controller): void {
    if (decoder === null) return
    this.decoder = decoder
    decoder.on('data', (chunk: Buffer) => { this.pass(chunk) })
    decoder.on('drain', () => { controller.resume() })
    decoder.on('end', () => { this.complete() })
    decoder.on('error', error => { this.end(error) })
  }

  private pass(chunk: Buffer): void {
    if (this.isOver || chunk.length === 0 || this.reporter.bytes(chunk)) return // undici gives an empty piece now and then
    this.isFull = true
    this.flow()
  }

  private read(reads: boolean): void {
    this.reads = reads
    this.flow()
  }

  private flow(): void {
    const source = this.decoder ?? this.controller
    if (this.reads && !this.isFull) source?.resume()
    else source?.pause()
  }

  private complete(): void {
    if (this.isOver) return
    this.reporter.report('eof')
    this.end(null)
  }

  private end(error: unknown): void {
    if (this.isOver) return
    this.isOver = true
    clearTimeout(this.timer)
    this.upload?.destroy()
    this.decoder?.destroy()
    if (!this.isComplete) this.controller?.abort(error instanceof Error ? error : new Error('the request was given up'))
    this.reporter.report('closed', error === null ? null : portableError(error))
    this.reporter.ended()
  }
}

/** What undoes a compression; `null` for none that is known. */
function decoderOf(encoding: string): Transform | null {
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
