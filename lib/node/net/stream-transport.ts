import { describe } from '../../base/describe.ts'
import { ArgumentError, RuntimeError, ValueError } from '../../base/errors.ts'
import { INSPECT } from '../../base/inspect.ts'
import { checkOptions } from '../../base/options.ts'
import { StreamReaderProtocol } from '../../streams/stream-protocol.ts'
import type { EventLoop } from '../../task/event-loop.ts'
import { type AnyProtocol, BufferedProtocol, type Protocol } from '../../transport/protocol.ts'
import type { Transport, Writable } from '../../transport/transport.ts'
import type { PortableError } from '../io/portable-error.ts'
import type { Link, ResourceUser } from '../link/link.ts'
import { Delivery } from './delivery.ts'
import { HeldBack } from './held-back.ts'
import { systemError } from './system-error.ts'

/** With more bytes than this still to be written, the protocol is told to pause. It is asyncio's figure. */
const HIGH_WATER = 65_536

const LIMITS = { call: 'setWriteBufferLimits({ high: 65536 })', names: ['high', 'low'] }

/** The transport of a stream of bytes, whose resource is on the I/O side: a connection, or a pipe. */
export class StreamTransport implements Transport, ResourceUser {
  /** Its number; 0 while it has none. @internal */
  $id = 0
  private $closing = false
  private $lost = false
  private $toldLost = false
  private $eofSent = false
  private $eofSeen = false
  private $reading = false
  private $paused = false
  private $unwritten = 0
  private $high = HIGH_WATER
  private $low = HIGH_WATER / 4
  private $protocolPaused = false
  private $info: Readonly<Record<string, unknown>>
  /** Is the protocol one of ours? It runs no code of the program, so it may get bytes at once. */
  private $isDirect!: boolean
  private $protocol!: AnyProtocol
  private readonly $delivery: Delivery
  /** What has come for a protocol of the program since it paused. */
  private $heldBack: HeldBack | null = null

  constructor(
    /** @internal */ readonly $loop: EventLoop,
    /** @internal */ protected readonly $link: Link,
    protocol: AnyProtocol,
    info: object = {},
    private readonly $onEnd: (transport: StreamTransport) => void = () => undefined,
  ) {
    this.$info = info as Readonly<Record<string, unknown>>
    this.setProtocol(protocol)
    this.$delivery = new Delivery($loop, error => { this.$protocolFailed(error) })
  }

  /** Open the resource. @internal */
  $open(kind: string, options: object): void { this.$id = this.$link.open(kind, options, this) }

  /** Take over a resource that the I/O side has made by itself. @internal */
  $adopt(id: number): void {
    this.$id = id
    this.$link.adopt(id, this)
  }

  /** The connection is made. Tell the protocol, and read. @internal */
  $begin(): void {
    this.$delivery.later(() => {
      this.$protocol.connectionMade(this)
      if (!this.$paused && !this.$closing) this.$read(true)
    })
  }

  /** Give the resource a command. @internal */
  $tell(command: string, value?: unknown): void { this.$link.tell(this.$id, command, value) }

  // As a transport

  write(data: Writable): void {
    const bytes = bytesOf(data)
    if (this.$eofSent) throw new RuntimeError('Cannot call write() after writeEof()', { code: 'AFTER_EOF' })
    if (bytes.length === 0 || this.$closing) return
    this.$unwritten += bytes.length
    this.$link.write(this.$id, bytes)
    if (this.$unwritten > this.$high && !this.$protocolPaused) this.$pauseProtocol()
  }

  writelines(pieces: Iterable<Writable>): void {
    const all = Array.from(pieces, piece => bytesOf(piece))
    this.write(all.length === 1 ? all[0] as Buffer : Buffer.concat(all))
  }

  writeEof(): void {
    if (this.$closing || this.$eofSent) return
    this.$eofSent = true
    this.$tell('eof')
  }

  canWriteEof(): boolean { return this.$info['cipher'] === undefined }

  close(): void {
    if (this.$closing) return
    this.$closing = true
    this.$reading = false
    if (this.$lost) this.$tellLost(null)
    else this.$tell('close')
  }

  abort(): void {
    const wasLost = this.$lost
    this.$reading = false
    if (!this.$closing && wasLost) this.$tellLost(null)
    this.$closing = true
    if (!wasLost) this.$tell('abort')
  }

  isClosing(): boolean { return this.$closing }

  pauseReading(): void {
    if (this.$closing || this.$paused) return
    this.$paused = true
    this.$read(false)
  }

  resumeReading(): void {
    if (this.$closing || !this.$paused) return
    this.$paused = false
    this.$read(true)
    const held = this.$heldBack
    if (held !== null) this.$delivery.later(() => { held.release() })
  }

  isReading(): boolean { return !this.$closing && !this.$paused }

  getWriteBufferSize(): number { return this.$unwritten }

  setWriteBufferLimits(limits: { readonly high?: number; readonly low?: number } = {}): void {
    checkOptions(limits, LIMITS)
    const { low = limits.high === undefined ? HIGH_WATER / 4 : Math.floor(limits.high / 4) } = limits
    const { high = limits.low === undefined ? HIGH_WATER : 4 * low } = limits
    if (!(high >= low && low >= 0)) {
      throw new ValueError(`high (${high}) must be >= low (${low}) must be >= 0`, { code: 'BAD_LIMITS' })
    }
    this.$high = high
    this.$low = low
    this.$tell('grain', Math.floor(low / 2))
    if (this.$unwritten > high && !this.$protocolPaused) this.$pauseProtocol()
  }

  getWriteBufferLimits(): [number, number] { return [this.$low, this.$high] }

