import { createReadStream, fstatSync } from 'node:fs'
import { Socket } from 'node:net'
import { type Duplex } from 'node:stream'
import { ReadStream, isatty } from 'node:tty'
import { Joined } from './joined.ts'
import { StreamThing } from './stream-thing.ts'
import type { Maker } from './thing.ts'

/** The standard input, whatever it is. */
export const makeStdin: Maker = (_options: unknown, teller) => new StreamThing(open(), teller)

const STDIN = 0

/** Opened here, since a thread's `process.stdin` is passed on by the main thread, which blocks. */
function open(): Duplex {
  if (isatty(STDIN)) return new ReadStream(STDIN)
  const kind = fstatSync(STDIN)
  if (kind.isFIFO() || kind.isSocket()) return new Socket({ fd: STDIN, readable: true, writable: false })
  const joined = new Joined(null, () => undefined)
  joined.readFrom(createReadStream('', { fd: STDIN, autoClose: false }))
  return joined
}
