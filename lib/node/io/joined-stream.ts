import { Duplex, type Readable, type Writable } from 'node:stream'

/** Two streams as one: what is read comes from a source, what is written goes to a sink. An HTTP request and its answer are such a pair. */
export class JoinedStream extends Duplex {
  private source: Readable | null = null

  /**
   * @param sink takes what is written; `null` when nothing will be written.
   * @param onDestroy called when this stream is destroyed, with the error if there is one.
   */
  constructor(private readonly sink: Writable | null, private readonly onDestroy: (error: Error | null) => void) {
    super({ allowHalfOpen: true, autoDestroy: false, emitClose: true })
  }

  /** From now on, what is read comes from `source`. */
  readFrom(source: Readable): void {
    this.source = source
    source.on('data', chunk => { if (!this.push(chunk)) source.pause() })
    source.on('end', () => { this.push(null) })
    source.on('error', error => { this.destroy(error) })
    source.on('close', () => { if (!source.readableEnded && !this.destroyed) this.destroy(endedEarly()) })
    source.pause()
  }

  override _read(): void { this.source?.resume() }

  override _write(chunk: Uint8Array, _encoding: string, done: (error?: Error | null) => void): void {
    if (this.sink === null) done()
    else this.sink.write(chunk, done)
  }

  override _final(done: (error?: Error | null) => void): void {
    if (this.sink === null || this.sink.writableFinished) done()
    else this.sink.end(() => { done() })
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.onDestroy(error)
    done(error)
  }
}

function endedEarly(): Error { return Object.assign(new Error('the other side closed the connection before all had come'), { code: 'ECONNRESET' }) }
