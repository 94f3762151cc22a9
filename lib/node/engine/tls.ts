import type { Duplex } from 'node:stream'
import { type SecureContextOptions, TLSSocket, type TlsOptions, connect, createSecureContext } from 'node:tls'
import type { SslOptions } from '../../task/services.ts'

/** What the other side is to be told of a connection in TLS. */
export interface TlsInfo {
  readonly cipher: readonly [string, string, number]
  readonly peercert: object | null
  readonly alpn: string | null
}

/** @param host the name that the other side is to prove, if no other is given. */
export function tlsClient(stream: Duplex, ssl: SslOptions | true, host: string | undefined): TLSSocket {
  const options = ssl === true ? {} : ssl
  const servername = options.servername ?? host
  return connect({ ...options as object, socket: stream, ...servername !== undefined && !isAddress(servername) && { servername },
    ...servername !== undefined && { host: servername } })
}

export function tlsServer(stream: Duplex, ssl: SslOptions): TLSSocket {
  const options: TlsOptions = {
    requestCert: ssl.requestCert ?? false, rejectUnauthorized: ssl.rejectUnauthorized ?? false,
    ...ssl.ALPNProtocols !== undefined && { ALPNProtocols: [...ssl.ALPNProtocols] },
  }
  return new TLSSocket(stream, { ...options, isServer: true, secureContext: createSecureContext(ssl as SecureContextOptions) })
}

export function tlsInfo(socket: TLSSocket): TlsInfo {
  const { name, version } = socket.getCipher()
  const certificate = socket.getPeerCertificate()
  return {
    cipher: [name, version, /256/.test(name) ? 256 : 128],
    peercert: Object.keys(certificate).length === 0 ? null : certificate,
    alpn: socket.alpnProtocol === false ? null : socket.alpnProtocol,
  }
}

/** Names are sent to the other side, addresses are not. */
function isAddress(host: string): boolean { return /^[\d.]+$|:/.test(host) }
