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
import {
  CREATE_CONNECTION, CREATE_SERVER, CREATE_UNIX_CONNECTION, CREATE_UNIX_SERVER, checkConnectionOptions, checkServerOptions, checkTlsOptions, checkedFactory,
} from './checked-options.ts'
import { checkedHost, checkedHosts, checkedPath, checkedPort } from './checked-place.ts'
import { protocolOf } from './protocol-of.ts'
import { NodeServer } from './server.ts'
import { SocketTransport } from './socket-transport.ts'

export function* connect<P extends AnyProtocol>(loop: EventLoop, link: Link, factory: () => P, host: string, port: number,
  options: ConnectionOptions): Coroutine<[Transport, P]> {
  checkConnectionOptions(options, CREATE_CONNECTION)
  const target = { ...options, host: checkedHost(host, port), port: checkedPort(port) }
  return yield* connectTo(loop, link, checkedFactory('createConnection()', factory), target)
}

export function* connectToPath<P extends AnyProtocol>(loop: EventLoop, link: Link, factory: () => P, path: string,
  options: ConnectionOptions): Coroutine<[Transport, P]> {
  checkConnectionOptions(options, CREATE_UNIX_CONNECTION)
  return yield* connectTo(loop, link, checkedFactory('createUnixConnection()', factory), { ...options, path: checkedPath(path) })
}

/** Connect, and wait until the connection is made, in TLS if `ssl` is given. */
function* connectTo<P extends AnyProtocol>(loop: EventLoop, link: Link, factory: () => P, target: Target): Coroutine<[Transport, P]> {
  const protocol = protocolOf(factory)
  const transport = new SocketTransport(loop, link, protocol)
  transport.$open('connection', target)
  yield* transport.$until(target.ssl === undefined ? 'connected' : 'secured')
  return [transport, protocol]
}

export function* listen(loop: EventLoop, link: Link, factory: () => AnyProtocol, host: string | readonly string[] | null, port: number,
  options: ServerOptions): Coroutine<Server> {
  checkServerOptions(options, CREATE_SERVER)
  checkedFactory('createServer()', factory)
  return yield* startIfWanted(new NodeServer(loop, link, factory, { ...options, hosts: checkedHosts(host, port), port: checkedPort(port) }), options)
}

export function* listenAtPath(loop: EventLoop, link: Link, factory: () => AnyProtocol, path: string, options: ServerOptions): Coroutine<Server> {
  checkServerOptions(options, CREATE_UNIX_SERVER)
  checkedFactory('createUnixServer()', factory)
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
  checkTlsOptions(ssl, options)
  transport.setProtocol(protocol)
  yield* transport.$startTls({ ssl, isServer: options.serverSide ?? false })
  return transport
}
