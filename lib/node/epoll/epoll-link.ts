import { IoSide } from '../io/io-side.ts'
import type { Maker } from '../io/resource.ts'
import type { StartTls } from '../io/socket-resource.ts'
import { Link, type ResourceUser } from '../link/link.ts'
import { threadLink } from '../link/thread-link.ts'
import { isIP } from 'node:net'
import { thisThread, type Source } from '../thread/this-thread.ts'
import { wake } from '../thread/cells.ts'
import type { Libc } from './libc.ts'
import { type Lookup, Net } from './net.ts'
import { PolledConnection } from './polled-connection.ts'
import { PolledServer } from './polled-server.ts'
import { PolledSocket } from './polled-socket.ts'

/**
 * The link of a thread that waits for an epoll set. Plain connections and their servers are served by this thread itself, and have negative
 * numbers. Everything else is served by the I/O thread.
 */
export class EpollLink extends Link implements Source {
  readonly net: Net
  private readonly ioSide: IoSide
  private calls: (() => void)[] = []

  constructor(libc: Libc) {
    super(-1)
    const soon = (call: () => void): void => {
      this.calls.push(call)
      wake(thisThread.cells)
    }
    this.net = new Net(libc, lookup, soon)
    const makers: Readonly<Record<string, Maker>> = {
      connection: (target, reporter) => new PolledConnection(this.net, target, reporter),
      server: (place, reporter) => new PolledServer(this.net, place, reporter),
    }
    this.ioSide = new IoSide(makers, {
      copies: false, soon,
      onReport: (id, event, value) => { this.reported(id, event, value) },
      onBytes: (id, bytes) => {
        this.received(id, bytes)
        return true
      },
    }, -1)
    thisThread.add(this)
  }

  override open(kind: string, options: unknown, user: ResourceUser): number {
    return isPolled(kind, options as PlaceOrTarget) ? super.open(kind, options, user) : threadLink().open(kind, options, user)
  }

  override adopt(id: number, user: ResourceUser): void {
    if (id < 0) super.adopt(id, user)
    else threadLink().adopt(id, user)
  }

  override drop(id: number): void {
    if (id < 0) super.drop(id)
    else threadLink().drop(id)
  }

  override abandon(id: number): void {
    if (id < 0) super.abandon(id)
    else threadLink().abandon(id)
  }

  override isQuiet(id: number): void { threadLink().isQuiet(id) }

  tell(id: number, command: string, value?: unknown): void {
    if (id > 0) threadLink().tell(id, command, value)
    else if (command === 'startTls') this.startTls(id, value as StartTls)
    else this.ioSide.do(id, command, value)
  }

  write(id: number, bytes: Uint8Array): void {
    if (id > 0) threadLink().write(id, bytes)
    else this.ioSide.write(id, bytes)
  }

  protected sendOpen(kind: string, id: number, options: unknown): void { this.ioSide.open(kind, id, options) }

  // As a source of this thread

  take(): boolean {
    const { calls } = this
    if (calls.length === 0) return false
    this.calls = []
    for (const call of calls) call()
    return this.calls.length > 0
  }

  flush(): void { if (this.net.reportWritten()) wake(thisThread.cells) }

  expects(): boolean { return this.users.size > 0 }

  /** What the program has written is still sent, though this thread may never come back to its sockets. */
  override endOrphans(): void {
    super.endOrphans()
    for (const [id, resource] of this.ioSide.entries()) {
      if (this.users.get(id) !== undefined || !(resource instanceof PolledSocket && resource.isClosing)) continue
      const thread = threadLink()
      const moved = handOver(resource, NOBODY)
      thread.tell(moved, 'close')
      thread.abandon(moved)
    }
  }

  /** The I/O thread goes on with a connection, in TLS. */
  private startTls(id: number, how: StartTls): void {
    const socket = this.ioSide.resourceAt(id) as PolledSocket | undefined
    const user = this.users.get(id)
    if (socket === undefined || user === undefined) return
    const { reads } = socket
    const moved = handOver(socket, user)
    this.drop(id)
    user.$moved?.(moved)
    try {
      threadLink().tell(moved, 'startTls', how)
    } catch (error) {
      if (reads) threadLink().tell(moved, 'read') // it goes on without TLS
      throw error
    }
  }
}

/** Hears of a connection that nobody waits for any more. */
const NOBODY: ResourceUser = { $onReport: () => undefined, $onLost: () => undefined }

/** Let the I/O thread go on with a connection: it gets the descriptor, and what is still to be sent. @returns the new number of the connection. */
function handOver(socket: PolledSocket, user: ResourceUser): number {
  return threadLink().open('socket', socket.release(), user)
}

type PlaceOrTarget = { readonly ssl?: unknown; readonly host?: string; readonly hosts?: readonly (string | null)[] }

/** Is it served by this thread? It is a plain connection, or a server of plain ones. Addresses with a zone are left to Node. */
function isPolled(kind: string, { ssl, host, hosts }: PlaceOrTarget): boolean {
  if (kind !== 'connection' && kind !== 'server' || ssl !== undefined) return false
  return [host, ...hosts ?? []].every(one => one?.includes('%') !== true)
}

/** An address needs no question. A name is looked up by the I/O thread. */
const lookup: Lookup = (host, family, found) => {
  if (isIP(host) !== 0) {
    found(null, [host])
    return () => undefined
  }
  const link = threadLink()
  const end = (error: unknown, addresses: readonly string[]): void => {
    link.drop(id)
    found(error, addresses)
  }
  const id = link.open('addresses', { host, family }, {
    $onReport: (event, value) => {
      if (event === 'done') end(null, (value as { readonly address: string }[]).map(({ address }) => address))
      else end(value, [])
    },
    $onLost: error => { end(error, []) },
  })
  return () => { link.drop(id) }
}
