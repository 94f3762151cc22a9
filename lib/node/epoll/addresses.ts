import { C, type Libc } from './libc.ts'

/** As much memory as the longest address takes. */
const LONGEST = 128
/** A path in the file system may be as long as this, with the zero at its end. */
const LONGEST_PATH = 108

/** `[host, port]`; '' for a socket in the file system that has no name to tell. */
export type Address = [string, number] | string

/** Writes and reads the addresses of sockets, as the system has them in memory. One lives as long as the next one is written or read. */
export class Addresses {
  readonly memory = Buffer.alloc(LONGEST)
  readonly length = new Int32Array(1)
  private readonly text = Buffer.alloc(64)

  constructor(private readonly libc: Libc) {}

  /** Get ready to take an address. */
  clear(): this {
    this.length[0] = LONGEST
    return this
  }

  /** Write an address of the internet. @returns its family. */
  write(host: string, port: number): number {
    const { memory, libc } = this
    const family = host.includes(':') ? C.AF_INET6 : C.AF_INET
    memory.fill(0)
    new Uint16Array(memory.buffer, memory.byteOffset, 1)[0] = family
    memory.writeUInt16BE(port, 2)
    libc.inet_pton(family, host, family === C.AF_INET ? memory.subarray(4) : memory.subarray(8))
    this.length[0] = family === C.AF_INET ? 16 : 28
    return family
  }

  /** Write a path. @returns false when it is too long. */
  writePath(path: string): boolean {
    const { memory } = this
    memory.fill(0)
    new Uint16Array(memory.buffer, memory.byteOffset, 1)[0] = C.AF_UNIX
    const length = Buffer.byteLength(path)
    if (length >= LONGEST_PATH) return false
    memory.write(path, 2)
    this.length[0] = 2 + length + (path.startsWith('\0') ? 0 : 1)
    return true
  }

  read(): Address {
    const { memory, text, libc } = this
    const family = new Uint16Array(memory.buffer, memory.byteOffset, 1)[0]
    if (family !== C.AF_INET && family !== C.AF_INET6) return ''
    libc.inet_ntop(family, family === C.AF_INET ? memory.subarray(4) : memory.subarray(8), text, text.length)
    return [text.toString('latin1', 0, text.indexOf(0)), memory.readUInt16BE(2)]
  }

  /** The address of this end of a socket. */
  nameOf(fd: number): Address {
    this.libc.getsockname(fd, this.clear().memory, this.length)
    return this.read()
  }
}
