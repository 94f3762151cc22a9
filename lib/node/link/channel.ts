import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads'
import { Ring as Queue } from '../../base/ring.ts'
import { RingReader, RingWriter } from './ring.ts'

/** A record with bytes for somebody. */
const BYTES = 1
/** The next message of the port is for somebody: what is no bytes crosses there, and keeps its place among them. */
const MESSAGE = 2

/** What of a channel both ends know of each other. */
export interface ChannelEnds {
  readonly incoming: SharedArrayBuffer
  readonly outgoing: SharedArrayBuffer
  readonly port: MessagePort
}

/** Who is told what comes in. */
export interface Receiver {
  onBytes(id: number, bytes: Buffer): void
  onMessage(id: number, message: unknown): void
  /** What had no room before has gone. */
  onRoom?(): void
}

interface Waiting {
  readonly id: number
  readonly bytes: Uint8Array | null
  readonly message: unknown
}

/**
 * One end of a channel between two threads: bytes and messages, in the order in which they were sent. For what finds no room
 * it keeps a queue, and whoever sends is told to stop.
 */
export class Channel {
  private readonly reader: RingReader
  private readonly writer: RingWriter
  private readonly port: MessagePort
  private readonly waiting = new Queue<Waiting>()

  /** @param wakePeer called when there is something for the other thread to do. */
  constructor(ends: ChannelEnds, private readonly receiver: Receiver, private readonly wakePeer: () => void) {
    this.reader = new RingReader(ends.incoming)
    this.writer = new RingWriter(ends.outgoing)
    this.port = ends.port
  }

  /** @returns false when there is no room: stop, until there is. The bytes will go nevertheless. */
  sendBytes(id: number, bytes: Uint8Array): boolean {
    const { longest } = this.writer
    if (bytes.length <= longest) return this.sendPiece(id, bytes)
    let isRoom = true
    for (let from = 0; from < bytes.length; from += longest) isRoom = this.sendPiece(id, bytes.subarray(from, from + longest))
    return isRoom
  }

  sendMessage(id: number, message: unknown): void {
    if (this.waiting.size > 0 || !this.writer.add(MESSAGE, id, null)) this.waiting.push({ id, bytes: null, message })
    else this.port.postMessage(message)
  }

  /** Let the other thread know what was sent. */
  flush(): void {
    this.sendWaiting()
    if (!this.writer.hasNews) return
    this.writer.publish()
    this.wakePeer()
  }

  /** Is there something to be received? */
  get isEmpty(): boolean { return this.reader.isEmpty }

  /** Receive what is there. */
  receive(): void {
    const isWaitedFor = this.reader.takeAll((kind, id, bytes) => {
      if (kind === BYTES) this.receiver.onBytes(id, bytes as Buffer)
      else this.receiver.onMessage(id, (receiveMessageOnPort(this.port) as { message: unknown }).message)
    })
    if (isWaitedFor) this.wakePeer()
    if (this.waiting.size > 0) this.flush()
  }

  private sendPiece(id: number, bytes: Uint8Array): boolean {
    if (this.waiting.size === 0 && this.writer.add(BYTES, id, bytes)) return true
    this.waiting.push({ id, bytes: Uint8Array.from(bytes), message: undefined }) // who sent it may use its memory again
    return false
  }

  private sendWaiting(): void {
    const { waiting } = this
    if (waiting.size === 0) return
    while (waiting.size > 0) {
      const { id, bytes, message } = waiting.first
      if (!this.writer.add(bytes === null ? MESSAGE : BYTES, id, bytes)) return
      if (bytes === null) this.port.postMessage(message)
      waiting.shift()
    }
    this.receiver.onRoom?.()
  }
}
