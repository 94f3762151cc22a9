import { createReadStream, fstatSync } from 'node:fs'
import { Socket } from 'node:net'
import { type Duplex } from 'node:stream'
import { ReadStream, isatty } from 'node:tty'
import { JoinedStream } from './joined-stream.ts'
import { StreamResource } from './stream-resource.ts'
import type { Maker } from './resource.ts'

/** The standard input: a terminal, a pipe, a socket or a file. */
export const makeStdin: Maker = (_options: unknown, reporter) => new StreamResource(open(), reporter)

const STDIN = 0

/** It is opened anew, because the main thread passes on the `process.stdin` of another thread, and the main thread may block. */
function open(): Duplex {
  if (isatty(STDIN)) return new ReadStream(STDIN)
  const kind = fstatSync(STDIN)
  if (kind.isFIFO() || kind.isSocket()) return new Socket({ fd: STDIN, readable: true, writable: false })
  const joined = new JoinedStream(null, () => undefined)
  joined.readFrom(createReadStream('', { fd: STDIN, autoClose: false }))
  return joined
}
