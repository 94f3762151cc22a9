import { describe } from '../../base/describe.ts'
import { ArgumentError } from '../../base/errors.ts'
import type { Coroutine } from '../../generator/types.ts'
import type { EventLoop } from '../../task/event-loop.ts'
import type { ConnectionOptions, ServerOptions, SslOptions, TlsOptions } from '../../task/services.ts'
import type { AnyProtocol } from '../../transport/protocol.ts'
import type { Server } from '../../transport/server.ts'
import type { Transport } from '../../transport/transport.ts'
import type { Target } from '../io/connection.ts'
import type { Link } from '../link/link.ts'
import { checkedHosts, checkedPath, checkedPort } from './checked-place.ts'
import { NodeServer } from './server.ts'
import { SocketTransport } from './socket-transport.ts'

/** Connect, and wait until the connection is made, in TLS if `ssl` is given. */
export function* connect<P extends AnyProtocol>(loop: EventLoop, link: Link, factory: () => P, target: Target): Coroutine<[Transport, P]> {
  const protocol = factory()
  const transport = new SocketTransport(loop, link, protocol)
  transport.$open('connection', target)
  yield* transport.$until(target.ssl === undefined ? 'connected' : 'secured')
  return [transport, protocol]
}

export function tcpTarget(host: string, port: number, options: ConnectionOptions): Target {
  if (typeof host !== 'string') throw new ArgumentError(`a host must be a name or an address, not ${describe(host)}`, 'NOT_A_HOST_NAME')
  return { ...options, host, port: checkedPort(port) }
}

export function unixTarget(path: string, options: ConnectionOptions): Target {
  return { ...options, path: checkedPath(path) }
}

export function* listen(loop: EventLoop, link: Link, factory: () => AnyProtocol, host: string | readonly string[] | null, port: number,
  options: ServerOptions): Coroutine<Server> {
  return yield* startIfWanted(new NodeServer(loop, link, factory, { ...options, hosts: checkedHosts(host), port: checkedPort(port) }), options)
}

export function* listenAtPath(loop: EventLoop, link: Link, factory: () => AnyProtocol, path: string, options: ServerOptions): Coroutine<Server> {
  return yield* startIfWanted(new NodeServer(loop, link, factory, { ...options, hosts: [null], port: 0, path: checkedPath(path) }), options)
}

function* startIfWanted(server: NodeServer, options: ServerOptions): Coroutine<Server> {
  if (options.startServing !== false) yield* server.startServing()
  return server
}

export function* startTls(transport: Transport, protocol: AnyProtocol, ssl: SslOptions | true, options: TlsOptions): Coroutine<Transport> {
  if (!(transport instanceof SocketTransport)) {
    throw new ArgumentError(`startTls() takes the transport of a connection, not ${describe(transport)}`, 'NOT_A_SOCKET')
  }
  transport.setProtocol(protocol)
  yield* transport.$startTls({ ssl, isServer: options.serverSide ?? false })
  return transport
}
