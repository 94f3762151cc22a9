import { type AddressInfo, type Server, createServer } from 'node:net'
import { Program, type Running } from '../support/programs.ts'
import { EPOLL_HOST, programWays } from '../support/ways.ts'

const RUN = { 'blocking': 'run(main())', 'attached': 'const loop = new EventLoop(); attach(loop); loop.createTask(main())', 'by epoll': `run(main(), ${EPOLL_HOST})` }

/** So long the reader waits before it reads, in milliseconds. */
const SLOW = 200

describe.each(programWays)('what a program writes just before it ends, %s', way => {
  const program = new Program(`
    import { EventLoop, NodeHost, attach, openConnection, run } from 'yieldfrom/node'
    function* main() {
      const [, writer] = yield* openConnection('127.0.0.1', Number(process.argv[2]))
      writer.write('x'.repeat(Number(process.argv[3])))
      ${way === 'attached' ? 'writer.close()' : ''}
    }
    ${RUN[way]}`)

  const goesOn = new Program(`
    import { NodeHost, openConnection, run } from 'yieldfrom/node'
    function* main() {
      const [, writer] = yield* openConnection('127.0.0.1', Number(process.argv[2]))
      writer.write('x'.repeat(Number(process.argv[3])))
    }
    ${RUN[way]}
    setInterval(() => undefined, 1000)`)

  let server: Server
  let running: Running
  afterEach(() => {
    running.signal('SIGKILL')
    server.close()
  })

  const programs = [[1000, program], [10_000_000, program], ...way === 'attached' ? [] : [[10_000_000, goesOn] as const]] as const
  it.each(programs)('comes to who reads slowly: %d bytes, whether the process ends or goes on', (bytes, of) => new Promise<number>((resolve, reject) => {
    let length = 0
    server = createServer({ pauseOnConnect: true }, socket => {
      socket.on('error', reject).on('data', data => { length += data.length }).on('end', () => { resolve(length) })
      setTimeout(() => { socket.resume() }, SLOW)
    }).listen(0, '127.0.0.1', () => {
      running = of.start(String((server.address() as AddressInfo).port), String(bytes))
      void running.ended.then(({ code, stderr }) => { if (code !== 0) reject(new Error(stderr)) })
    })
  }).then(length => { expect(length).toBe(bytes) }))
})
