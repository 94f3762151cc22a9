import { type Socket, type TcpNetConnectOpts, connect } from 'node:net'
import type { ConnectionOptions } from '../../task/services.ts'
import { SocketThing } from './socket-thing.ts'
import type { Maker } from './thing.ts'

/** Where a connection is to go. */
export type Target = ConnectionOptions & ({ readonly host: string; readonly port: number } | { readonly path: string })

/** A connection that begins here: `connected` is told, or that it is closed. */
export const makeConnection: Maker = (target: Target, teller) => {
  const socket = begin(target)
  const thing = new SocketThing(socket, teller)
  const host = 'host' in target ? target.host : undefined
  socket.once('connect', () => {
    socket.setNoDelay(true)
    teller.tell('connected', thing.info)
    if (target.ssl !== undefined) thing.startTls({ ssl: target.ssl, isServer: false, host })
  })
  return thing
}

function begin(target: Target): Socket {
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
