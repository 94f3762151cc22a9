import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads'
import { Ring as Queue } from '../../base/ring.ts'
import { RingReader, RingWriter } from './shared-ring.ts'
import { isShort, lengthened, placeOf, shortened, wordAt } from './words.ts'

/** The kind of a record that holds bytes. */
const BYTES = 1
/** The kind of a record that stands for the next message of the port. So a message keeps its place among the bytes. */
const MESSAGE = 2
/** The kind of a record that holds a message as text. */
const TEXT = 3
/** Records of a greater kind stand for a word, whose place this is added to. */
const WORD = 4

/** When so many bytes were sent, the other thread sees them, though more may follow. So both threads have work at the same time. */
const EAGER = 8192

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
  /** @returns true when nobody has kept the bytes, so that their memory may be used again. */
  onBytes(id: number, bytes: Buffer): boolean
  onMessage(id: number, name: string, value: unknown): void
  /** What was kept back for want of room has been sent. */
  onRoom?(): void
}

/** A record that has found no room yet. */
interface Waiting {
  readonly kind: number
  readonly id: number
  readonly bytes: Uint8Array | null
  readonly number: number
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
  private isReceiving = false

  /** @param wakePeer wakes the other thread, when there is something for it to do. */
  constructor(ends: ChannelEnds, private readonly receiver: Receiver, private readonly wakePeer: () => void) {
    this.reader = new RingReader(ends.incoming)
    this.writer = new RingWriter(ends.outgoing)
    this.port = ends.port
  }

  /** Send bytes. @returns false when there is no room, so no more should follow until `onRoom()`. These bytes are sent all the same. */
  sendBytes(id: number, bytes: Uint8Array): boolean {
    const { longest } = this.writer
    if (bytes.length === 0) return true // a record without bytes would stand for none at all
    if (bytes.length <= longest) return this.sendPiece(id, bytes)
    let isRoom = true
    for (let from = 0; from < bytes.length; from += longest) isRoom = this.sendPiece(id, bytes.subarray(from, from + longest))
    return isRoom
  }

  /**
   * Send a message: its name, and a value that can be copied.
   * @param isText does the value consist of texts, whole numbers, booleans and `null` only? Then it needs no port, which takes longer than all else.
   * @throws DataCloneError when the value cannot be copied. Then nothing is sent.
   */
  sendMessage(id: number, name: string, value: unknown, isText = false): void {
    const place = isShort(value) ? placeOf(name) : -1
    if (place >= 0) {
      this.add(WORD + place, id, shortened(value))
      return
    }
    const text = isText ? Buffer.from(JSON.stringify([name, value])) : null
    if (text !== null && text.length <= this.writer.longest) {
      this.add(TEXT, id, 0, text)
      return
    }
    this.port.postMessage([name, value]) // it throws before there is a record, which would wait for a message that never comes
    this.add(MESSAGE, id, 0)
  }

  /** Let the other thread see what was sent. */
  flush(): void {
    this.sendWaiting()
    if (this.writer.unpublished > 0) this.publish()
  }

  /** Is there something that was sent, and has found no room yet? */
  get keepsBack(): boolean { return this.waiting.size > 0 }

  /** Is there nothing to receive? */
  get isEmpty(): boolean { return this.reader.isEmpty }

  /** Receive what is there, `most` records of it at most. A call in the middle of another one does nothing. */
  receive(most = Infinity): void {
    if (this.isReceiving) return
    this.isReceiving = true
    try {
      if (this.reader.take(this.take, most)) this.wakePeer() // it waited for room
    } finally {
      this.isReceiving = false
    }
    if (this.waiting.size > 0) this.flush()
  }

  private readonly take = (kind: number, id: number, bytes: Buffer | null, number: number): boolean => {
    if (kind === BYTES) return this.receiver.onBytes(id, bytes as Buffer)
    if (kind === TEXT) {
      const [name, value] = JSON.parse(String(bytes)) as [string, unknown]
      this.receiver.onMessage(id, name, value)
      return true
    }
    if (kind === MESSAGE) {
      const [name, value] = (receiveMessageOnPort(this.port) as { message: [string, unknown] }).message
      this.receiver.onMessage(id, name, value)
    } else {
      this.receiver.onMessage(id, wordAt(kind - WORD), lengthened(number))
    }
    return true
  }

  private add(kind: number, id: number, number: number, bytes: Uint8Array | null = null): void {
    if (this.waiting.size > 0 || !this.writer.add(kind, id, bytes, number)) this.waiting.push({ kind, id, bytes, number })
  }

  private sendPiece(id: number, bytes: Uint8Array): boolean {
    if (this.waiting.size === 0 && this.writer.add(BYTES, id, bytes)) {
      if (this.writer.unpublished >= EAGER) this.publish()
      return true
    }
    this.waiting.push({ kind: BYTES, id, bytes: Uint8Array.from(bytes), number: 0 }) // a copy, because the sender may use its memory again
    return false
  }

  private sendWaiting(): void {
    const { waiting } = this
    if (waiting.size === 0) return
    while (waiting.size > 0) {
      const { kind, id, bytes, number } = waiting.first
      if (!this.writer.add(kind, id, bytes, number)) return
      waiting.shift()
    }
    this.receiver.onRoom?.()
  }

  private publish(): void {
    this.writer.publish()
    this.wakePeer()
  }
}
