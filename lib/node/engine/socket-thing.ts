import type { Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import type { SslOptions } from '../../task/services.ts'
import { StreamThing } from './stream-thing.ts'
import type { Teller } from './thing.ts'
import { tlsClient, tlsInfo, tlsServer } from './tls.ts'

/** How a connection is to go on in TLS. */
export interface StartTls {
  readonly ssl: SslOptions | true
  readonly isServer: boolean
  readonly host?: string | undefined
}

/** What is known of a connection. */
export interface SocketInfo {
  readonly peername: readonly [string, number] | string
  readonly sockname: readonly [string, number] | string
}

/** A connection by TCP, or through a socket in the file system. */
export class SocketThing extends StreamThing {
  constructor(private readonly socket: Socket, teller: Teller) { super(socket, teller) }

  override do(verb: string, value: unknown): void {
    if (verb === 'startTls') this.startTls(value as StartTls)
    else super.do(verb, value)
  }

  /** The two sides agree; then `secured` is told, or it is closed. */
  startTls({ ssl, isServer, host }: StartTls): void {
    const { stream } = this
    stream.pause()
    stream.removeAllListeners('data')
    let secure: TLSSocket
    try {
      secure = isServer ? tlsServer(stream, ssl as SslOptions) : tlsClient(stream, ssl, host)
    } catch (error) {
      stream.destroy(error as Error)
      return
    }
    this.replace(secure)
    secure.once(isServer ? 'secure' : 'secureConnect', () => {
      if (isServer && isRefused(secure, ssl as SslOptions)) {
        secure.destroy(new Error('the certificate of the client was refused'))
        return
      }
      this.teller.tell('secured', tlsInfo(secure))
    })
  }

  get info(): SocketInfo {
    const { socket } = this
    return { peername: addressOf(socket.remoteAddress, socket.remotePort), sockname: addressOf(socket.localAddress, socket.localPort) }
  }
}

function isRefused(secure: TLSSocket, ssl: SslOptions): boolean {
  return ssl.requestCert === true && ssl.rejectUnauthorized === true && !secure.authorized
}

function addressOf(host: string | undefined, port: number | undefined): [string, number] | string {
  return host === undefined ? '' : [host, port ?? 0]
}