  getExtraInfo(name: string): unknown { return this.$info[name] ?? undefined }

  setProtocol(protocol: AnyProtocol): void {
    this.$protocol = protocol
    this.$isDirect = protocol.constructor === StreamReaderProtocol
  }

  getProtocol(): AnyProtocol { return this.$protocol }

  toString(): string {
    const state = this.$lost ? 'closed' : this.$closing ? 'closing' : this.$reading ? 'reading' : 'idle'
    return `<${this.constructor.name} ${state}>`
  }

  /** @internal */
  [INSPECT](): string { return this.toString() }

  // As the user of a resource

  /** @internal */
  $onBytes(bytes: Uint8Array): void {
    if (this.$closing) return
    if (this.$isDirect && this.$delivery.isEmpty) (this.$protocol as Protocol).dataReceived(bytes)
    else this.$laterIfReading(() => { if (!this.$closing) this.$receive(bytes) })
  }

  /** @internal */
  $onReport(event: string, value: unknown): void {
    switch (event) {
      case 'written': this.$wrote(value as number); break
      case 'eof': this.$laterIfReading(() => { this.$receiveEof() }); break
      case 'closed': this.$closed(value === null ? null : systemError(value as PortableError)); break
      default: this.$onOtherReport(event, value)
    }
  }

  /** @internal */
  $onLost(error: Error): void { this.$closed(error) }

  /** What was written is still sent. @internal */
  $orphan(): void {
    if (!this.$closing && !this.$lost) this.$tell(this.$lastCommand)
    this.$closing = this.$lost = true
    this.$link.drop(this.$id)
  }

  /** What ends the resource when the loop is closed. @internal */
  protected get $lastCommand(): 'close' | 'pause' { return 'close' }

  /** For a subclass: another event was reported. @internal */
  protected $onOtherReport(_event: string, _value: unknown): void { /* nothing */ }

  /** Add to what `getExtraInfo()` tells. @internal */
  $learn(info: object): void { this.$info = { ...this.$info, ...info } }

  /** The resource has ended. @returns true when the protocol was never told of the connection, so it need not hear of its end. @internal */
  protected $fail(_error: Error | null): boolean { return false }

  private $laterIfReading(call: () => void): void {
    if (this.$isDirect) this.$delivery.later(call) // a reader pauses only for its own sake
    else this.$delivery.later(() => { (this.$heldBack ??= new HeldBack(() => this.$paused)).makeOrKeep(call) })
  }

  private $read(reads: boolean): void {
    this.$reading = reads
    this.$tell(reads ? 'read' : 'pause')
  }

  private $receive(bytes: Uint8Array): void {
    const protocol = this.$protocol
    if (!(protocol instanceof BufferedProtocol)) {
      protocol.dataReceived(bytes)
      return
    }
    for (let from = 0; from < bytes.length;) {
      const buffer = protocol.getBuffer(bytes.length - from)
      if (buffer.length === 0) throw new RuntimeError('getBuffer() returned an empty buffer', { code: 'EMPTY_BUFFER' })
      const piece = bytes.subarray(from, from + buffer.length)
      buffer.set(piece)
      from += piece.length
      protocol.bufferUpdated(piece.length)
    }
  }

  private $receiveEof(): void {
    if (this.$closing || this.$eofSeen) return
    this.$eofSeen = true
    if (this.$protocol.eofReceived() !== true) this.close()
  }

  private $wrote(count: number): void {
    this.$unwritten -= count
    if (!this.$protocolPaused || this.$unwritten > this.$low) return
    this.$protocolPaused = false
    if (this.$isDirect) this.$protocol.resumeWriting()
    else this.$delivery.later(() => { this.$protocol.resumeWriting() })
  }

  private $pauseProtocol(): void {
    this.$protocolPaused = true
    try {
      this.$protocol.pauseWriting()
    } catch (exception) {
      this.$loop.callExceptionHandler({ message: 'protocol.pauseWriting() failed', exception, transport: this, protocol: this.$protocol })
    }
  }

  /** The resource has ended. If it only ended because both ends have sent all, the program still has to close the transport. */
  private $closed(error: Error | null): void {
    if (this.$lost) return
    this.$lost = true
    this.$link.drop(this.$id)
    if (this.$fail(error)) {
      this.$closing = true
      this.$onEnd(this)
      return
    }
    this.$delivery.later(() => {
      if (error === null && !this.$closing && this.$eofSent && this.$eofSeen) return
      this.$closing = true
      this.$tellLost(error)
    })
  }

  /** Tell the protocol that the connection is lost. It is told once, though the program may also close a lost transport. */
  private $tellLost(error: Error | null): void {
    if (this.$toldLost) return
    this.$toldLost = true
    this.$delivery.later(() => {
      this.$unwritten = 0
      this.$onEnd(this)
      this.$protocol.connectionLost(error)
    })
  }

  /** The protocol has thrown. That ends the connection. */
  private $protocolFailed(exception: unknown): void {
    this.$loop.callExceptionHandler({ message: 'Fatal error: protocol call failed.', exception, transport: this, protocol: this.$protocol })
    this.abort()
  }
}

/** Turn text or bytes into bytes. @throws TypeError for anything else. */
export function bytesOf(data: unknown): Buffer | Uint8Array {
  if (typeof data === 'string') return Buffer.from(data)
  if (data instanceof Uint8Array || Buffer.isBuffer(data)) return data
  if (ArrayBuffer.isView(data)) return Buffer.from(data.buffer, data.byteOffset, data.byteLength)
  throw new ArgumentError(`write() takes bytes or text, not ${describe(data)}. Write new TextEncoder().encode(…), or JSON.stringify(…)`, 'NOT_BYTES')
}
