import { execFileSync } from 'node:child_process'
import { connect } from 'node:net'
import { Program } from '../support/programs.ts'
import { programWays } from '../support/ways.ts'

/** A server in a process of its own, and clients in this one: each connection is asked once, all at the same time. */
const source = (way: string): string => `
  import { EventLoop, NodeHost, attach, run, sleep, startServer } from 'yieldfrom/node'

  function* echo(reader, writer) {
    for (let data = yield* reader.read(65_536); data.length > 0; data = yield* reader.read(65_536)) {
      writer.write(data)
      yield* writer.drain()
    }
    writer.close()
  }

  function* main() {
    const server = yield* startServer(echo, '127.0.0.1', 0, { backlog: 4096 })
    console.log('port', server.sockets[0][1], '.')
    yield* sleep(1e9)
  }

  if (${String(way !== 'attached')}) {
    run(main(), { host: new NodeHost(${way === 'by epoll' ? "{ poller: 'epoll' }" : ''}) })
  } else {
    const loop = new EventLoop()
    attach(loop)
    loop.createTask(main())
  }
`

interface Story { answered: number; closed: number; readonly errors: string[] }

/** How it went, when all have been answered, or one was not. */
function asked(port: number, connections: number, size: number): Promise<Story> {
  const message = Buffer.alloc(size, 'x')
  const story: Story = { answered: 0, closed: 0, errors: [] }
  return new Promise<Story>(resolve => {
    const sockets = Array.from({ length: connections }, () => {
      let got = 0
      const socket = connect({ port, host: '127.0.0.1' }, () => { socket.write(message) })
      socket.on('error', error => { story.errors.push(String(error)) })
      socket.on('close', () => {
        story.closed++
        end()
      })
      return socket.on('data', data => {
        got += data.length
        if (got === size && ++story.answered === connections) end()
      })
    })
    function end(): void {
      resolve({ ...story })
      for (const socket of sockets) socket.destroy()
    }
  })
}

/** How many files a process may have open, at most. */
const files = Number(execFileSync('sh', ['-c', 'ulimit -Hn'], { encoding: 'utf8' }).replace('unlimited', '1e9'))
const MANY = Math.min(10_000, files - 200)
if (MANY < 10_000) console.log(`only ${String(MANY)} connections: a process may have ${String(files)} files open here`)

describe.each(programWays)('a server with very many connections at once, %s', way => {
  let program: Program
  beforeAll(() => { program = new Program(source(way)) })

  it.each([[MANY, 64], [300, 65_536]])('loses none of %i, asked for %i bytes', (connections, size) => {
    const server = program.start()
    return server.printed(' .\n')
      .then(() => asked(Number(server.stdout.split(' ')[1]), connections, size))
      .then(story => {
        server.signal('SIGKILL')
        expect(story).toEqual({ answered: connections, closed: 0, errors: [] })
      })
  })
})
