import { RuntimeError } from '../base/errors.ts'
import type { EventLoop } from '../task/event-loop.ts'
import type { Services } from '../task/services.ts'
import type { Link } from './link/link.ts'
import { connect, listen, listenAtPath, startTls, tcpTarget, unixTarget } from './net/connections.ts'

/** What loops can do whose host is one of ours, by a link to whoever serves it. */
export function servicesBy(link: () => Link): Services {
  return {
    createConnection: (loop, factory, host, port, options) => connect(loop as EventLoop, link(), factory, tcpTarget(host, port, options)),
    createUnixConnection: (loop, factory, path, options) => connect(loop as EventLoop, link(), factory, unixTarget(path, options)),
    createServer: (loop, factory, host, port, options) =>
      listen(loop as EventLoop, link(), factory, typeof host === 'string' || host === null ? [host === '' ? null : host] : host, port, options),
    createUnixServer: (loop, factory, path, options) => listenAtPath(loop as EventLoop, link(), factory, path, options),
    startTls: (_loop, transport, protocol, ssl, options) => startTls(transport, protocol, ssl, options),
    createDatagramEndpoint: missing, getaddrinfo: missing, getnameinfo: missing, newDefaultExecutor: missing, runInExecutor: missing,
    shutdownExecutor: missing, addSignalHandler: missing, removeSignalHandler: missing, handle: missing,
  }
}

function missing(): never { throw new RuntimeError('not yet') }

