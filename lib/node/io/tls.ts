import type { Duplex } from 'node:stream'
import { type TLSSocket, type TlsOptions, connect, createServer } from 'node:tls'
import type { SslOptions } from '../../task/services.ts'

/** What the two ends of a connection in TLS have agreed on. */
export interface TlsInfo {
  readonly cipher: readonly [string, string, number]
  readonly peercert: object | null
  readonly alpn: string | null
}

/**
 * Begin TLS as the client.
 * @param host the name that the server has to prove, if `ssl` names no other.
 */
export function tlsClient(stream: Duplex, ssl: SslOptions | true, host: string | undefined): TLSSocket {
  const options = ssl === true ? {} : ssl
  const servername = options.servername ?? host
  return connect({ ...options as object, socket: stream, ...servername !== undefined && !isAddress(servername) && { servername },
    ...servername !== undefined && { host: servername } })
}

/** Begin TLS as the server. `secured` gets the connection in TLS when the two ends have agreed. */
export function tlsServer(stream: Duplex, ssl: SslOptions, secured: (secure: TLSSocket) => void): void {
  createServer({ ...ssl as TlsOptions, requestCert: ssl.requestCert ?? false, rejectUnauthorized: ssl.rejectUnauthorized ?? false })
    .on('secureConnection', secured)
    .on('tlsClientError', (error, secure) => {
      secure.destroy()
      stream.destroy(error)
    })
    .emit('connection', stream)
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

/** A client tells the server which name it wants, but TLS allows no address there. */
function isAddress(host: string): boolean { return /^[\d.]+$|:/.test(host) }
