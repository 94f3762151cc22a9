import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads'
import { Ring as Queue } from '../../base/ring.ts'
import { RingReader, RingWriter } from './shared-ring.ts'

/** The kind of a record that holds bytes. */
const BYTES = 1
/** The kind of a record that stands for the next message of the port. So a message keeps its place among the bytes. */
const MESSAGE = 2

/** The number to which a message goes that is about the I/O thread itself, and not about a resource. */
export const ABOUT_THE_THREAD = 0

/** What one end of a channel needs to reach the other end. */
export interface ChannelEnds {
  readonly incoming: SharedArrayBuffer
  readonly outgoing: SharedArrayBuffer
  readonly port: MessagePort
}

/** Gets what comes in. */
export interface Receiver {
  onBytes(id: number, bytes: Buffer): void
  onMessage(id: number, message: unknown): void
  /** What was kept back for want of room has been sent. */
  onRoom?(): void
}

interface Waiting {
  readonly id: number
  readonly bytes: Uint8Array | null
  readonly message: unknown
}

/**
 * One end of a channel between two threads. It carries bytes and messages, in the order in which they were sent. What finds no
 * room is kept in a queue, and the sender is told to stop.
 */
export class Channel {
  private readonly reader: RingReader
  private readonly writer: RingWriter
  private readonly port: MessagePort
  private readonly waiting = new Queue<Waiting>()

  /** @param wakePeer wakes the other thread, when there is something for it to do. */
  constructor(ends: ChannelEnds, private readonly receiver: Receiver, private readonly wakePeer: () => void) {
    this.reader = new RingReader(ends.incoming)
    this.writer = new RingWriter(ends.outgoing)
    this.port = ends.port
  }

  /** Send bytes. @returns false when there is no room, so no more should follow until `onRoom()`. These bytes are sent all the same. */
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

  /** Let the other thread see what was sent. */
  flush(): void {
    this.sendWaiting()
    if (!this.writer.hasNews) return
    this.writer.publish()
    this.wakePeer()
  }

  /** Is there nothing to receive? */
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
    this.waiting.push({ id, bytes: Uint8Array.from(bytes), message: undefined }) // a copy, because the sender may use its memory again
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
