import {
  type Coroutine, PIPE, ProcessPoolExecutor, ThreadPoolExecutor, createSubprocessExec, createSubprocessShell, getRunningLoop, run, serve, sleep,
  startServer, startUnixServer,
} from '../../lib/node/index.ts'
import { attempt, slip } from '../support/stories.ts'

// The source is text: this project has no async function.
// eslint-disable-next-line @typescript-eslint/no-implied-eval
const anAsync = (new Function('return async () => {}') as () => never)()
const FOR_ASYNC = 'not an async function without a name. Write function* instead of async function, and yield* instead of await'

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
  ])('%s', (_, what, says) => {
    expect(refused(what)).toBe(`TypeError ${says}`)
  })

  it.each([ThreadPoolExecutor, ProcessPoolExecutor])('the number of workers of a %p alone', Pool => {
    const { name } = Pool
    expect([slip(() => new Pool(4 as never)), slip(() => new Pool({ max_workers: 4 } as never))]).toEqual([
      `TypeError NOT_OPTIONS: new ${name}() takes its options as an object, not 4. Write new ${name}({ maxWorkers: 4 })`,
      `TypeError UNKNOWN_OPTION: new ${name}() has no option 'max_workers'. Did you mean 'maxWorkers'?`,
    ])
  })
})
