import { isIP } from 'node:net'
import { describe } from '../../base/describe.ts'
import type { Target } from '../io/connection.ts'
import { portableError } from '../io/portable-error.ts'
import type { Reporter } from '../io/resource.ts'
import type { Watcher } from './epoll-set.ts'
import { C, callError } from './libc.ts'
import type { Net } from './net.ts'
import { PolledSocket } from './polled-socket.ts'

/** How long the first address may take before the next one is tried as well, in milliseconds. It is Node's figure. */
const DELAY = 250

/** A connection that this thread begins. It reports `connected`, or that it is closed. */
export class PolledConnection extends PolledSocket {
  /** The addresses that were not tried yet. */
  private untried: readonly string[] = []
  private attempts: Attempt[] = []
  private firstError: Error | null = null
  private timer = -1
  /** Is it neither connected nor given up? */
  private connecting = true
  private cancelLookup: () => void = () => undefined

  constructor(net: Net, private readonly target: Target, reporter: Reporter) {
    super(net, -1, reporter)
    if ('path' in target) {
      net.soon(() => { this.connectTo(['']) })
      return
    }
    const { host, family, localAddr, happyEyeballsDelay } = target
    if (happyEyeballsDelay !== undefined) checkDelay(happyEyeballsDelay)
    if (localAddr !== undefined && isIP(localAddr[0]) === 0) {
      throw Object.assign(new TypeError(`Invalid IP address: ${localAddr[0]}`), { code: 'ERR_INVALID_IP_ADDRESS' })
    }
    net.soon(() => {
      if (!this.connecting) return
      this.cancelLookup = net.lookup(host, family ?? 0, (error, addresses) => {
        if (error === null) this.connectTo(mixed(addresses))
        else this.givenUp(error)
      })
    })
  }

  override do(command: string, value: unknown): void {
    if (!this.connecting) super.do(command, value)
    else if (command === 'abort' || command === 'close') this.givenUp(null)
  }

  private connectTo(addresses: readonly string[]): void {
    if (!this.connecting) return
    this.untried = addresses
    if (addresses.length > 1) this.startTimer()
    this.tryNext()
  }

  /** Try the next address. Those that were tried go on. The first that answers is taken. */
  private tryNext(): void {
    while (this.connecting && this.untried.length > 0) {
      const [host = '', ...rest] = this.untried
      this.untried = rest
      try {
        this.attempts.push(new Attempt(this.net, this.target, host, (attempt, error) => { this.tried(attempt, error) }))
        return
      } catch (error) {
        this.firstError ??= error as Error
      }
    }
    if (this.connecting && this.attempts.length === 0) this.givenUp(this.firstError)
  }

  private tried(attempt: Attempt, error: Error | null): void {
    this.attempts = this.attempts.filter(other => other !== attempt)
    if (error === null) {
      this.connected(attempt)
      return
    }
    this.firstError ??= error
    this.tryNext()
  }

  private connected({ fd, host }: Attempt): void {
    const { target, net } = this
    this.stopTrying()
    this.fd = fd
    if (!('path' in target)) net.libc.setsockopt(fd, C.IPPROTO_TCP, C.TCP_NODELAY, new Int32Array([1]), 4)
    this.reporter.report('connected', 'path' in target ? { peername: '', sockname: '' }
      : { peername: [host, target.port], sockname: net.addresses.nameOf(fd) })
  }

  private givenUp(error: unknown): void {
    if (!this.connecting) return
    this.stopTrying()
    this.reporter.report('closed', error === null ? null : portableError(error))
    this.reporter.ended()
  }

  private stopTrying(): void {
    this.connecting = false
    this.cancelLookup()
    for (const attempt of this.attempts) attempt.giveUp()
    this.attempts = []
    if (this.timer < 0) return
    this.net.set.forget(this.timer)
    this.net.libc.close(this.timer)
    this.timer = -1
  }

  /** The system tells of a timer as it tells of a socket. */
  private startTimer(): void {
    const { net: { libc, set }, target } = this
    const ms = Math.max(1, ('path' in target ? undefined : target.happyEyeballsDelay) ?? DELAY)
    const seconds = Math.floor(ms / 1000)
    const rest = Math.floor((ms - seconds * 1000) * 1e6)
    const timer = this.timer = libc.timerfd_create(C.MONOTONIC, C.NONBLOCK | C.CLOEXEC)
    libc.timerfd_settime(timer, 0, new Int32Array([seconds, 0, rest, 0, seconds, 0, rest, 0]), null)
    set.add(timer, { onEvents: () => { this.tryNext() } }, C.IN | C.EDGE)
  }
}

/** One address that is tried. */
class Attempt implements Watcher {
  readonly fd: number
  private readonly place: string

  constructor(private readonly net: Net, target: Target, readonly host: string, private readonly done: (attempt: Attempt, error: Error | null) => void) {
    const { libc, addresses, set } = net
    const isPath = 'path' in target
    this.place = isPath ? target.path : `${host}:${String(target.port)}`
    if (isPath && !addresses.writePath(target.path)) throw callError('connect', C.ENAMETOOLONG, target.path)
    const family = isPath ? C.AF_UNIX : addresses.write(host, target.port)
    this.fd = libc.socket(family, C.STREAM | C.NONBLOCK | C.CLOEXEC, 0)
    if (this.fd < 0) throw callError('connect', libc.errno(), this.place)
    if (target.localAddr !== undefined && !isPath) {
      addresses.write(...target.localAddr)
      if (libc.bind(this.fd, addresses.memory, addresses.length[0] as number) < 0) throw this.failure('bind')
      addresses.write(host, target.port)
    }
    if (libc.connect(this.fd, addresses.memory, addresses.length[0] as number) < 0 && libc.errno() !== C.EINPROGRESS) throw this.failure('connect')
    set.add(this.fd, this, C.OUT)
  }

  onEvents(): void {
    const { net: { libc, set }, fd } = this
    const [value, length] = [new Int32Array(1), new Int32Array([4])]
    libc.getsockopt(fd, C.SOL_SOCKET, C.SO_ERROR, value, length)
    if (value[0] === 0) {
      set.delete(fd)
      this.done(this, null)
    } else {
      this.giveUp()
      this.done(this, callError('connect', value[0] as number, this.place))
    }
  }

  giveUp(): void {
    this.net.set.forget(this.fd)
    this.net.libc.close(this.fd)
  }

  private failure(call: string): Error {
    const error = callError(call, this.net.libc.errno(), this.place)
    this.net.libc.close(this.fd)
    return error
  }
}

function checkDelay(ms: unknown): void {
  if (typeof ms === 'number') return
  throw Object.assign(new TypeError(`happyEyeballsDelay must be a number of milliseconds, not ${describe(ms)}`), { code: 'ERR_INVALID_ARG_TYPE' })
}

/** IPv6 and IPv4 in turn, beginning with the first. So one of the two that does not work costs one delay. */
function mixed(addresses: readonly string[]): string[] {
  const [first, second] = [true, false].map(isFirst => addresses.filter(address => (isIP(address) === isIP(addresses[0] as string)) === isFirst)) as [string[], string[]]
  return first.flatMap((address, i) => i < second.length ? [address, second[i] as string] : [address]).concat(second.slice(first.length))
}
