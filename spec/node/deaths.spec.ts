import { join } from 'node:path'
import { Program } from '../support/programs.ts'

const threadOfSpecs = join(__dirname, 'faults/io-thread.ts')

/** Everything that may wait for the I/O thread does, and then it dies. */
const program = (how: string): Program => new Program(`
  import { setFlagsFromString } from 'node:v8'
  import {
    ClientSession, PIPE, ThreadPoolExecutor, createSubprocessExec, createTask, getRunningLoop, openConnection, readFile, run, serve, sleep, startServer, wrapFuture,
  } from 'yieldfrom/node'
  import { linkOf } from 'yieldfrom/node/services'

  setFlagsFromString('--max-old-space-size=48')

  function* told(name, what) {
    try {
      yield* what()
      console.log(name, 'ended')
    } catch (error) {
      console.log(name, error.code)
    }
  }

  function* main() {
    const server = yield* startServer(function* (reader) { yield* told('a server’s reader', () => reader.read()) }, '127.0.0.1', 0)
    const [, port] = server.sockets[0]
    const slow = yield* serve(function* () { yield* sleep(60_000) })
    const [reader, writer] = yield* openConnection('127.0.0.1', port)
    const [, full] = yield* openConnection('127.0.0.1', port)
    const cat = yield* createSubprocessExec('sleep', '3', { stdout: PIPE })
    const pool = new ThreadPoolExecutor({ maxWorkers: 1 })
    const session = new ClientSession()
    const waiting = [
      told('a reader', () => reader.read()), told('a closing', () => writer.waitClosed()),
      told('a writer', function* () { for (;;) { full.write('x'.repeat(1_000_000)); yield* full.drain() } }),
      told('a process', () => cat.wait()), told('a pipe', () => cat.stdout.read()),
      told('a pool', () => wrapFuture(pool.submit(() => { Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 30_000) }))),
      told('a request', () => session.get('http://127.0.0.1:' + slow.sockets[0][1])),
      told('a server', () => server.serveForever()),
    ].map(coroutine => createTask(coroutine))
    yield* sleep(300)
    const before = performance.now()
    linkOf(getRunningLoop(), 'a spec').open('death', { how: '${how}' }, { $onReport() {}, $onLost() {} })
    for (const task of waiting) yield* task
    const took = performance.now() - before
    yield* sleep(0)
    console.log('soon', took < ${how === 'out of memory' ? 10_000 : 2_000}, took < ${how === 'out of memory' ? 10_000 : 2_000} ? '' : took)
    console.log('and then', String(yield* readFile('/dev/null')).length)
  }

  run(main())
  console.log('the end')`, threadOfSpecs)

describe('when the I/O thread dies', () => {
  it.each(['throw', 'reject', 'exit', 'out of memory'])('(%s), everything that waits for it is told by name, and the program goes on with a new one', how =>
    program(how).start().ended.then(({ code, stdout, stderr }) => {
      expect([stdout.trimEnd().split('\n').sort(), code, stderr.split('a server cannot take connections any more').length]).toEqual([[
        'a closing IO_THREAD_DIED', 'a pipe IO_THREAD_DIED', 'a pool IO_THREAD_DIED', 'a process IO_THREAD_DIED', 'a reader IO_THREAD_DIED', 'a request IO_THREAD_DIED',
        'a server IO_THREAD_DIED', 'a server’s reader IO_THREAD_DIED', 'a server’s reader IO_THREAD_DIED', 'a writer IO_THREAD_DIED', 'and then 0', 'soon true ', 'the end',
      ], 0, 2]) // nobody waits for the server of HTTP: it is reported
    }))
})
