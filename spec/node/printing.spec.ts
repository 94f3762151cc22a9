import { inspect } from 'node:util'
import {
  ClientSession, EventLoop, NodeHost, ProcessPoolExecutor, type ServerRequest, ThreadPoolExecutor, attach, createSubprocessExec, createTask, getRunningLoop,
  DatagramProtocol, PIPE, openConnection, serve, sleep, startServer, stdout, use,
} from '../../lib/node/index.ts'
import { ways } from '../support/ways.ts'

describe.each(ways())('what console.log() prints of an object, $way', ({ live }) => {
  it('is one line, which says what it is and in which state', () => {
    const lines: string[] = []
    const print = (...objects: unknown[]): void => { lines.push(...objects.map(object => inspect(object))) }
    return live(function* () {
      const server = yield* startServer(function* (reader) { yield* reader.read() }, '127.0.0.1', 0)
      const address = server.sockets[0] as [string, number]
      const [reader, writer] = yield* openConnection(...address)
      print(server, reader, writer, writer.transport)
      writer.close()
      server.close()
      print(server, writer)

      const [datagrams] = yield* getRunningLoop().createDatagramEndpoint(() => new DatagramProtocol(), { localAddr: ['127.0.0.1', 0] })
      print(datagrams)
      datagrams.close()

      const cat = yield* createSubprocessExec('cat', { stdin: PIPE })
      print(cat)
      yield* cat.communicate()
      print(cat)

      const web = yield* serve(function* (request: ServerRequest) {
        print(request)
        return { headers: { 'x-tea': 'green', 'date': 'today' } }
      })
      const port = String(web.sockets[0]?.[1])
      yield* use(web, () => use(new ClientSession(), function* (session) {
        const request = session.get(`http://127.0.0.1:${port}/tea`)
        print(session, request)
        yield* use(request, function* (response) { print(response, response.headers) })
        print(request)
        yield* session.close()
        print(session)
      }))

      const pool = new ThreadPoolExecutor({ maxWorkers: 1 })
      const future = pool.submit(() => 1)
      print(pool, future)
      print(new ProcessPoolExecutor({ maxWorkers: 2 }), stdout(), stdout().transport, new NodeHost())
      const waits = createTask(sleep(1), { name: 'waits' })
      yield* waits
      return [address[1], cat.pid, port, future] as const
    }).then(([port, pid, webPort]) => {
      expect(lines.map(line => line.split(String(port)).join('PORT').split(String(pid)).join('PID').split(webPort).join('WEB'))).toEqual([
        '<Server sockets=[127.0.0.1,PORT]>', '<StreamReader transport=SocketTransport>', '<StreamWriter open>', '<SocketTransport reading>',
        '<Server sockets=[]>', '<StreamWriter closing>', '<DatagramTransport open>', '<Process PID running>', '<Process PID returncode=0>',
        '<ClientSession open>', '<PendingRequest GET http://127.0.0.1:WEB/tea>', '<ServerRequest GET /tea>', '<Response 200 OK http://127.0.0.1:WEB/tea>',
        expect.stringContaining("<Headers x-tea='green' date='today'"), '<PendingRequest GET http://127.0.0.1:WEB/tea answered>', '<ClientSession closed>',
        '<ThreadPoolExecutor maxWorkers=1 jobs=1>', '<ConcurrentFuture pending>', '<ProcessPoolExecutor maxWorkers=2 jobs=0>', '<StreamWriter open>',
        '<OutputTransport open>', '<NodeHost>',
      ])
    })
  })
})

describe('what console.log() prints of an attachment', () => {
  it('says of which loop, and whether it has ended', () => {
    const loop = new EventLoop()
    const attachment = attach(loop)
    const before = inspect(attachment)
    attachment.detach()
    expect([before, inspect(attachment)]).toEqual([`<Attachment of ${inspect(loop)}>`, `<Attachment of ${inspect(loop)} detached>`])
    loop.close()
  })
})
