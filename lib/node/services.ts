import type { Coroutine } from '../generator/types.ts'
import type { EventLoop } from '../task/event-loop.ts'
import type { AddressInfo, Services } from '../task/services.ts'
import type { Executor } from './executor/executor.ts'
import { runInExecutor, shutdownExecutor } from './executor/in-executor.ts'
import { ThreadPoolExecutor } from './executor/pool-executor.ts'
import { handleOf } from './handle/loop-handle.ts'
import type { SignalHandlers } from './host/signal-handlers.ts'
import type { Link } from './link/link.ts'
import { ask } from './net/ask.ts'
import { checkAddress } from './net/checked-options.ts'
import { connect, connectToPath, listen, listenAtPath, startTls } from './net/connect-and-listen.ts'
import { openDatagrams } from './net/datagram-transport.ts'

/** What a loop can do whose host is one of this floor, and the link by which it does it. */
export interface NodeServices extends Services {
  readonly link: () => Link
}

/** All services of a host. They differ in their links and in their signal handlers only. */
export function servicesBy(link: () => Link, signals: SignalHandlers): NodeServices {
  return {
    link,
    createConnection: (loop, factory, host, port, options) => connect(loop as EventLoop, link(), factory, host, port, options),
    createUnixConnection: (loop, factory, path, options) => connectToPath(loop as EventLoop, link(), factory, path, options),
    createServer: (loop, factory, host, port, options) => listen(loop as EventLoop, link(), factory, host, port, options),
    createUnixServer: (loop, factory, path, options) => listenAtPath(loop as EventLoop, link(), factory, path, options),
    createDatagramEndpoint: (loop, factory, options) => openDatagrams(loop as EventLoop, link(), factory, options),
    startTls: (_loop, transport, protocol, ssl, options) => startTls(transport, protocol, ssl, options),
    getaddrinfo: (loop, host, port, family) => addressesOf(loop as EventLoop, link(), host, port, family),
    getnameinfo: (loop, address) => nameOf(loop as EventLoop, link(), address),
    newDefaultExecutor: () => new ThreadPoolExecutor(),
    runInExecutor: (loop, executor, work, args) => runInExecutor(loop as EventLoop, executor as Executor, work, args),
    shutdownExecutor: (_loop, executor) => shutdownExecutor(executor as Executor),
    addSignalHandler: (loop, signal, callback, args) => { signals.add(loop as EventLoop, signal, callback, args) },
    removeSignalHandler: (loop, signal) => signals.remove(loop as EventLoop, signal),
    handle: loop => handleOf(loop as EventLoop),
  }
}

/**
 * The link of a loop.
 * @param what what the program has called, for the message.
 * @throws RuntimeError when the host of the loop has no real input and output.
 */
export function linkOf(loop: EventLoop, what: string): Link { return (loop.$hosted(what) as NodeServices).link() }

function nameOf(loop: EventLoop, link: Link, address: readonly [string, number]): Coroutine<[string, string]> {
  checkAddress('the address of getnameinfo()', (address as unknown) === undefined ? null : address)
  const [host, port] = address
  return ask(loop, link, 'name', { host, port })
}

function* addressesOf(loop: EventLoop, link: Link, host: string, port: number, family: 0 | 4 | 6): Coroutine<AddressInfo[]> {
  const found = yield* ask<{ address: string; family: 4 | 6 }[]>(loop, link, 'addresses', { host, family })
  return found.map(({ address, family: of }) => ({ family: of, address: [address, port] }))
}
