import { PassThrough, type Transform } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import type { Dispatcher } from 'undici'
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

/** The head of a response: all but its body. */
export interface ResponseHead {
  readonly status: number
  readonly headers: Readonly<Record<string, string | readonly string[]>>
  readonly url: string
}

type Controller = Dispatcher.DispatchController

/**
 * A request. It reports the `response`, then the bytes of the body and `eof`; and that it is closed. undici calls it as things
 * happen: with no stream and no promise between, a small request takes half the time.
 */
export class HttpRequest implements Resource, Dispatcher.DispatchHandler {
  private controller: Controller | null = null
  /** The URLs that were asked, when redirects are followed. */
  private history: readonly URL[] | undefined
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

  constructor(private readonly options: RequestOptions, private readonly reporter: Reporter, dispatcher: Dispatcher) {
    const { timeout, body } = options
    this.upload = body === 'written' ? new PassThrough().on('error', () => undefined) : null
    this.timer = timeout === null ? undefined : setTimeout(() => { this.end(outOfTime(options)) }, timeout)
    // Not at once: undici may refuse it, which can be reported only when this is made. And a connection whose response has just ended is
    // free only after this round of Node's event loop; undici would make another.
    setImmediate(() => { this.send(dispatcher) })
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

  onResponseStart(controller: Controller, status: number, headers: object): void {
    if (status < 200 || this.isOver) return // it only informs; the response follows
    const received = headers as ResponseHead['headers']
    this.reporter.report('response', { status, headers: received, url: String(this.history?.at(-1) ?? this.options.url) } satisfies ResponseHead)
    const encoding = received['content-encoding']
    if (encoding !== undefined && this.options.method !== 'HEAD') this.decode(decoderOf(String(encoding)), controller)
  }

  onResponseData(controller: Controller, chunk: Buffer): void {
    if (this.decoder === null) this.pass(chunk)
    else if (!this.decoder.write(chunk)) controller.pause()
  }

  onResponseEnd(): void {
    this.isComplete = true
    if (this.decoder === null) this.complete()
    else this.decoder.end()
  }

  onResponseError(_controller: Controller, error: Error): void { this.end(error) }

  private send(dispatcher: Dispatcher): void {
    if (this.isOver) return
    const { method, origin, path, headers, body } = this.options
    try {
      dispatcher.dispatch({ method, origin, path, headers, body: this.upload ?? body }, this)
    } catch (error) {
      this.end(error)
    }
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
