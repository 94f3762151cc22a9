import { type AddressInfo, type ListenOptions, type Server, type Socket, createServer } from 'node:net'
import type { ServerOptions } from '../../task/services.ts'
import { portableError } from './portable-error.ts'
import { SocketResource } from './socket-resource.ts'
import { TELLS_BY_DRAIN } from './stream-resource.ts'
import type { Maker, Reporter, Resource } from './resource.ts'

/** Where to listen: at each of the hosts, or at a path in the file system. */
export interface Place extends ServerOptions {
  readonly hosts: readonly (string | null)[]
  readonly port: number
  readonly path?: string
}

/** A server. It reports `listening`, or that it `failed`. Then it reports each `connection`. */
export const makeServer: Maker = (place: Place, reporter) => new ServerResource(place, reporter)

class ServerResource implements Resource {
  private readonly servers: Server[] = []
  /** How many of the servers listen. */
  private listening = 0
  private isClosed = false

  constructor(private readonly place: Place, private readonly reporter: Reporter) {
    for (const host of place.hosts) this.listen(host)
  }

  do(command: string): void { if (command === 'close') this.close() }

  private listen(host: string | null): void {
    const { port, path, backlog } = this.place
    const server = createServer({ allowHalfOpen: true, pauseOnConnect: true, noDelay: true, highWaterMark: TELLS_BY_DRAIN })
    this.servers.push(server)
    const options: ListenOptions = {
      ...path === undefined ? { port, ...host !== null && { host } } : { path }, ...backlog !== undefined && { backlog },
    }
    server.on('connection', this.onConnection).on('error', this.onError).listen(options, this.onListening)
  }

  private readonly onConnection = (socket: Socket): void => {
    const { ssl } = this.place
    let client: SocketResource | undefined
    const id = this.reporter.make(reporter => client = new SocketResource(socket, reporter))
    const { info } = client as SocketResource
    this.reporter.report('connection', { id, info })
    if (ssl === undefined) (client as SocketResource).beginPlainly()
    else (client as SocketResource).startTls({ ssl, isServer: true })
  }

  private readonly onListening = (): void => {
    if (++this.listening < this.servers.length || this.isClosed) return
    this.reporter.report('listening', this.servers.map(server => addressOf(server.address() as AddressInfo | string)))
  }

  private readonly onError = (error: unknown): void => {
    if (this.isClosed) return
    this.reporter.report('failed', portableError(error))
    this.close()
  }

  private close(): void {
    if (this.isClosed) return
    this.isClosed = true
    for (const server of this.servers) server.close(() => undefined)
    this.reporter.report('closed')
    this.reporter.ended()
  }
}

function addressOf(address: AddressInfo | string): [string, number] | string {
  return typeof address === 'string' ? address : [address.address, address.port]
}
