/** An echo server of a kind, which prints its port, and serves until it is killed. */
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { type Coroutine, EventLoop, NodeHost, type StreamReader, type StreamWriter, attach, run, sleep, startServer } from 'yieldfrom/node'

function* echo(reader: StreamReader, writer: StreamWriter): Coroutine<void> {
  for (;;) {
    const data = yield* reader.read(65_536)
    if (data.length === 0) break
    writer.write(data)
    yield* writer.drain()
  }
  writer.close()
}

function* main(): Coroutine<void> {
  const server = yield* startServer(echo, '127.0.0.1', 0, { backlog: 4096 })
  console.log((server.sockets[0] as readonly [string, number])[1])
  yield* sleep(1e9)
}

switch (process.argv[2]) {
  case 'blocking': run(main()); break
  case 'epoll': run(main(), { host: new NodeHost({ poller: 'epoll' }) }); break
  case 'attached': {
    const loop = new EventLoop()
    attach(loop)
    loop.createTask(main())
    break
  }
  default: {
    const server = createServer({ noDelay: true }, socket => {
      socket.on('data', data => { if (!socket.write(data)) socket.pause() })
      socket.on('drain', () => socket.resume())
      socket.on('error', () => undefined)
    })
    server.listen(0, '127.0.0.1', 4096, () => { console.log((server.address() as AddressInfo).port) })
  }
}
