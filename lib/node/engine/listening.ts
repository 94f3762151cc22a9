import { type AddressInfo, type ListenOptions, type Server, type Socket, createServer } from 'node:net'
import type { ServerOptions } from '../../task/services.ts'
import { portable } from './portable-error.ts'
import { SocketThing } from './socket-thing.ts'
import type { Maker, Teller, Thing } from './thing.ts'

/** Where to listen: at each of the hosts, or at a path. */
export interface Place extends ServerOptions {
  readonly hosts: readonly (string | null)[]
  readonly port: number
  readonly path?: string
}

/** A server: `listening` is told, or that it `failed`; then each `connection`. */
export const makeServer: Maker = (place: Place, teller) => new ServerThing(place, teller)

class ServerThing implements Thing {
  private readonly servers: Server[] = []
  private listening = 0
  private isOver = false

  constructor(private readonly place: Place, private readonly teller: Teller) {
    for (const host of place.hosts) this.listen(host)
  }

  do(verb: string): void { if (verb === 'close') this.close() }

  private listen(host: string | null): void {
    const { port, path, backlog } = this.place
    const server = createServer({ allowHalfOpen: true, pauseOnConnect: true, noDelay: true })
    this.servers.push(server)
    const options: ListenOptions = {
      ...path === undefined ? { port, ...host !== null && { host } } : { path }, ...backlog !== undefined && { backlog },
    }
    server.on('connection', this.onConnection).on('error', this.onError).listen(options, this.onListening)
  }

  private readonly onConnection = (socket: Socket): void => {
    const { ssl } = this.place
    let thing: SocketThing | undefined
    const id = this.teller.make(teller => thing = new SocketThing(socket, teller))
    const { info } = thing as SocketThing
    this.teller.tell('connection', { id, info })
    if (ssl !== undefined) (thing as SocketThing).startTls({ ssl, isServer: true })
  }

  private readonly onListening = (): void => {
    if (++this.listening < this.servers.length || this.isOver) return
    this.teller.tell('listening', this.servers.map(server => addressOf(server.address() as AddressInfo | string)))
  }

  private readonly onError = (error: unknown): void => {
    if (this.isOver) return
    this.teller.tell('failed', portable(error))
    this.close()
  }

  private close(): void {
    if (this.isOver) return
    this.isOver = true
    let open = this.servers.length
    for (const server of this.servers) {
      server.close(() => undefined)
      if (--open === 0) {
        this.teller.tell('closed')
        this.teller.over()
      }
    }
  }
}

function addressOf(address: AddressInfo | string): [string, number] | string {
  return typeof address === 'string' ? address : [address.address, address.port]
}
