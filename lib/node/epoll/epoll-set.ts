import { C, type Libc, callError } from './libc.ts'

/** Hears of a descriptor. */
export interface Watcher {
  /** Some of these have come: `IN`, `OUT`, `ERR`, `HUP`. */
  onEvents(events: number): void
}

/** So many events are taken before the loop has a turn, so that timers and other threads have theirs. With 10,000 connections, fewer take longer. */
const MANY = 256

/** A wait that is longer is as good as one without end, in milliseconds. */
const LONGEST = 2 ** 31 - 1

/** How many numbers an event takes. On x86 its parts are packed; elsewhere there are four free bytes after the first. */
const [EVENT, DATA] = process.arch === 'x64' || process.arch === 'ia32' ? [3, 1] : [4, 2]

/**
 * The descriptors of this thread that the system watches. It is told which events of which descriptor are wanted, and tells again at each
 * wait which of them are there ("level-triggered"). So nothing is lost when a socket is read only once for each event,
 * and every socket has its turn. A socket that is told to pause need not tell the system: what comes nevertheless is taken off then.
 */
export class EpollSet {
  private readonly fd: number
  private readonly events = new Int32Array(MANY * EVENT)
  private readonly change = new Int32Array(EVENT)
  /** Seconds and nanoseconds, each in 64 bits. */
  private readonly time = new Int32Array(4)
  private readonly watchers: (Watcher | undefined)[] = []
  /** Each watch has another number. So an event for a descriptor that was closed meanwhile does not reach the next one with its number. */
  private readonly serials: number[] = []
  private serial = 0
  private hasFineTime = true

  constructor(private readonly libc: Libc) {
    this.fd = libc.epoll_create1(C.CLOEXEC)
    if (this.fd < 0) throw callError('epoll_create1', libc.errno())
  }

  /** Watch a descriptor from now on. */
  add(fd: number, watcher: Watcher, events: number): void {
    this.watchers[fd] = watcher
    this.serials[fd] = this.serial = (this.serial + 1) | 0
    this.control(C.ADD, fd, events)
  }

  /** Watch it for other events. */
  modify(fd: number, events: number): void { this.control(C.MODIFY, fd, events) }

  /** Watch it no more. */
  delete(fd: number): void {
    this.watchers[fd] = undefined
    this.control(C.DELETE, fd, 0)
  }

  /** It was closed, or will be at once. The system then watches it no more by itself. */
  forget(fd: number): void { this.watchers[fd] = undefined }

  /** Wait for events, and tell the watchers. @param ms how long to wait, at most. @returns whether there were any. */
  wait(ms: number): boolean {
    const { events, watchers, serials } = this
    const count = this.ask(ms)
    for (let i = 0, at = 0; i < count; i++, at += EVENT) {
      const fd = events[at + DATA] as number
      if (serials[fd] === events[at + DATA + 1]) watchers[fd]?.onEvents(events[at] as number)
    }
    return count > 0
  }

  close(): void { this.libc.close(this.fd) }

  private ask(ms: number): number {
    const { libc, fd, events, time } = this
    if (ms === 0 || ms >= LONGEST) return libc.epoll_wait(fd, events, MANY, ms === 0 ? 0 : -1)
    if (!this.hasFineTime) return libc.epoll_wait(fd, events, MANY, Math.ceil(ms))
    const seconds = Math.floor(ms / 1000)
    time[0] = seconds
    time[2] = Math.floor((ms - seconds * 1000) * 1e6)
    const count = libc.epoll_pwait2(C.PWAIT2, fd, events, MANY, time, null, 0)
    if (count >= 0 || libc.errno() !== C.ENOSYS) return count
    this.hasFineTime = false // before Linux 5.11: a wait may be a millisecond too long
    return this.ask(ms)
  }

  private control(operation: number, fd: number, events: number): void {
    const { change } = this
    change[0] = events
    change[DATA] = fd
    change[DATA + 1] = this.serials[fd] as number
    if (this.libc.epoll_ctl(this.fd, operation, fd, change) < 0 && operation !== C.DELETE) throw callError('epoll_ctl', this.libc.errno())
  }
}
