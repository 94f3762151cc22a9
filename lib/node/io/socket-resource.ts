import type { Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import type { SslOptions } from '../../task/services.ts'
import { copied } from './copied.ts'
import { Outlet } from './outlet.ts'
import { lent, readAsUsual, readInto } from './read-into.ts'
import { StreamResource } from './stream-resource.ts'
import type { Reporter } from './resource.ts'
import { tlsClient, tlsInfo, tlsServer } from './tls.ts'

/** How TLS begins on a connection. */
export interface StartTls {
  readonly ssl: SslOptions | true
  readonly isServer: boolean
  readonly host?: string | undefined
}

/** The addresses of the two ends of a connection. */
export interface SocketInfo {
  readonly peername: readonly [string, number] | string
  readonly sockname: readonly [string, number] | string
}

/** A connection by TCP, or by a socket in the file system. */
export class SocketResource extends StreamResource {
  private outlet: Outlet | null = null

  constructor(private readonly socket: Socket, reporter: Reporter) { super(socket, reporter) }

  /** No TLS begins at once: read without memory of its own for each piece, and write without the stream. */
  beginPlainly(): void {
    readInto(this.socket, this.onLent)
    this.outlet = new Outlet(this.socket)
  }

  private readonly onLent = (length: number): boolean => {
    if (!this.wantsMore) {
      this.socket.push(copied(lent.memory, length)) // Node may read once more than it was told to, as when a pause follows at once
      return false
    }
    if (!this.reporter.lent(lent.memory, length)) this.stop()
    return this.wantsMore
  }

  override do(command: string, value: unknown): void {
    if (command === 'startTls') this.startTls(value as StartTls)
    else super.do(command, value)
  }

  /** A socket gives the bytes to the system at once, or keeps them. */
  override write(bytes: Uint8Array): boolean {
    const gone = this.outlet !== null && this.reportsInGroups ? this.outlet.write(bytes) : 0
    if (gone > 0) this.wrote(gone)
    if (gone === bytes.length) return true
    super.write(gone === 0 ? bytes : bytes.subarray(gone))
    return this.stream === this.socket && this.socket.writableLength === 0
  }

  /** Begin TLS. It reports `secured` when the two ends have agreed. Or it reports that it is closed. */
  startTls({ ssl, isServer, host }: StartTls): void {
    const { stream } = this
    this.outlet = null
    readAsUsual(this.socket)
    stream.allowHalfOpen = false // TLS has no half-open connections
    stream.pause()
    stream.removeAllListeners('data')
    try {
      if (isServer) tlsServer(stream, ssl as SslOptions, secure => { this.secured(secure) })
      else this.secureClient(ssl, host)
    } catch (error) {
      stream.destroy(error as Error)
    }
  }

  private secureClient(ssl: SslOptions | true, host: string | undefined): void {
    const secure = tlsClient(this.stream, ssl, host)
    this.replace(secure)
    secure.once('secureConnect', () => { this.reporter.report('secured', tlsInfo(secure)) })
  }

  private secured(secure: TLSSocket): void {
    this.replace(secure)
    this.reporter.report('secured', tlsInfo(secure))
  }

  get info(): SocketInfo {
    const { socket } = this
    return { peername: addressOf(socket.remoteAddress, socket.remotePort), sockname: addressOf(socket.localAddress, socket.localPort) }
  }
}

function addressOf(host: string | undefined, port: number | undefined): [string, number] | string {
  return host === undefined ? '' : [host, port ?? 0]
}
