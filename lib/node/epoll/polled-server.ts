import { unlinkSync } from 'node:fs'
import { portableError } from '../io/portable-error.ts'
import type { Reporter, Resource } from '../io/resource.ts'
import type { Place } from '../io/server.ts'
import type { Address } from './addresses.ts'
import type { Watcher } from './epoll-set.ts'
import { C, callError } from './libc.ts'
import type { Net } from './net.ts'
import { PolledSocket } from './polled-socket.ts'

/** So many connections are taken at a time. Then what has come for others has its turn. */
const MANY = 16

/** As many connections wait to be taken as with Node. */
const BACKLOG = 511

/** A server whose connections an epoll set watches. It reports `listening`, or that it `failed`. Then it reports each `connection`. */
export class PolledServer implements Resource {
  private readonly listeners: Listener[] = []
  private isClosed = false
  private cancelLookup: () => void = () => undefined

  constructor(private readonly net: Net, private readonly place: Place, private readonly reporter: Reporter) {
    net.soon(() => { this.listenAt(0) })
  }

  do(command: string): void { if (command === 'close') this.close() }

  private listenAt(index: number): void {
    const { place, net } = this
    if (this.isClosed) return
    if (index === place.hosts.length) {
      this.reporter.report('listening', this.listeners.map(({ address }) => address))
      return
    }
    const host = place.hosts[index] as string | null
    if (host === null) {
      this.add(host, index)
      return
    }
    this.cancelLookup = net.lookup(host, 0, (error, [address]) => {
      if (error === null) this.add(address as string, index)
      else this.failed(error)
    })
  }

  private add(host: string | null, index: number): void {
    try {
      this.listeners.push(new Listener(this.net, this.place, host, this.reporter, error => { this.failed(error) }))
    } catch (error) {
      this.failed(error)
      return
    }
    this.listenAt(index + 1)
  }

  private failed(error: unknown): void {
    if (this.isClosed) return
    this.reporter.report('failed', portableError(error))
    this.close()
  }

  private close(): void {
    if (this.isClosed) return
    this.isClosed = true
    this.cancelLookup()
    for (const listener of this.listeners) listener.close()
    this.reporter.report('closed')
    this.reporter.ended()
  }
}

/** One socket that listens. */
class Listener implements Watcher {
  readonly address: Address
  private fd: number
  private readonly path: string | undefined

  constructor(private readonly net: Net, { path, port, backlog = BACKLOG }: Place, host: string | null, private readonly reporter: Reporter,
    private readonly onError: (error: Error) => void) {
    this.fd = path === undefined ? this.bind(host ?? '::', port, host === null) : this.bindPath(path)
    if (net.libc.listen(this.fd, backlog) < 0) throw this.failure('listen', path ?? `${host ?? '::'}:${String(port)}`)
    this.path = path
    this.address = path ?? net.addresses.nameOf(this.fd)
    net.set.add(this.fd, this, C.IN)
  }

  onEvents(): void {
    const { net: { libc, addresses }, reporter } = this
    for (let left = MANY; left > 0 && this.fd >= 0; left--) { // the program may close it at any connection
      const fd = libc.accept4(this.fd, addresses.clear().memory, addresses.length, C.NONBLOCK | C.CLOEXEC)
      if (fd < 0) {
        const errno = libc.errno()
        if (errno === C.EAGAIN) return
        if (errno === C.EINTR || errno === C.ECONNABORTED) continue // the client has given up before
        this.onError(callError('accept', errno))
        return
      }
      const peername = addresses.read()
      const info = { peername, sockname: addresses.nameOf(fd) }
      const id = reporter.make(of => new PolledSocket(this.net, fd, of))
      reporter.report('connection', { id, info })
    }
  }

  close(): void {
    const { net, fd, path } = this
    this.fd = -1
    net.set.forget(fd)
    net.libc.close(fd)
    if (path === undefined || path.startsWith('\0')) return
    try {
      unlinkSync(path)
    } catch { /* somebody else has taken it away */ }
  }

  private bind(host: string, port: number, alsoOld: boolean): number {
    const { libc, addresses } = this.net
    const family = host.includes(':') ? C.AF_INET6 : C.AF_INET
    const fd = libc.socket(family, C.STREAM | C.NONBLOCK | C.CLOEXEC, 0)
    if (fd < 0) {
      const errno = libc.errno()
      if (errno === C.EAFNOSUPPORT && alsoOld) return this.bind('0.0.0.0', port, false)
      throw callError('listen', errno, `${host}:${String(port)}`)
    }
    const one = new Int32Array([1])
    libc.setsockopt(fd, C.SOL_SOCKET, C.SO_REUSEADDR, one, 4)
    libc.setsockopt(fd, C.IPPROTO_TCP, C.TCP_NODELAY, one, 4) // connections that are taken have it from here
    if (family === C.AF_INET6) libc.setsockopt(fd, C.IPPROTO_IPV6, C.IPV6_V6ONLY, new Int32Array([0]), 4)
    addresses.write(host, port)
    if (libc.bind(fd, addresses.memory, addresses.length[0] as number) === 0) return fd
    const errno = libc.errno()
    libc.close(fd)
    if (errno === C.EADDRNOTAVAIL && alsoOld) return this.bind('0.0.0.0', port, false)
    throw callError('listen', errno, `${host}:${String(port)}`)
  }

  private bindPath(path: string): number {
    const { libc, addresses } = this.net
    if (!addresses.writePath(path)) throw callError('listen', C.ENAMETOOLONG, path)
    const fd = libc.socket(C.AF_UNIX, C.STREAM | C.NONBLOCK | C.CLOEXEC, 0)
    if (fd < 0) throw callError('listen', libc.errno(), path)
    if (libc.bind(fd, addresses.memory, addresses.length[0] as number) === 0) return fd
    const errno = libc.errno()
    libc.close(fd)
    throw callError('listen', errno, path)
  }

  private failure(call: string, place: string): Error {
    const error = callError(call, this.net.libc.errno(), place)
    this.net.libc.close(this.fd)
    return error
  }
}
