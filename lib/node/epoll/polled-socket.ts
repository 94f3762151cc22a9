import type { HandedOver } from '../io/connection.ts'
import { portableError } from '../io/portable-error.ts'
import type { Reporter, Resource } from '../io/resource.ts'
import { GRAIN } from '../io/stream-resource.ts'
import type { Watcher } from './epoll-set.ts'
import { C, callError } from './libc.ts'
import type { Net } from './net.ts'
import { Unsent } from './unsent.ts'

/** Nothing is wanted of the socket: the system does not watch it. */
const NOTHING = 0

/**
 * A connection that an epoll set watches. It does what a `SocketResource` does, by calls of the system: it reads when the program wants it to,
 * and writes at once, as much as the system takes.
 */
export class PolledSocket implements Resource, Watcher {
  /** Does the program want to read? */
  reads = false
  private eofSeen = false
  /** What the program wants when all is written: to write no more, or to close. */
  private ending: 'eof' | 'close' | null = null
  /** What the system has not taken yet; `null` when there is nothing. */
  private unsent: Unsent | null = null
  /** How many bytes were sent that were not reported as written. */
  private unreported = 0
  /** When so many bytes were sent, they are reported. */
  private grain = GRAIN
  /** Which events the system tells of. These may be more than are wanted. */
  private watched = NOTHING

  constructor(protected readonly net: Net, protected fd: number, protected readonly reporter: Reporter) {}

  do(command: string, value: unknown): void {
    if (this.fd < 0) return
    switch (command) {
      case 'read':
        this.reads = true
        this.watch()
        break
      case 'pause': this.reads = false; break
      case 'eof':
        this.ending ??= 'eof'
        if (this.unsent === null) this.allWritten()
        break
      case 'close':
        this.reads = false
        this.ending = 'close'
        if (this.unsent === null) this.allWritten()
        break
      case 'abort': this.end(null); break
      case 'grain':
        this.grain = Math.max(1, Math.min(GRAIN, value as number))
        this.sent(0)
        break
    }
  }

  write(bytes: Uint8Array): boolean {
    if (this.fd < 0) return true
    if (this.unsent !== null) {
      this.unsent.push(bytes)
      return false
    }
    const sent = this.send(bytes)
    if (sent === bytes.length || this.isOver) return true
    this.unsent = new Unsent(sent === 0 ? bytes : bytes.subarray(sent))
    this.watch()
    return false
  }

  onEvents(events: number): void {
    if (this.unsent !== null && (events & (C.OUT | C.ERR | C.HUP)) !== 0) this.flush()
    if (this.fd < 0) return
    if (this.reads && !this.eofSeen) {
      if ((events & (C.IN | C.ERR | C.HUP)) !== 0) this.receive()
    } else {
      this.watchOnlyWanted() // the program has paused it meanwhile
    }
  }

  /**
   * Give up the descriptor: something else goes on with it. All that was written is reported as written.
   * @returns the descriptor, and the bytes that the system has not taken yet.
   */
  release(): HandedOver {
    const { fd } = this
    const rest = this.unsent?.all() ?? new Uint8Array(0)
    this.reportWritten()
    if (this.watched !== NOTHING) this.net.set.delete(fd)
    this.fd = -1
    this.unsent = null
    this.reporter.ended()
    return { fd, rest }
  }

  /** Was it closed by the program, and has it still something to send? */
  get isClosing(): boolean { return this.ending === 'close' && this.unsent !== null }

  /** Is the descriptor closed? */
  private get isOver(): boolean { return this.fd < 0 }

  /** What the program wants to hear of. */
  private get wanted(): number { return (this.reads && !this.eofSeen ? C.IN : NOTHING) | (this.unsent === null ? NOTHING : C.OUT) }

  /** Let the system tell of what is wanted. It may tell of more: to take that off would cost a call, and mostly it does not come. */
  private watch(): void { if ((this.wanted & ~this.watched) !== 0) this.watchOnlyWanted() }

  private watchOnlyWanted(): void {
    const { fd, wanted, watched, net: { set } } = this
    if (wanted === watched) return
    this.watched = wanted
    if (watched === NOTHING) set.add(fd, this, wanted)
    else if (wanted === NOTHING) set.delete(fd)
    else set.modify(fd, wanted)
  }

  private receive(): void {
    const { net } = this
    const count = net.receive(this.fd, this.reporter)
    if (count > 0) return
    if (count === 0) this.sawEof()
    else this.failed('read')
  }

  private sawEof(): void {
    this.eofSeen = true // the system tells of it again and again: it is taken off then, if the program has not closed the connection by then
    this.reporter.report('eof')
    if (this.ending === 'eof' && this.unsent === null) this.end(null)
  }

  /** @returns how many bytes the system has taken. */
  private send(bytes: Uint8Array): number {
    const sent = this.net.libc.send(this.fd, bytes, bytes.length, C.MSG_NOSIGNAL)
    if (sent < 0) {
      this.failed('write')
      return 0
    }
    this.sent(sent)
    return sent
  }

  /** So many more bytes were sent. The program hears of it when its turn is over, as it would from another thread. So one that only writes pauses. */
  private sent(count: number): void {
    const before = this.unreported
    this.unreported += count
    if (this.unreported >= this.grain && (count === 0 || before < this.grain)) this.net.written.push(this)
  }

  /** Report what was sent since the last time. */
  reportWritten(): void {
    const { unreported } = this
    if (unreported === 0 || this.isOver) return
    this.unreported = 0
    this.reporter.report('written', unreported)
  }

  private flush(): void {
    const unsent = this.unsent as Unsent
    while (!unsent.isEmpty) {
      const { next } = unsent
      const sent = this.send(next)
      if (this.isOver) return
      unsent.took(sent)
      if (sent < next.length) return
    }
    this.unsent = null
    this.watchOnlyWanted()
    this.allWritten()
  }

  private allWritten(): void {
    if (this.ending === 'close' || this.ending === 'eof' && this.eofSeen) {
      this.reportWritten() // a program that was told to pause is told to go on before the end
      this.end(null)
    } else if (this.ending === 'eof') this.net.libc.shutdown(this.fd, C.SHUT_WR)
  }

  /** A call has failed. That is the end, unless it only has to be made again. */
  private failed(call: string): void {
    const errno = this.net.libc.errno()
    if (errno !== C.EAGAIN && errno !== C.EINTR) this.end(callError(call, errno))
  }

  /** Close the descriptor, and report it. */
  protected end(error: Error | null): void {
    const { fd } = this
    if (fd < 0) return
    this.fd = -1
    this.unsent = null
    if (this.watched !== NOTHING) this.net.set.forget(fd)
    this.net.libc.close(fd)
    this.reporter.report('closed', error === null ? null : portableError(error))
    this.reporter.ended()
  }
}
