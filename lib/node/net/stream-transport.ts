import { RuntimeError, ValueError } from '../../base/errors.ts'
import { INSPECT } from '../../base/inspect.ts'
import { checkOptions } from '../../base/options.ts'
import { StreamReaderProtocol } from '../../streams/stream-protocol.ts'
import type { StreamReader } from '../../streams/stream-reader.ts'
import type { EventLoop } from '../../task/event-loop.ts'
import type { AnyProtocol } from '../../transport/protocol.ts'
import type { Transport, Writable } from '../../transport/transport.ts'
import type { PortableError } from '../io/portable-error.ts'
import type { Link, ResourceUser } from '../link/link.ts'
import { bytesOf } from './bytes-of.ts'
import { Delivery } from './delivery.ts'
import { giveBytes } from './give-bytes.ts'
import { HeldBack } from './held-back.ts'
import { systemError } from './system-error.ts'

/** With more bytes than this still to be written, the protocol is told to pause. It is asyncio's figure. */
const HIGH_WATER = 65_536

const NOTHING: Readonly<Record<string, unknown>> = {}

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
  /** The reader of a protocol of ours. That runs no code of the program, so it may hear of things at once. */
  private $reader!: StreamReader | null
  private $protocol!: AnyProtocol
  /** Calls to the protocol that wait for their turn. Most of the time there are none. */
  private $delivery: Delivery | null = null
  /** What has come for a protocol of the program since it paused. */
  private $heldBack: HeldBack | null = null

  constructor(
    /** @internal */ readonly $loop: EventLoop,
    /** @internal */ protected readonly $link: Link,
    protocol: AnyProtocol,
    info: object = NOTHING,
    private readonly $onEnd: (transport: StreamTransport) => void = () => undefined,
  ) {
    this.$info = info as Readonly<Record<string, unknown>>
    this.setProtocol(protocol)
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
    const begin = (): void => {
      this.$protocol.connectionMade(this)
      if (!this.$paused && !this.$closing) this.$read(true)
    }
    if (this.$isStraight && !(this.$protocol as StreamReaderProtocol).$isServer) begin()
    else this.$later(begin)
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
    if (held !== null) this.$later(() => { held.release() })
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
    this.$reader = protocol.constructor === StreamReaderProtocol ? (protocol as StreamReaderProtocol).$reader : null
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
    if (this.$reader !== null && this.$delivery === null) this.$reader.feedData(bytes)
    else this.$laterIfReading(() => { if (!this.$closing) giveBytes(this.$protocol, bytes) })
  }

  /** @internal */
  $onReport(event: string, value: unknown): void {
    switch (event) {
      case 'written': this.$wrote(value as number); break
      case 'eof':
        if (this.$isStraight) this.$receiveEof()
        else this.$laterIfReading(() => { this.$receiveEof() })
        break
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
    this.$link.abandon(this.$id)
  }

  /** What ends the resource when the loop is closed. @internal */
  protected get $lastCommand(): 'close' | 'pause' { return 'close' }

  /** For a subclass: another event was reported. @internal */
  protected $onOtherReport(_event: string, _value: unknown): void { /* nothing */ }

  /** Add to what `getExtraInfo()` tells. @internal */
  $learn(info: object): void { this.$info = this.$info === NOTHING ? info as typeof NOTHING : { ...this.$info, ...info } }

  /** The resource has ended. @returns true when the protocol was never told of the connection, so it need not hear of its end. @internal */
  protected $fail(_error: Error | null): boolean { return false }

  /** Is nothing in the way of a protocol of ours? Then it hears of things at once, which saves a turn. */
  private get $isStraight(): boolean { return this.$reader !== null && this.$delivery === null }

  private $later(call: () => void): void {
    this.$delivery ??= new Delivery(this.$loop, error => { this.$protocolFailed(error) }, () => { this.$delivery = null })
    this.$delivery.later(call)
  }

  private $laterIfReading(call: () => void): void {
    if (this.$reader !== null) this.$later(call) // a reader pauses only for its own sake
    else this.$later(() => { (this.$heldBack ??= new HeldBack(() => this.$paused)).makeOrKeep(call) })
  }

  private $read(reads: boolean): void {
    this.$reading = reads
    this.$tell(reads ? 'read' : 'pause')
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
    if (this.$reader !== null) this.$protocol.resumeWriting()
    else this.$later(() => { this.$protocol.resumeWriting() })
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
    this.$later(() => { // not at once: who sees that it is closing must see the error, too
      if (error === null && !this.$closing && this.$eofSent && this.$eofSeen) return
      this.$closing = true
      this.$tellLost(error)
    })
  }

  /** Tell the protocol that the connection is lost. It is told once, though the program may also close a lost transport. */
  private $tellLost(error: Error | null): void {
    if (this.$toldLost) return
    this.$toldLost = true
    this.$later(() => {
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
