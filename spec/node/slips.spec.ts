import {
  ClientSession, type Coroutine, DatagramProtocol, EventLoop, PIPE, type Process, ProcessPoolExecutor, Protocol, ThreadPoolExecutor, attach, createSubprocessExec,
  createSubprocessShell, getRunningLoop, openConnection, openUnixConnection, readFile, run, runCoroutineThreadsafe, serve, sleep, startServer, startUnixServer, toThread, wrapFuture, writeFile,
} from '../../lib/node/index.ts'
import { attempt, slip } from '../support/stories.ts'
import { provideThreads } from '../support/programs.ts'

provideThreads()

// The source is text: this project has no async function.
// eslint-disable-next-line @typescript-eslint/no-implied-eval
const anAsync = (new Function('return async () => {}') as () => never)()
const FOR_ASYNC = 'not an async function without a name. Write function* instead of async function, and yield* instead of await'

const PLAIN = 'Write a plain function, which may call createTask(f(...))'

const nobody = function* (): Coroutine<void> { /* it serves nobody */ }

/** Arguments that a call does not take. */
const more = (...args: unknown[]): [] => args as []

/** What is done with a process, which is ended afterwards. */
function* ended(what: (process: Process) => unknown): Coroutine<unknown> {
  const process = yield* createSubprocessExec('sleep', '20')
  try {
    return yield* what(process) as Coroutine<unknown>
  } finally {
    if (process.returncode === null) process.kill()
    yield* process.wait()
  }
}

/** What was refused, in a task. */
const refused = (what: () => Coroutine<unknown>): unknown => run((function* () { return yield* attempt(what) })())

