import { type Socket, createSocket } from 'node:dgram'
import { isIPv6 } from 'node:net'
import type { DatagramOptions } from '../../task/services.ts'
import { portableError } from './portable-error.ts'
import type { Maker, Reporter, Resource } from './resource.ts'

/** A socket that sends and receives single messages, by UDP. It reports `ready`, or that it `failed`. Then it reports each `message`. */
export const makeDatagrams: Maker = (options: DatagramOptions, reporter) => new DatagramResource(options, reporter)

class DatagramResource implements Resource {
  private readonly socket: Socket
  private isReady = false
  private isClosed = false

  constructor(private readonly options: DatagramOptions, private readonly reporter: Reporter) {
    const { localAddr, remoteAddr, reusePort, allowBroadcast } = options
    const [host] = localAddr ?? remoteAddr ?? ['']
    const socket = this.socket = createSocket({ type: isIPv6(host) ? 'udp6' : 'udp4', reuseAddr: reusePort ?? false })
    socket.on('message', (data, { address, port }) => { reporter.report('message', [data, [address, port]]) })
    socket.on('error', error => { this.failed(error) })
    socket.on('close', () => {
      reporter.report('closed', null)
      reporter.ended()
    })
    socket.bind(localAddr?.[1] ?? 0, localAddr?.[0], () => {
      if (allowBroadcast === true) socket.setBroadcast(true)
      if (remoteAddr === undefined) this.ready()
      else socket.connect(remoteAddr[1], remoteAddr[0], (error?: Error) => { if (error === undefined) this.ready(); else this.failed(error) })
    })
  }

  do(command: string, value: unknown): void {
    if (command === 'close') this.close()
    else this.send(value as [Uint8Array, readonly [string, number] | null])
  }

  private send([data, address]: [Uint8Array, readonly [string, number] | null]): void {
    const sent = (error: Error | null): void => { if (error !== null) this.failed(error) }
    try {
      if (address === null) this.socket.send(data, sent)
      else this.socket.send(data, address[1], address[0], sent)
    } catch (error) {
      this.failed(error) // nobody has said where to send it
    }
  }

  private close(): void {
    if (this.isClosed) return
    this.isClosed = true
    this.socket.close()
  }

  private ready(): void {
    this.isReady = true
    const { address, port } = this.socket.address()
    this.reporter.report('ready', { sockname: [address, port], peername: this.options.remoteAddr })
  }

  private failed(error: unknown): void {
    this.reporter.report(this.isReady ? 'error' : 'failed', portableError(error))
    if (!this.isReady) this.close()
  }
}
