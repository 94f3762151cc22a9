import type { Duplex } from 'node:stream'
import { portableError } from './portable-error.ts'
import type { Reporter, Resource } from './resource.ts'

/** The least number of written bytes that are reported. Fewer would cost more reports. */
export const GRAIN = 8192

/**
 * A stream with this high-water mark tells by its event `drain` when all is written that it could not write at once. So it needs no
 * callback for each piece, and each callback would cost Node a tick.
 */
export const TELLS_BY_DRAIN = 1

/** A stream of bytes, of any kind. It reads when the program wants it to, and writes what the program gives it. */
export class StreamResource implements Resource {
  /** Does the program want to read? */
  private reads = false
  /** Is there no room for more bytes on the way to the program? */
  private isFull = false
  /** How many bytes were given to the stream. */
  private written = 0
  /** How many of them were reported as written. */
  private reported = 0
  private grain = GRAIN
  private error: unknown = null
  private readonly onWritten = (): void => { this.reportWritten() }

  constructor(protected stream: Duplex, protected readonly reporter: Reporter) { this.listen() }

  do(command: string, value: unknown): void {
    const { stream } = this
    switch (command) {
      case 'read': this.read(true); break
      case 'pause': this.read(false); break
      case 'eof': stream.end(this.onWritten); break // there is no `drain` after this
      case 'close': this.close(); break
      case 'abort': stream.destroy(); break
      case 'grain':
        this.grain = Math.max(1, Math.min(GRAIN, value as number))
        this.reportWritten()
        break
    }
  }

  write(bytes: Uint8Array): boolean {
    const { stream } = this
    this.written += bytes.length
    if (this.grain < GRAIN || stream.writableHighWaterMark > TELLS_BY_DRAIN) {
      stream.write(bytes, this.onWritten)
    } else {
      stream.write(bytes)
      this.reportWritten()
    }
    return false
  }

  /** Need written bytes only be reported when many have come together? */
  protected get reportsInGroups(): boolean { return this.grain === GRAIN }

  /** Bytes were written without the stream. */
  protected wrote(count: number): void {
    this.written += count
    this.reportWritten()
  }

  /** Listen to the stream from now on, but let no bytes come before the program wants them. */
  hold(): this {
    this.stream.pause()
    this.stream.on('data', this.onData)
    return this
  }

  resume(): void {
    this.isFull = false
    if (this.reads) this.stream.resume()
  }

  /** Go on with another stream on the same connection, such as one in TLS. */
  protected replace(stream: Duplex): void {
    this.stopListening(this.stream)
    this.stream = stream
    this.written = this.reported = 0
    this.listen()
  }

  private stopListening(stream: Duplex): void {
    stream.off('data', this.onData)
    stream.off('end', this.onEnd)
    stream.off('close', this.onClose)
    stream.off('drain', this.onWritten)
  }

  private listen(): void {
    this.stream.on('end', this.onEnd).on('error', this.onError).on('close', this.onClose).on('drain', this.onWritten)
  }

  private readonly onData = (chunk: Buffer): void => { if (!this.reporter.bytes(chunk)) this.stop() }

  /** Does the program want to read, and is there room for it? */
  protected get wantsMore(): boolean { return this.reads && !this.isFull }

  /** There is no room for more bytes. */
  protected stop(): void {
    this.isFull = true
    this.stream.pause()
  }

  private readonly onEnd = (): void => { this.reporter.report('eof') }

  private readonly onError = (error: unknown): void => { this.error ??= error }

  private readonly onClose = (): void => {
    this.reporter.report('closed', this.error === null ? null : portableError(this.error))
    this.reporter.ended()
  }

  private read(reads: boolean): void {
    if (reads && this.stream.listenerCount('data') === 0) this.stream.on('data', this.onData)
    this.reads = reads
    if (!reads) this.stream.pause()
    else if (!this.isFull) this.stream.resume()
  }

  private close(): void {
    const { stream } = this
    this.read(false)
    if (stream.destroyed) return
    if (stream.writableFinished || !stream.writable) {
      stream.destroy()
      return
    }
    stream.end(() => {
      this.reportWritten()
      stream.destroy()
    })
  }

  private reportWritten(): void {
    const { stream } = this
    if (stream.destroyed) return // what was not written is lost
    const gone = this.written - stream.writableLength - this.reported
    if (gone < this.grain) return
    this.reporter.report('written', gone)
    this.reported += gone
  }
}