describe('a slip that comes from another library is told, with what to write instead', () => {
  it.each<[string, () => Coroutine<unknown>, string]>([
    ['the arguments of a program in an array', () => createSubprocessExec('echo', ['tea'] as never),
      "NOT_OPTIONS: createSubprocessExec() takes its options as an object, not [1 items]. Write createSubprocessExec('sort', '-n', { stdout: PIPE })"],
    ['an option that a program does not have', () => createSubprocessExec('true', { stdOutt: PIPE } as never),
      "UNKNOWN_OPTION: createSubprocessExec() has no option 'stdOutt'. Did you mean 'stdout'?"],
    ['the arguments of a command', () => createSubprocessShell('echo', 'tea' as never),
      "NOT_OPTIONS: createSubprocessShell() takes its options as an object, not 'tea'. Write createSubprocessShell('ls | sort', { stdout: PIPE })"],
    ['an async function for a server', () => startServer(anAsync, '127.0.0.1', 0),
      `NOT_CALLABLE: startServer() takes a coroutine function first, ${FOR_ASYNC}`],
    ['an address first', () => startServer('127.0.0.1' as never, 0 as never, 0),
      "NOT_CALLABLE: startServer() takes a coroutine function first, not '127.0.0.1'. Write startServer(function* (reader, writer) {...}, …)"],
    ['an async function for a server in the file system', () => startUnixServer(anAsync, '/nowhere'),
      `NOT_CALLABLE: startUnixServer() takes a coroutine function first, ${FOR_ASYNC}`],
    ['an async function for HTTP', () => serve(anAsync), `NOT_CALLABLE: serve() takes a coroutine function, ${FOR_ASYNC}`],
    ['an option that serve() does not have', () => serve(function* () { return {} }, { prot: 80 } as never),
      "UNKNOWN_OPTION: serve() has no option 'prot'. Did you mean 'port'?"],
    ['no executor first', function* () { return yield* getRunningLoop().runInExecutor((() => 1) as never, 1 as never) },
      'NOT_AN_EXECUTOR: runInExecutor() takes an executor first, or null for that of the loop, not a function. Write loop.runInExecutor(null, f, ...args)'],
    ['a coroutine function for a thread', function* () { return yield* getRunningLoop().runInExecutor(null, function* () { yield* sleep(1) }) },
      'COROUTINE_AS_CALLBACK: submit() takes a plain function, not a coroutine function. In a task, write yield* f(…)'],
    ['a call in the place of the function', function* () { return yield* toThread(5 as never) },
      'NOT_CALLABLE: submit() takes a function, or { module, export }, not 5. Write toThread(f, 1), and not toThread(f(1))'],
    ['an object of this thread', function* () { return yield* toThread((_: number, queue: unknown) => queue, 1, new Map([[1, () => 5]])) },
      'NOT_PORTABLE: argument 2, Map, cannot be sent to another thread. Give it plain data, and let the function return its result (() => 5 could not be cloned.)'],
    ['the words of a program in one list', () => createSubprocessExec(['ls', '-l'] as never),
      'NOT_TEXT: a program and its arguments must be text, not [2 items]. Write createSubprocessExec(...list)'],
    ['a number among the words of a program', () => createSubprocessExec('ls', 5 as never), 'NOT_TEXT: a program and its arguments must be text, not 5'],
    ['a coroutine first, as in Python', function* () { return runCoroutineThreadsafe(sleep(1) as never, 5 as never) },
      'NOT_A_HANDLE: the handle of a loop must be what loop.handle() returns, not Sleep'],
    ['a coroutine, and then the loop', function* () { return runCoroutineThreadsafe((function* () { yield* sleep(1) })(), getRunningLoop() as never) },
      'NOT_A_HANDLE: the handle of a loop must be what loop.handle() returns, not Generator. ' +
      'Write runCoroutineThreadsafe(loop.handle(), f): the handle first, and the function without calling it'],
    ['a loop for its handle', function* () { return runCoroutineThreadsafe(getRunningLoop(), function* () { yield* sleep(1) }) },
      'NOT_A_HANDLE: the handle of a loop must be what loop.handle() returns, not EventLoop. Write loop.handle(), in the thread of the loop'],
    ['a coroutine for the options of attach()', function* () { return attach(new EventLoop(), sleep(1) as never) },
      'NOT_OPTIONS: attach() takes its options as an object, not Sleep. Write attach(loop, { main: loop.createTask(main()) })'],
    ['a function* for a signal', function* () { getRunningLoop().addSignalHandler('SIGINT', function* () { yield* sleep(1) }) },
      `COROUTINE_AS_CALLBACK: coroutines cannot be used with addSignalHandler(). ${PLAIN}`],
    ['a function* that makes a protocol', () => getRunningLoop().createDatagramEndpoint(function* () { yield* sleep(1) } as never, { localAddr: ['127.0.0.1', 0] }),
      'NOT_A_PROTOCOL: the factory of a protocol returned Generator. Write () => new Echo(), of a class that extends Protocol'],
    ['nothing for a protocol', () => getRunningLoop().createConnection((() => undefined) as never, '127.0.0.1', 1),
      'NOT_A_PROTOCOL: the factory of a protocol returned undefined. Write () => new Echo(), of a class that extends Protocol'],
    ['a protocol that waits', () => getRunningLoop().createConnection(() => Object.assign(new Protocol(), { *dataReceived() { yield* sleep(1) } }) as never, '127.0.0.1', 1),
      `COROUTINE_AS_CALLBACK: coroutines cannot be used with dataReceived() of a protocol. ${PLAIN}`],
    ['a signal for kill()', () => ended(process => { process.kill(...more('SIGTERM')) }),
      "TOO_MANY_ARGUMENTS: process.kill() got 1 argument too many. It takes no signal. Write sendSignal('SIGTERM') or terminate()"],
    ['a signal for terminate()', () => ended(process => { process.terminate(...more('SIGINT')) }),
      "TOO_MANY_ARGUMENTS: process.terminate() got 1 argument too many. It takes no signal. Write sendSignal('SIGINT') or kill()"],
    ['a time limit for the wait for a process', () => ended(process => process.wait(...more(50))),
      'TOO_MANY_ARGUMENTS: process.wait() got 1 argument too many. For a time limit write waitFor(process.wait(), ms)'],
    ['the input of a process in two pieces', () => ended(process => process.communicate('a', ...more('b'))),
      "TOO_MANY_ARGUMENTS: process.communicate() got 1 argument too many. Write communicate('the whole input')"],
    ["the options of Node's execFileSync() for communicate()", () => ended(process => process.communicate({ input: 'abc' } as never)),
      "NOT_BYTES: communicate() takes bytes or text, not Object. Write communicate('abc')"],
    ['other options for communicate()', () => ended(process => process.communicate({ timeout: 5 } as never)),
      "NOT_BYTES: communicate() takes bytes or text, not Object. Write communicate('text')"],
    ['null for communicate()', () => ended(process => process.communicate(null as never)), 'NOT_BYTES: communicate() takes bytes or text, not null. Write communicate()'],
    ['options of writeFile()', () => writeFile('/nowhere/file', 'text', ...more({ flag: 'a' })),
      'TOO_MANY_ARGUMENTS: writeFile(…) got 1 argument too many. It replaces the file. To append, write writeFile(path, String(yield* readFile(path)) + text)'],
    ['an encoding of readFile()', () => readFile('/nowhere', ...more('utf8')),
      'TOO_MANY_ARGUMENTS: readFile(…) got 1 argument too many. For its text write String(yield* readFile(path))'],
    ['an encoding and a callback of readFile()', () => readFile('/nowhere', ...more('utf8', () => 1)),
      'TOO_MANY_ARGUMENTS: readFile(…) got 2 arguments too many. For its text write String(yield* readFile(path))'],
    ['two objects of options of openConnection()', () => openConnection('localhost', 1, {}, ...more({})),
      "TOO_MANY_ARGUMENTS: openConnection(…) got 1 argument too many. Write openConnection('localhost', 8080, { ssl: true })"],
    ['two objects of options of openUnixConnection()', () => openUnixConnection('/nowhere', {}, ...more({})),
      "TOO_MANY_ARGUMENTS: openUnixConnection(…) got 1 argument too many. Write openUnixConnection('/tmp/socket', { limit: 65536 })"],
    ['a callback of startServer()', () => startServer(nobody, '127.0.0.1', 0, {}, ...more(() => 1)),
      "TOO_MANY_ARGUMENTS: startServer(…) got 1 argument too many. Write startServer(handler, 'localhost', 8080, { backlog: 100 })"],
    ['a callback of startUnixServer()', () => startUnixServer(nobody, '/nowhere/socket', {}, ...more(() => 1)),
      "TOO_MANY_ARGUMENTS: startUnixServer(…) got 1 argument too many. Write startUnixServer(handler, '/tmp/socket', { backlog: 100 })"],
    ['a callback of serve()', () => serve(nobody as never, {}, ...more(() => 1)),
      'TOO_MANY_ARGUMENTS: serve(…) got 1 argument too many. Write serve(handler, { port: 8080 })'],
    ['two objects of options of createSubprocessShell()', () => createSubprocessShell('true', {}, ...more({})),
      "TOO_MANY_ARGUMENTS: createSubprocessShell(…) got 1 argument too many. Write createSubprocessShell('ls | sort', { stdout: PIPE })"],
    ['a time limit for the end of a server', function* () { return yield* (yield* startServer(nobody, '127.0.0.1', 0)).waitClosed(...more(5)) },
      'TOO_MANY_ARGUMENTS: server.waitClosed() got 1 argument too many. For a time limit write waitFor(server.waitClosed(), ms)'],
    ...(['get', 'post', 'put', 'patch', 'delete', 'head'] as const).map((method): [string, () => Coroutine<unknown>, string] => [
      `headers behind the settings of ${method}()`, () => new ClientSession()[method]('http://127.0.0.1', {}, ...more({})) as never,
      `TOO_MANY_ARGUMENTS: session.${method}(…) got 1 argument too many. All settings stand in one object: { headers, json, timeout }`]),
    ['headers behind the settings of request()', () => new ClientSession().request('GET', 'http://127.0.0.1', {}, ...more({})) as never,
      'TOO_MANY_ARGUMENTS: session.request(…) got 1 argument too many. All settings stand in one object: { headers, json, timeout }'],
    ...(['post', 'put', 'patch'] as const).map((method): [string, () => Coroutine<unknown>, string] => [
      `the data itself for ${method}()`, () => new ClientSession()[method]('http://127.0.0.1', 'text' as never) as never,
      `NOT_OPTIONS: session.${method}() takes its options as an object, not 'text'. Write session.${method}(url, { data: 'text' })`]),
    ['bytes for request()', () => new ClientSession().request('POST', 'http://127.0.0.1', new Uint8Array(2) as never) as never,
      "NOT_OPTIONS: session.request() takes its options as an object, not Uint8Array. Write session.request('POST', url, { data: 'text' })"],
    ['a text for the settings of get()', () => new ClientSession().get('http://127.0.0.1', 'text' as never) as never,
      "NOT_OPTIONS: session.get() takes its options as an object, not 'text'. Write session.get(url, { timeout: 1000 })"],
  ])('%s', (_, what, says) => {
    expect(refused(what)).toBe(`TypeError ${says}`)
  })

  const unknown = (call: string, wrong: string, right: string): string => `TypeError UNKNOWN_OPTION: ${call} has no option '${wrong}'. Did you mean '${right}'?`
  const handler = function* (): Coroutine<void> { /* it serves nobody */ }
  const loop = getRunningLoop

  it.each<[string, string, string, () => Coroutine<unknown>]>([
    ['openConnection()', 'sll', 'ssl', () => openConnection('127.0.0.1', 1, { sll: true } as never)],
    ['openConnection()', 'local_addr', 'localAddr', () => openConnection('127.0.0.1', 1, { local_addr: ['127.0.0.1', 0] } as never)],
    ['openConnection()', 'happy_eyeballs_delay', 'happyEyeballsDelay', () => openConnection('127.0.0.1', 1, { happy_eyeballs_delay: 1 } as never)],
    ['openUnixConnection()', 'limits', 'limit', () => openUnixConnection('/nowhere', { limits: 1 } as never)],
    ['startServer()', 'backlock', 'backlog', () => startServer(handler, '127.0.0.1', 0, { backlock: 1 } as never)],
    ['startUnixServer()', 'start_serving', 'startServing', () => startUnixServer(handler, '/nowhere', { start_serving: false } as never)],
    ['createConnection()', 'famly', 'family', () => loop().createConnection(() => new Protocol(), '127.0.0.1', 1, { famly: 4 } as never)],
    ['createUnixConnection()', 'familly', 'family', () => loop().createUnixConnection(() => new Protocol(), '/nowhere', { familly: 4 } as never)],
    ['createServer()', 'backlogs', 'backlog', () => loop().createServer(() => new Protocol(), '127.0.0.1', 0, { backlogs: 1 } as never)],
    ['createUnixServer()', 'startServin', 'startServing', () => loop().createUnixServer(() => new Protocol(), '/nowhere', { startServin: false } as never)],
    ['createDatagramEndpoint()', 'remote_addr', 'remoteAddr',
      () => loop().createDatagramEndpoint(() => new DatagramProtocol(), { remote_addr: ['127.0.0.1', 1] } as never)],
    ['getaddrinfo()', 'famili', 'family', () => loop().getaddrinfo('localhost', 1, { famili: 4 } as never)],
    ['new ClientSession()', 'base_url', 'baseUrl', function* () { return new ClientSession({ base_url: 'http://127.0.0.1' } as never) }],
    ...(['get', 'post', 'put', 'patch', 'delete', 'head'] as const).map((method): [string, string, string, () => Coroutine<unknown>] =>
      [`session.${method}()`, 'jsn', 'json', function* () { return new ClientSession()[method]('http://127.0.0.1', { jsn: 1 } as never) }]),
    ['session.request()', 'allow_redirects', 'allowRedirects',
      function* () { return new ClientSession().request('GET', 'http://127.0.0.1', { allow_redirects: false } as never) }],
    ['executor.map()', 'timeou', 'timeout', function* () { return Array.from(new ThreadPoolExecutor().map(() => 1, [1], { timeou: 1 } as never)) }],
    ['executor.shutdown()', 'cancel_futures', 'cancelFutures', function* () { new ThreadPoolExecutor().shutdown({ cancel_futures: true } as never) }],
    ['wrapFuture()', 'lop', 'loop', function* () { return wrapFuture(new ThreadPoolExecutor({ maxWorkers: 1 }).submit(() => 1), { lop: loop() } as never) }],
    ['attach()', 'mian', 'main', function* () { return attach(new EventLoop(), { mian: null } as never) }],
    ['setWriteBufferLimits()', 'hihg', 'high', function* () {
      const server = yield* startServer(handler, '127.0.0.1', 0)
      const [, writer] = yield* openConnection(...server.sockets[0] as [string, number])
      writer.transport.setWriteBufferLimits({ hihg: 1 } as never)
    }],
  ])('an option that %s does not have: %s, for %s', (call, wrong, right, what) => { expect(refused(what)).toBe(unknown(call, wrong, right)) })

  const host = (not: string, write: string): string => `TypeError NOT_A_HOST_NAME: a host must be a name or an address, not ${not}. Write ${write}`
  const forHttp = 'For HTTP there is new ClientSession()'

  it.each<[string, () => Coroutine<unknown>, string]>([
    ['a host and a port in one text', () => openConnection('localhost:80', undefined as never),
      host("'localhost:80'", "the host and the port one after the other: 'localhost', 80")],
    ['a URL', () => openConnection('http://localhost/', 80), host("'http://localhost/'", `a name and a port: 'localhost', 8080. ${forHttp}`)],
    ['a URL object', () => openConnection(new URL('http://localhost/') as never, 80), host('URL', `a name and a port: url.hostname, 443. ${forHttp}`)],
    ['the port first', () => openConnection(80 as never, 'localhost' as never), host('80', "the host first: 'localhost', 80")],
    ['an address of a server', () => openConnection(['localhost', 80] as never, undefined as never),
      host('[2 items]', "the host and the port one after the other: 'localhost', 8080")],
    ['a port as text', () => openConnection('localhost', '80' as never),
      "ValueError BAD_PORT: a port must be a whole number from 0 to 65535, not '80'. Write 80, or Number(…)"],
    ['a server with a port alone', () => startServer(handler, 8080 as never, undefined as never),
      'TypeError NOT_A_HOST_NAME: a server listens at a name, an address or null for all addresses, not at 8080. The host comes before the port: null, 8080'],
    ['a class as a factory', () => loop().createConnection(Protocol as never, '127.0.0.1', 1),
      'TypeError CALLBACK_NOT_CALLABLE: createConnection() takes a function that makes a protocol, not the class Protocol. Write () => new Protocol(...)'],
    ['a protocol as a factory', () => loop().createServer(new Protocol() as never, '127.0.0.1', 1),
      'TypeError CALLBACK_NOT_CALLABLE: createServer() takes a function, not Protocol'],
    ['ssl: false', () => openConnection('127.0.0.1', 1, { ssl: false } as never),
      'TypeError BAD_SSL: ssl must be true, or an object with options of TLS, not false. Without TLS, leave it out'],
    ['ssl: true for a server', () => startServer(handler, '127.0.0.1', 0, { ssl: true } as never),
      'TypeError BAD_SSL: ssl of a server must be an object with its certificate and its key, not true. Write ssl: { cert, key }'],
    ['an address without a port', () => openConnection('127.0.0.1', 1, { localAddr: '127.0.0.1' } as never),
      "TypeError BAD_ADDRESS: localAddr must be a host and a port, not '127.0.0.1'. Write ['127.0.0.1', 8080]"],
    ['a family of no address', () => openConnection('127.0.0.1', 1, { family: 'IPv4' } as never), "ValueError BAD_FAMILY: family must be 4 or 6, not 'IPv4'"],
    ['no stream of a process', () => createSubprocessExec('true', { stdin: 'pip' } as never),
      "ValueError BAD_REDIRECT: stdin must be PIPE, DEVNULL or 'inherit', not 'pip'"],
    ['no signal', function* () { (yield* createSubprocessExec('true')).sendSignal('TERM') }, "ValueError BAD_SIGNAL: 'TERM' is not a signal. Write 'SIGTERM'"],
    ['no task for attach()', function* () { return attach(new EventLoop(), { main: handler } as never) },
      'TypeError NOT_A_FUTURE: the main of attach() is a task, not handler(). Write attach(loop, { main: loop.createTask(main()) })'],
    ['a function in an option, which another thread would need', () => openConnection('127.0.0.1', 1, { ssl: { checkServerIdentity: () => undefined } as never }),
      'TypeError NOT_PORTABLE: this cannot go to the thread that does the input and output: () => undefined could not be cloned. ' +
      'Give plain data, or let Node drive the loop: attach(loop)'],
  ])('%s', (_, what, says) => { expect(refused(what)).toBe(says) })

  it.each([ThreadPoolExecutor, ProcessPoolExecutor])('the number of workers of a %p alone', Pool => {
    const { name } = Pool
    expect([slip(() => new Pool(4 as never)), slip(() => new Pool({ max_workers: 4 } as never))]).toEqual([
      `TypeError NOT_OPTIONS: new ${name}() takes its options as an object, not 4. Write new ${name}({ maxWorkers: 4 })`,
      `TypeError UNKNOWN_OPTION: new ${name}() has no option 'max_workers'. Did you mean 'maxWorkers'?`,
    ])
  })
})
