/** Real input and output, beside the other programs. */
import { strict as assert } from 'node:assert'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  ClientSession, type Coroutine, PIPE, type Server, type StreamReader, type StreamWriter, ThreadPoolExecutor, createSubprocessExec, createTask, gather, getRunningLoop, moveOnAfter, openConnection, readFile, serve, sleep,
  startServer, use, wait, writeFile,
} from 'yieldfrom/node'

const range = (count: number) => Array.from({ length: count }, (_, i) => i)

function* answer(reader: StreamReader, writer: StreamWriter): Coroutine<void> {
  yield* use(writer, function* () {
    for (;;) {
      const line = yield* reader.readline()
      if (line.length === 0) return
      writer.write(line)
      yield* writer.drain()
    }
  })
}

/** Eight that ask and hear, and eight that are cancelled while they wait. */
function* echoes(): Coroutine<void> {
  yield* use(yield* startServer(answer, '127.0.0.1', 0), function* (server: Server) {
    const [host, port] = server.sockets[0] as [string, number]
    const ask = function* (times: number): Coroutine<void> {
      const [reader, writer] = yield* openConnection(host, port)
      yield* use(writer, function* () {
        for (const n of range(times)) {
          writer.write(`${'x'.repeat(500)} ${n}\n`)
          assert.equal(String(yield* reader.readline()).slice(501), `${n}\n`)
        }
        if (times === 1) yield* reader.readline()
      })
    }
    const impatient = range(8).map(() => createTask(ask(1)))
    yield* gather(range(8).map(() => ask(20)))
    for (const task of impatient) task.cancel()
    yield* wait(impatient)
    assert(impatient.every(task => task.cancelled()))
  })
}

function* http(): Coroutine<void> {
  const server = yield* serve(function* (request) {
    yield* sleep(1)
    return { body: request.path.repeat(100) }
  })
  yield* use(server, function* () {
    const [host, port] = server.sockets[0] as [string, number]
    yield* use(new ClientSession(), function* (session) {
      yield* gather(range(8).map(function* (n) {
        const response = yield* session.get(`http://${host}:${port}/${n}`)
        assert.equal((yield* response.text()).length, 200)
      }))
    })
  })
}

function* files(): Coroutine<void> {
  const folder = mkdtempSync(join(tmpdir(), 'soak-'))
  try {
    yield* gather(range(8).map(function* (n) {
      const path = join(folder, String(n))
      yield* writeFile(path, 'y'.repeat(10_000 + n))
      assert.equal((yield* readFile(path)).length, 10_000 + n)
    }))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** One for all rounds: to start a thread takes longer than everything else. */
export const pool = new ThreadPoolExecutor({ maxWorkers: 1 })

function* threads(): Coroutine<void> {
  const loop = getRunningLoop()
  const squares = yield* gather(range(8).map(n => loop.runInExecutor(pool, (k: number) => k * k, n)))
  assert.deepEqual(squares, range(8).map(n => n * n))
}

/** One that says what it heard, and one that is cancelled, and killed by that. */
function* processes(): Coroutine<void> {
  const cat = yield* createSubprocessExec('cat', { stdin: PIPE, stdout: PIPE })
  const [heard] = yield* cat.communicate('z'.repeat(5000))
  assert.equal(heard.length, 5000)
  const silent = yield* createSubprocessExec('cat', { stdin: PIPE, stdout: PIPE })
  const scope = moveOnAfter(5)
  yield* use(scope, function* () { yield* silent.communicate() })
}

export const connections: readonly (() => Coroutine<void>)[] = [echoes, http, files, threads, processes]
