import { Socket, type SocketConstructorOpts, type TcpNetConnectOpts, connect } from 'node:net'
import type { ConnectionOptions } from '../../task/services.ts'
import { SocketResource } from './socket-resource.ts'
import type { Maker } from './resource.ts'

/** Where to connect to: a host and a port, or a path in the file system. */
export type Target = ConnectionOptions & ({ readonly host: string; readonly port: number } | { readonly path: string })

/** What is handed over of a connection. */
export interface HandedOver {
  readonly fd: number
  /** What is still to be sent. */
  readonly rest: Uint8Array
}

/** A connection that this side begins. It reports `connected`, or that it is closed. */
export const makeConnection: Maker = (target: Target, reporter) => {
  const socket = connectTo(target)
  const resource = new SocketResource(socket, reporter)
  const host = 'host' in target ? target.host : undefined
  socket.once('connect', () => {
    socket.setNoDelay(true)
    reporter.report('connected', resource.info)
    if (target.ssl === undefined) resource.beginPlainly()
    else resource.startTls({ ssl: target.ssl, isServer: false, host })
  })
  return resource
}

/** A connection that the program has begun by itself, and hands over by its descriptor. Nothing is read before the program wants it, or TLS. */
export const makeFromDescriptor: Maker = ({ fd, rest }: HandedOver, reporter) => {
  const resource = new SocketResource(new Socket({ fd, allowHalfOpen: true, manualStart: true } as SocketConstructorOpts), reporter)
  if (rest.length > 0) resource.write(rest)
  return resource
}

function connectTo(target: Target): Socket {
  if ('path' in target) return connect({ path: target.path, allowHalfOpen: true })
  const { host, port, family, localAddr, happyEyeballsDelay } = target
  const options: TcpNetConnectOpts = {
    host, port, allowHalfOpen: true, autoSelectFamily: true,
    ...family !== undefined && { family },
    ...localAddr !== undefined && { localAddress: localAddr[0], localPort: localAddr[1] },
    ...happyEyeballsDelay !== undefined && { autoSelectFamilyAttemptTimeout: happyEyeballsDelay },
  }
  return connect(options)
}
