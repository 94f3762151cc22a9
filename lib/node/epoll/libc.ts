import { getSystemErrorMap } from 'node:util'
import { RuntimeError } from '../../base/errors.ts'
import { load } from '../load.ts'

/** Bytes that the system reads or fills in. */
type Memory = Uint8Array | Int32Array

/** The calls of the system that an epoll set and its sockets need. Each gives -1 when it fails; then `errno()` says why. */
export interface Libc {
  epoll_create1(flags: number): number
  epoll_ctl(set: number, operation: number, fd: number, event: Memory): number
  epoll_wait(set: number, events: Memory, most: number, ms: number): number
  eventfd(value: number, flags: number): number
  timerfd_create(clock: number, flags: number): number
  timerfd_settime(fd: number, flags: number, time: Memory, before: null): number
  socket(family: number, type: number, protocol: number): number
  bind(fd: number, address: Memory, length: number): number
  listen(fd: number, backlog: number): number
  accept4(fd: number, address: Memory, length: Memory, flags: number): number
  connect(fd: number, address: Memory, length: number): number
  getsockname(fd: number, address: Memory, length: Memory): number
  getsockopt(fd: number, level: number, option: number, value: Memory, length: Memory): number
  setsockopt(fd: number, level: number, option: number, value: Memory, length: number): number
  recv(fd: number, into: Memory, most: number, flags: number): number
  send(fd: number, bytes: Memory, length: number, flags: number): number
  shutdown(fd: number, how: number): number
  close(fd: number): number
  inet_pton(family: number, text: string, into: Memory): number
  inet_ntop(family: number, address: Memory, into: Memory, most: number): number | null
  /** `epoll_pwait2()`, for a time in nanoseconds. Not every library of the system has a function for it. */
  epoll_pwait2(number: number, set: number, events: Memory, most: number, time: Memory, signals: null, size: number): number
  errno(): number
}

const SIGNATURES: Readonly<Record<Exclude<keyof Libc, 'errno'>, string>> = {
  epoll_create1: 'int epoll_create1(int)',
  epoll_ctl: 'int epoll_ctl(int, int, int, void *)',
  epoll_wait: 'int epoll_wait(int, void *, int, int)',
  eventfd: 'int eventfd(unsigned int, int)',
  timerfd_create: 'int timerfd_create(int, int)',
  timerfd_settime: 'int timerfd_settime(int, int, void *, void *)',
  socket: 'int socket(int, int, int)',
  bind: 'int bind(int, void *, unsigned int)',
  listen: 'int listen(int, int)',
  accept4: 'int accept4(int, void *, void *, int)',
  connect: 'int connect(int, void *, unsigned int)',
  getsockname: 'int getsockname(int, void *, void *)',
  getsockopt: 'int getsockopt(int, int, int, void *, void *)',
  setsockopt: 'int setsockopt(int, int, int, void *, unsigned int)',
  recv: 'long recv(int, void *, size_t, int)',
  send: 'long send(int, void *, size_t, int)',
  shutdown: 'int shutdown(int, int)',
  close: 'int close(int)',
  inet_pton: 'int inet_pton(int, const char *, void *)',
  inet_ntop: 'size_t inet_ntop(int, void *, void *, unsigned int)',
  epoll_pwait2: 'long syscall(long, int, void *, int, void *, void *, size_t)',
}

interface Koffi {
  load(path: null): { func(signature: string): unknown }
  errno(): number
}

let libc: Libc | null = null

/** The functions of the system, by the package koffi. @throws RuntimeError when the system is not Linux, or koffi is not installed. */
export function loadLibc(): Libc {
  if (libc !== null) return libc
  if (process.platform !== 'linux') {
    throw new RuntimeError(`only Linux has epoll, and this is ${process.platform}. Write new NodeHost()`, { code: 'NOT_LINUX' })
  }
  const koffi = load('koffi') as Koffi
  const own = koffi.load(null) // Node itself: it is linked with the library of the system, whichever that is
  const functions = Object.entries(SIGNATURES).map(([name, signature]) => [name, own.func(signature)])
  return libc = { ...Object.fromEntries(functions) as Omit<Libc, 'errno'>, errno: () => koffi.errno() }
}

/** The error that a call has just given, as Node makes it. `place` is the address that it is about. */
export function callError(call: string, errno: number, place = ''): Error {
  const [code, words] = getSystemErrorMap().get(-errno) ?? [String(errno), 'unknown error']
  const text = call === 'listen' ? `listen ${code}: ${words} ${place}` : `${call} ${code} ${place}`
  return Object.assign(new Error(text.trimEnd()), { code })
}

/** The numbers of the system. They are the same for all processors that Node runs on. */
export const C = {
  EINTR: 4, EAGAIN: 11, EMFILE: 24, ECONNABORTED: 103, EAFNOSUPPORT: 97, EADDRNOTAVAIL: 99, EINPROGRESS: 115, ENOSYS: 38, ENAMETOOLONG: 36,
  AF_UNIX: 1, AF_INET: 2, AF_INET6: 10,
  STREAM: 1, NONBLOCK: 0o4000, CLOEXEC: 0o2000000,
  SOL_SOCKET: 1, SO_REUSEADDR: 2, SO_ERROR: 4, IPPROTO_TCP: 6, TCP_NODELAY: 1, IPPROTO_IPV6: 41, IPV6_V6ONLY: 26,
  SHUT_WR: 1, MSG_NOSIGNAL: 0x4000,
  IN: 1, OUT: 4, ERR: 8, HUP: 16, EDGE: 2 ** 31 | 0,
  ADD: 1, DELETE: 2, MODIFY: 3,
  MONOTONIC: 1, PWAIT2: 441,
} as const
