import type { Reporter } from '../io/resource.ts'
import { Addresses } from './addresses.ts'
import { EpollSet } from './epoll-set.ts'
import type { Libc } from './libc.ts'

/** As much as is read at a time. */
const SIZE = 65_536

/** So many bytes are worth their memory: they are passed on as they are, and the next are read into other memory. Fewer are copied. */
const MANY = SIZE / 4

/** Asks for the addresses of a name. */
export type Lookup = (host: string, family: 0 | 4 | 6, found: (error: unknown, addresses: readonly string[]) => void) => () => void

/** Has something to report as written. */
interface Writing {
  reportWritten(): void
}

/** What all sockets of a thread share. */
export class Net {
  readonly set: EpollSet
  readonly addresses: Addresses
  /** Those that have something to report as written, when the turn of the program is over. */
  written: Writing[] = []
  private buffer = Buffer.allocUnsafeSlow(SIZE)

  /** @param lookup gives the addresses of a name. @param soon calls a function when the program has gone on to wait. */
  constructor(readonly libc: Libc, readonly lookup: Lookup, readonly soon: (call: () => void) => void) {
    this.set = new EpollSet(libc)
    this.addresses = new Addresses(libc)
  }

  /** @returns whether anything was reported. */
  reportWritten(): boolean {
    const { written } = this
    if (written.length === 0) return false
    this.written = []
    for (const socket of written) socket.reportWritten()
    return true
  }

  /** Read what has come, and pass it on. @returns how many bytes there were; -1 when it has failed. */
  receive(fd: number, reporter: Reporter): number {
    const { buffer } = this
    const count = this.libc.recv(fd, buffer, SIZE, 0)
    if (count <= 0) return count
    if (count < MANY) {
      reporter.lent(buffer, count)
    } else {
      this.buffer = Buffer.allocUnsafeSlow(SIZE)
      reporter.bytes(count === SIZE ? buffer : buffer.subarray(0, count))
    }
    return count
  }
}
