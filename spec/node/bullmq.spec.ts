import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BullMQExecutor } from '../../lib/bullmq/index.ts'
import { createTask, sleep, wrapFuture } from '../../lib/node/index.ts'
import { attempt } from '../support/attempt.ts'
import { Program, type Running, Running as Started } from '../support/programs.ts'
import { slip, words } from '../support/stories.ts'
import { later, ways } from '../support/ways.ts'

const has = (program: string): boolean => {
  try {
    execFileSync('which', [program], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

const both = ways()
const isThere = has('redis-server')
if (!isThere) console.warn('skipped: jobs for other machines need redis-server (apt-get install redis-server)')

const folder = mkdtempSync(join(tmpdir(), 'bullmq-'))
const tasks = join(folder, 'tasks.js')
writeFileSync(tasks, `
  const { appendFileSync } = require('node:fs')
  exports.square = n => n * n
  exports.echo = value => value
  exports.fail = text => { throw Object.assign(new RangeError(text), { code: 'TOO_FAR' }) }
  exports.exit = () => process.exit(7)
  exports.slow = (file, ms) => new Promise(resolve => { appendFileSync(file, 'begun\\n'); setTimeout(() => { appendFileSync(file, 'ended\\n'); resolve('done') }, ms) })`)

function freePort(): Promise<number> {
  return new Promise(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => { resolve(port) })
    })
  })
}

function untilServed(port: number, tries = 100): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy()
      resolve()
    }).on('error', reject)
  }).catch((error: unknown) => {
    if (tries === 0) throw error
    return later(50).then(() => untilServed(port, tries - 1))
  })
}

const WORKER = new Program(`
  import { serveJobs } from 'yieldfrom/bullmq'
  const [, , file, queue, port, lock, source] = process.argv
  const worker = serveJobs(file, { queue, connection: { host: '127.0.0.1', port: Number(port) }, lockDuration: Number(lock), allowSource: source === 'source' })
  for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => worker.close(() => process.exit()))
  console.log('serves')`)

const lines = (file: string): string[] => readFileSync(file, 'utf8').split('\n').filter(line => line !== '')

