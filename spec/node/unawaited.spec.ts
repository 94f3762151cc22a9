import {
  ClientSession, type Coroutine, EventLoop, type ExceptionContext, NodeHost, PIPE, type Process, type Response, type Server, createSubprocessExec, createSubprocessShell, gather,
  openConnection, openUnixConnection, readFile, serve, sleep, startServer, startUnixServer, toThread, use, waitFor, writeFile,
} from '../../lib/node/index.ts'
import { provideThreads } from '../support/programs.ts'

provideThreads()

interface World {
  readonly server: Server
  readonly process: Process
  readonly session: ClientSession
  readonly response: Response
  readonly url: string
}

const nobody = function* (): Coroutine<void> { /* it serves nobody */ }

/** Each makes something that does nothing before it is awaited. */
const operations: Record<string, (world: World) => unknown> = {
  'readFile(…)': () => readFile('/nowhere'),
  'writeFile(…)': () => writeFile('/nowhere/file', 'text'),
  'openConnection(…)': () => openConnection('localhost', 1),
  'openUnixConnection(…)': () => openUnixConnection('/nowhere'),
  'startServer(…)': () => startServer(nobody, '127.0.0.1', 0),
  'startUnixServer(…)': () => startUnixServer(nobody, '/nowhere'),
  'serve(…)': () => serve(nobody as never),
  'createSubprocessExec(…)': () => createSubprocessExec('true'),
  'createSubprocessShell(…)': () => createSubprocessShell('true'),
  'toThread(…)': () => toThread(() => 1),
  'server.startServing()': ({ server }) => server.startServing(),
  'server.serveForever()': ({ server }) => server.serveForever(),
  'server.waitClosed()': ({ server }) => server.waitClosed(),
  'process.wait()': ({ process }) => process.wait(),
  'process.communicate()': ({ process }) => process.communicate(),
  'session.close()': ({ session }) => session.close(),
  'response.read()': ({ response }) => response.read(),
  'response.text()': ({ response }) => response.text(),
  'response.json()': ({ response }) => response.json(),
}

const requests: Record<string, (world: World) => unknown> = {
  'session.get(…)': ({ session, url }) => session.get(url),
  'session.post(…)': ({ session, url }) => session.post(url),
  'session.put(…)': ({ session, url }) => session.put(url),
  'session.patch(…)': ({ session, url }) => session.patch(url),
  'session.delete(…)': ({ session, url }) => session.delete(url),
  'session.head(…)': ({ session, url }) => session.head(url),
  'session.request(…)': ({ session, url }) => session.request('GET', url),
}

/** Runs in debug mode. @returns what was reported. */
function reported(body: (world: World) => Coroutine<unknown>, debug = true): ExceptionContext[] {
  const reports: ExceptionContext[] = []
  const loop = new EventLoop({ host: new NodeHost(), debug })
  loop.setExceptionHandler((_, context) => { reports.push(context) })
  loop.runUntilComplete(waitFor((function* () {
    yield* use(yield* serve(function* () { return { body: '5' } }), function* (server) {
      const url = `http://127.0.0.1:${(server.sockets[0] as [string, number])[1]}/`
      yield* use(new ClientSession(), function* (session) {
        const response = yield* session.get(url)
        const process = yield* createSubprocessExec('true', { stdout: PIPE })
        yield* body({ server, session, response, process, url })
        yield* process.wait()
        response.close()
      })
    })
  })(), 10_000))
  loop.close()
  return reports
}

describe('what is made and never awaited, of the floor of real input and output, in debug mode', () => {
  it('is told, with the line', () => {
    const all = { ...operations, ...requests }
    const reports = reported(function* (world) { for (const make of Object.values(all)) make(world) })
    expect(reports.map(({ message }) => message.replace(/http:[^>]+/, 'URL'))).toEqual([
      ...Object.keys(operations).map(words => `${words} was never awaited. Write yield* ${words}`),
      ...Object.keys(requests).map(words => `${words} was never awaited. Write yield* ${words}`),
    ])
    expect(reports.map(report => /unawaited\.spec\.ts/.test(String(report['madeAt']).split('\n')[0] as string))).toEqual(reports.map(() => true))
  })

  it('is not told of when it is awaited, in whatever way, nor when debug mode is off', () => {
    const awaited = reported(function* ({ process, response, session, url }) {
      yield* gather([process.communicate(), process.wait(), toThread(() => 1)])
      yield* use(session.get(url), function* (another) { yield* another.text() })
      yield* waitFor(response.json(), 1000)
      yield* gather([session.get(url), sleep(0)])
    })
    const off = reported(function* (world) { for (const make of Object.values({ ...operations, ...requests })) make(world) }, false)
    expect([awaited, off]).toEqual([[], []])
  })
})
