import { inspect } from 'node:util'
import {
  ClientSession, type Coroutine, DatagramProtocol, type DatagramTransport, type RequestHandler, type Server, createSubprocessExec, gather, getRunningLoop, openConnection, readFile, serve, sleep,
  startServer, use, waitFor,
} from '../../lib/node/index.ts'
import { attempt } from '../support/stories.ts'
import { ways } from '../support/ways.ts'

const addressOf = (server: Server): [string, number] => server.sockets[0] as [string, number]

describe.each(ways())('what Node refuses, $way', ({ live }) => {
  it('is an error for the line that asked for it, and ends nothing else', () => live(function* () {
    const server = yield* startServer(function* (reader, writer) {
      writer.write(yield* reader.readline())
      yield* writer.drain()
    }, '127.0.0.1', 0)
    const [reader, writer] = yield* openConnection(...addressOf(server))
    const refused: (() => Coroutine<unknown>)[] = [
      () => readFile('a\0b'), () => createSubprocessExec('a\0b'), () => createSubprocessExec('true', { cwd: 5 } as never),
      () => getRunningLoop().getnameinfo(['localhost', 80]), () => getRunningLoop().getaddrinfo(5 as never),
      () => openConnection('127.0.0.1', 1, { localAddr: ['no address', 0] }),
      () => openConnection('127.0.0.1', 1, { happyEyeballsDelay: 'long' } as never),
      () => serve(function* () { return {} }, { ssl: { cert: 'no certificate', key: 'no key' } }),
    ]
    const log: unknown[] = []
    for (const what of refused) log.push(String(yield* attempt(() => waitFor(what(), 5_000))).split(':')[0])
    writer.write('the connection goes on\n')
    log.push(String(yield* reader.readline()))
    writer.close()
    server.close()
    return log
  }).then(log => {
    expect(log).toEqual([
      'ValueError ERR_INVALID_ARG_VALUE', 'ValueError ERR_INVALID_ARG_VALUE', 'TypeError ERR_INVALID_ARG_TYPE', 'ValueError ERR_INVALID_ARG_VALUE',
      'TypeError ERR_INVALID_ARG_TYPE', 'ValueError ERR_INVALID_IP_ADDRESS', 'TypeError ERR_INVALID_ARG_TYPE', 'SSLError ERR_OSSL_PEM_NO_START_LINE',
      'the connection goes on\n',
    ])
  }))

  it('of a message is told to its protocol, whose socket stays open', () => {
    const [log, errors]: [unknown[], string[]] = [[], []]
    class Noting extends DatagramProtocol {
      override connectionMade(transport: DatagramTransport): void { transport.sendto('to nobody') }
      override errorReceived(error: Error): void { errors.push(`${error.name} ${String((error as Error & { code?: string }).code)}`) }
    }
    return live(function* () {
      const [transport] = yield* getRunningLoop().createDatagramEndpoint(() => new Noting(), { localAddr: ['127.0.0.1', 0] })
      transport.sendto('too high', ['127.0.0.1', 70_000])
      log.push(yield* attempt(function* () { transport.sendto('no port', '127.0.0.1' as never) }))
      yield* sleep(50)
      log.push(errors, transport.isClosing(), inspect(transport))
      transport.close()
      log.push(inspect(transport))
    }).then(() => {
      expect(log).toEqual([
        "TypeError BAD_ADDRESS: the address of sendto() must be a host and a port, not '127.0.0.1'. Write ['127.0.0.1', 8080]",
        ['ValueError ERR_SOCKET_BAD_PORT', 'ValueError ERR_SOCKET_BAD_PORT'], false, '<DatagramTransport open>', '<DatagramTransport closing>',
      ])
    })
  })

  it.each<[string, unknown, string]>([
    ['a text', 'hello', "TypeError: the handler of serve() must return an answer, not 'hello'. Write return { body: 'hello' }"],
    ['nothing', undefined, "TypeError: the handler of serve() must return an answer, not undefined. Write return { body: 'hello' }"],
    ['a field of another name', { bdy: 'hello' }, "TypeError: an answer has no 'bdy'. Did you mean 'body'?"],
    ['a field of no name', { json: {} }, "TypeError: an answer has no 'json'. It has status, headers, body"],
    ['a status in words', { status: 'OK' }, "ValueError: the status of an answer must be a number such as 200 or 404, not 'OK'"],
    ['a header with a blank', { headers: { 'a b': 'c' } }, 'TypeError: Header name must be a valid HTTP token ["a b"]'],
    ['a header with a line end', { headers: { a: ['b', 'c\n'] } }, 'TypeError: Invalid character in header content ["a"]'],
    ['an object as the body', { body: { a: 1 } },
      'TypeError: write() takes bytes or text, not Object. Write new TextEncoder().encode(…), or JSON.stringify(…)'],
  ])('of an answer: %s, becomes a 500, and is reported', (_, answer, says) =>
    live(() => served(function* () { return answer as object })).then(log => { expect(log).toEqual([says, 500, 'Internal Server Error']) }))

  const NO_COROUTINE = (what: string): string =>
    `TypeError: the handler of serve() returned ${what} instead of a coroutine. Write function* (request) { return { body: 'hello' } }`

  it.each<[string, unknown, string]>([
    ['a text', 'hi', "'hi'"], ['an answer', { body: 'hi' }, 'Object'], ['nothing', undefined, 'undefined'], ['null', null, 'null'], ['a list', ['hi'], '[1 items]'],
    ['a promise', { then: () => undefined }, 'a promise'],
  ])('of a handler that is no coroutine function: it gives %s, which becomes a 500, and is reported', (_, given, what) =>
    live(() => served(() => given as never)).then(log => { expect(log).toEqual([NO_COROUTINE(what), 500, 'Internal Server Error']) }))

  it('of nothing, when a handler gives an operation of the library', () =>
    live(() => served(() => gather([sleep(0)]) as never)).then(log => { expect(log[0]).toMatch(/must return an answer, not \[1 items\]/) }))

  /** What was reported, and what a client got. */
  function* served(handler: RequestHandler): Coroutine<unknown[]> {
    const log: unknown[] = []
    getRunningLoop().setExceptionHandler((_, { exception }) => { log.push(String(exception).replace(/ \[ERR_\w+\]/, '')) })
    const server = yield* serve(handler)
    const url = `http://127.0.0.1:${addressOf(server)[1]}`
    return yield* use(server, () => use(new ClientSession(), function* (session) {
      const response = yield* session.get(url)
      return [...log, response.status, yield* response.text()]
    }))
  }
})
