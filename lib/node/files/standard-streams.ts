import { writeSync } from 'node:fs'
import { INSPECT } from '../../base/inspect.ts'
import { FlowControl } from '../../streams/flow-control.ts'
import type { StreamReader } from '../../streams/stream-reader.ts'
import { StreamWriter } from '../../streams/stream-writer.ts'
import { getRunningLoop } from '../../task/loops.ts'
import type { TransportUser, Transport, Writable } from '../../transport/transport.ts'
import { newStreamProtocol } from '../net/new-stream-protocol.ts'
import { bytesOf } from '../net/bytes-of.ts'
import { StreamTransport } from '../net/stream-transport.ts'
import { linkOf } from '../services.ts'

const STDOUT = 1

/** The standard input: a terminal, a pipe, a socket or a file. Call this function once in a program. */
export function stdin(): StreamReader {
  const loop = getRunningLoop()
  const link = linkOf(loop, 'stdin()')
  const protocol = newStreamProtocol(loop)
  const transport = new InputTransport(loop, link, protocol)
  transport.$open('stdin', {})
  transport.$begin()
  return protocol.$reader
}

/** The standard input outlives the loop: the next program of this thread may read on. */
class InputTransport extends StreamTransport {
  /** @internal */
  protected override get $lastCommand(): 'close' | 'pause' { return 'pause' }
}

/** The standard output. When `write()` returns, the data is written already. So nothing is lost, whenever the process ends. */
export function stdout(): StreamWriter {
  const loop = getRunningLoop()
  const protocol = new FlowControl(loop)
  return new StreamWriter(new OutputTransport(STDOUT, protocol), protocol, null, loop)
}

/** The time before another try to write, when the reader of a pipe is slow, in milliseconds. */
const RETRY_AFTER = 1

/** The transport of an output that is written at once. */
class OutputTransport implements Transport {
  private $closing = false
  private readonly $cell = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))

  constructor(private readonly $descriptor: number, private $protocol: TransportUser) {}

  write(data: Writable): void {
    let rest: Uint8Array = bytesOf(data)
    while (rest.length > 0 && !this.$closing) {
      try {
        rest = rest.subarray(writeSync(this.$descriptor, rest))
      } catch (error) {
        if ((error as { code?: string }).code !== 'EAGAIN') throw error
        Atomics.wait(this.$cell, 0, 0, RETRY_AFTER)
      }
    }
  }

  writelines(pieces: Iterable<Writable>): void { for (const piece of pieces) this.write(piece) }

  writeEof(): void { /* the descriptor belongs to the whole process */ }

  canWriteEof(): boolean { return false }

  close(): void {
    if (this.$closing) return
    this.$closing = true
    this.$protocol.connectionLost(null)
  }

  abort(): void { this.close() }

  isClosing(): boolean { return this.$closing }

  getExtraInfo(): undefined { return undefined }

  pauseReading(): void { /* there is nothing to read */ }

  resumeReading(): void { /* there is nothing to read */ }

  isReading(): boolean { return false }

  getWriteBufferSize(): number { return 0 }

  setWriteBufferLimits(): void { /* nothing is kept */ }

  getWriteBufferLimits(): [number, number] { return [0, 0] }

  setProtocol(protocol: TransportUser): void { this.$protocol = protocol }

  getProtocol(): TransportUser { return this.$protocol }

  toString(): string { return `<OutputTransport ${this.$closing ? 'closed' : 'open'}>` }

  /** @internal */
  [INSPECT](): string { return this.toString() }
}
