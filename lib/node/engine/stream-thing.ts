import type { Duplex } from 'node:stream'
import { portable } from './portable-error.ts'
import type { Teller, Thing } from './thing.ts'

/** After how many bytes, at least, it is told that they are written. */
const GRAIN = 8192

/** A stream of bytes, of any kind: reads when it is told to, writes what it is told. */
export class StreamThing implements Thing {
  private reads = false
  private isFull = false
  private written = 0
  private told = 0
  private grain = GRAIN
  private error: unknown = null
  private readonly noteWritten = (): void => { this.tellWritten() }

  /** @param shutdown how to close it when all is written. */
  constructor(protected stream: Duplex, protected readonly teller: Teller) { this.listen() }

  do(verb: string, value: unknown): void {
    const { stream } = this
    switch (verb) {
      case 'read': this.read(true); break
      case 'pause': this.read(false); break
      case 'eof': stream.end(); break
      case 'close': this.close(); break
      case 'abort': stream.destroy(); break
      case 'grain':
        this.grain = Math.min(GRAIN, value as number)
        this.tellWritten()
        break
    }
  }

  write(bytes: Uint8Array): void {
    this.written += bytes.length
    this.stream.write(bytes, this.noteWritten)
  }

  /** Listen from now on, but let nothing come before it is asked for. */
  hold(): this {
    this.stream.pause()
    this.stream.on('data', this.onData)
    return this
  }

  resume(): void {
    this.isFull = false
    if (this.reads) this.stream.resume()
  }

  /** Another stream takes its place, on the same connection. */
  protected replace(stream: Duplex): void {
    this.forget(this.stream)
    this.stream = stream
    this.written = this.told = 0
    this.listen()
  }

  protected forget(stream: Duplex): void {
    stream.off('data', this.onData)
    stream.off('end', this.onEnd)
    stream.off('close', this.onClose)
  }

  private listen(): void {
    this.stream.on('end', this.onEnd).on('error', this.onError).on('close', this.onClose)
  }

  private readonly onData = (chunk: Buffer): void => {
    if (this.teller.bytes(chunk)) return
    this.isFull = true
    this.stream.pause()
  }

  private readonly onEnd = (): void => { this.teller.tell('eof') }

  private readonly onError = (error: unknown): void => { this.error ??= error }

  private readonly onClose = (): void => {
    this.teller.tell('closed', this.error === null ? null : portable(this.error))
    this.teller.over()
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
    if (stream.writableFinished || !stream.writable) stream.destroy()
    else stream.end(() => { stream.destroy() })
  }

  private tellWritten(): void {
    const { stream } = this
    if (stream.destroyed) return // what is lost is not written
    const gone = this.written - stream.writableLength
    if (gone - this.told < this.grain && !(this.grain <= 1 && gone > this.told)) return
    this.teller.tell('written', gone - this.told)
    this.told = gone
  }
}