;(isThere ? describe : describe.skip)('a BullMQExecutor', () => {
  let port: number
  let redis: Running
  let worker: Running
  const start = (queue: string, lock = 30_000, ...more: string[]): Promise<Running> => {
    const running = WORKER.start(tasks, queue, String(port), String(lock), ...more)
    return running.printed('serves').then(() => running)
  }
  const executor = (queue: string, options = {}): BullMQExecutor => new BullMQExecutor({ queue, connection: { host: '127.0.0.1', port }, ...options })

  beforeAll(() => freePort().then(free => {
    port = free
    redis = new Started(spawn('redis-server', ['--port', String(port), '--save', '', '--appendonly', 'no', '--dir', folder], { stdio: 'ignore' }))
    return untilServed(port)
  }).then(() => start('tasks')).then(started => { worker = started }))

  afterAll(() => {
    worker.process.kill()
    redis.process.kill()
    return Promise.all([worker.ended, redis.ended])
  })

  it('runs functions in workers elsewhere, and blocks for their results', () => {
    const pool = executor('tasks')
    try {
      expect([3, 4].map(n => pool.submit({ module: 'tasks', export: 'square' }, n)).map(future => future.result(20_000))).toEqual([9, 16])
      expect(Array.from(pool.map({ module: tasks, export: 'square' }, [5, 6]))).toEqual([25, 36])
      const data = { map: new Map([['a', 1]]), bytes: new Uint8Array([1, 2]), date: new Date(5) }
      expect(pool.submit({ module: tasks, export: 'echo' }, data).result(20_000)).toEqual(data)
      expect(String(pool)).toBe('<BullMQExecutor queue=tasks jobs=0>')
    } finally {
      pool.shutdown()
    }
  })

  it('gives errors back with class and code, and says what a worker does not run', () => {
    const pool = executor('tasks')
    try {
      const error = pool.submit({ module: tasks, export: 'fail' }, 'out').exception(20_000)
      expect([error instanceof RangeError, words(error)]).toEqual([true, 'RangeError TOO_FAR: out'])
      expect(words(pool.submit({ module: 'others', export: 'square' }, 1).exception(20_000))).toBe('TypeError NOT_SERVED: this worker serves tasks.js, not others')
      expect(words(pool.submit(() => 1).exception(20_000))).toMatch(/^TypeError NOT_ALLOWED: this worker runs only what its module exports/)
      expect(words(pool.submit({ module: tasks, export: 'exit' }).exception(20_000))).toMatch(/BROKEN_EXECUTOR: the worker that ran this job has died, or has given it up: /)
      expect(pool.submit({ module: tasks, export: 'square' }, 7).result(20_000)).toBe(49)
    } finally {
      pool.shutdown()
    }
  })

  it.each(both)('is awaited in a task; who cancels stops what runs and removes what waits, $way', ({ live, way }) => {
    const file = join(folder, `slow-${way}`)
    writeFileSync(file, '')
    return live(function* () {
      const pool = executor('tasks')
      const log: unknown[] = [yield* wrapFuture(pool.submit({ module: tasks, export: 'square' }, 8))]
      const running = pool.submit({ module: tasks, export: 'slow' }, file, 1_500)
      const waiting = pool.submit({ module: tasks, export: 'slow' }, file, 1)
      while (!running.running()) yield* sleep(10)
      const task = createTask(attempt(() => wrapFuture(running)))
      yield* sleep(200)
      log.push(waiting.cancel(), running.cancel(), String(yield* task).split(':')[0])
      yield* sleep(2_500)
      log.push(lines(file), yield* wrapFuture(pool.submit({ module: tasks, export: 'square' }, 9)))
      pool.shutdown({ wait: false })
      return log
    }).then(log => { expect(log).toEqual([64, true, true, 'CancelledError CANCELLED', ['begun'], 81]) })
  })

  it('gives the job of a worker that died to another one', () => {
    const file = join(folder, 'died')
    writeFileSync(file, '')
    return start('mortal', 1_000).then(first => {
      const pool = executor('mortal')
      const future = pool.submit({ module: tasks, export: 'slow' }, file, 1_500)
      const begun = (): Promise<void> => lines(file).length > 0 ? Promise.resolve() : later(50).then(begun)
      return begun().then(() => {
        first.signal('SIGKILL')
        return start('mortal', 1_000)
      }).then(second => {
        expect(future.result(30_000)).toBe('done')
        expect(lines(file)).toEqual(['begun', 'begun', 'ended'])
        pool.shutdown()
        second.process.kill()
        return second.ended
      })
    })
  })

  it('runs source where that is allowed, and tries again as often as it is told', () => start('open', 30_000, 'source').then(open => {
    const pool = executor('open', { attempts: 3 })
    const file = join(folder, 'tries')
    writeFileSync(file, '')
    expect(pool.submit((n: number) => n + 1, 1).result(20_000)).toBe(2)
    const failing = pool.submit((path: string) => {
      (require('node:fs') as { appendFileSync(path: string, text: string): void }).appendFileSync(path, 'x\n')
      throw new RangeError('each time')
    }, file)
    expect([words(failing.exception(20_000)), lines(file).length]).toEqual(['RangeError undefined: each time', 3])
    pool.shutdown()
    open.process.kill()
    return open.ended
  }))
})

describe('a worker that cannot reach Redis', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('ends at %s', signal => {
    const running = WORKER.start(tasks, 'lonely', '1', '30000')
    return running.printed('serves').then(() => {
      running.process.kill(signal)
      return running.ended
    }).then(({ code }) => { expect(code).toBe(0) })
  })
})

describe('a BullMQExecutor that cannot', () => {
  it('says so to who submits and to who makes it', () => {
    const pool = new BullMQExecutor({ connection: { host: '127.0.0.1', port: 1 } })
    expect(words(pool.submit({ module: tasks, export: 'square' }, 1).exception(20_000))).toMatch(/^ConnectionRefusedError ECONNREFUSED: /)
    pool.shutdown()
    expect(slip(() => new BullMQExecutor({ queue: 'a:b' }))).toBe("TypeError BAD_QUEUE: the name of a queue must be text without a colon, not 'a:b'")
  })
})
