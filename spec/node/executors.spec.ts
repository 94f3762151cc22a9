import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import {
  ConcurrentFuture, type Executor, ProcessPoolExecutor, ThreadPoolExecutor, createTask, gather, getRunningLoop, run, sleep, toThread, use, wrapFuture,
} from '../../lib/node/index.ts'
import { attempt, slip, words } from '../support/stories.ts'
import { ways } from '../support/ways.ts'

const both = ways()

const square = (n: number): number => n * n
const block = (ms: number): string => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
  return `blocked for ${ms}`
}

/** What esbuild writes into programs. */
declare function __name<T>(value: T, name: string): T

const kinds = [
  ['ThreadPoolExecutor', ThreadPoolExecutor],
  ['ProcessPoolExecutor', ProcessPoolExecutor],
] as const

describe.each(kinds)('a %s', (_, Pool) => {
  const withPool = <T>(what: (pool: Executor) => T, maxWorkers = 2): T => {
    const pool = new Pool({ maxWorkers })
    try {
      return what(pool)
    } finally {
      pool.shutdown()
    }
  }

  it('runs functions elsewhere, and blocks for their results', () => {
    withPool(pool => {
      const futures = [1, 2, 3].map(n => pool.submit(square, n))
      expect(futures.map(future => future.result())).toEqual([1, 4, 9])
      expect(Array.from(pool.map(square, [4, 5]))).toEqual([16, 25])
      expect(pool.submit(function () { return { text: new Map([['a', 1]]), bytes: new Uint8Array([1]) } }).result())
        .toEqual({ text: new Map([['a', 1]]), bytes: new Uint8Array([1]) })
      expect(pool.submit((path: string) => (require('node:path') as { basename(path: string): string }).basename(path), '/a/b').result()).toBe('b')
      expect(pool.submit(() => Promise.resolve('later')).result()).toBe('later')
    })
  })

  it('runs the export of a module', () => {
    const folder = mkdtempSync(join(tmpdir(), 'module-'))
    const [common, modern] = [join(folder, 'common.cjs'), join(folder, 'modern.mjs')]
    writeFileSync(common, 'exports.twice = n => 2 * n')
    writeFileSync(modern, 'export const thrice = n => 3 * n')
    withPool(pool => {
      expect(pool.submit({ module: common, export: 'twice' }, 5).result()).toBe(10)
      expect(pool.submit({ module: pathToFileURL(modern), export: 'thrice' }, 5).result()).toBe(15)
      expect(pool.submit({ module: pathToFileURL(modern).href, export: 'thrice' }, 6).result()).toBe(18)
      expect(pool.submit({ module: 'node:path', export: 'basename' }, '/a/c').result()).toBe('c')
      expect(words(pool.submit({ module: common, export: 'none' }).exception())).toBe(`TypeError undefined: ${common} exports no function none`)
    })
  })

  it('gives errors back with class, name and code', () => {
    withPool(pool => {
      const error = pool.submit(() => { throw new RangeError('out of it') }).exception()
      expect(error).toBeInstanceOf(RangeError)
      expect(words(error)).toBe('RangeError undefined: out of it')
      expect(words(pool.submit(() => { throw Object.assign(new Error('x'), { name: 'OwnError', code: 'OWN' }) }).exception())).toBe('OwnError OWN: x')
      expect(words(pool.submit(() => { throw 'text' }).exception())).toBe('Error undefined: text')
      expect((pool.submit(() => () => 1).exception() as Error).message).toMatch(/^the result cannot be sent to another thread: /)
    })
  })

  it('goes on when a worker dies, and says so to who waits', () => {
    withPool(pool => {
      const died = pool.submit(() => { process.exit(7) }).exception()
      expect(words(died)).toMatch(/^(RuntimeError|BrokenExecutorError) BROKEN_EXECUTOR: the (thread|process) that ran this function has died: Workerpool Worker terminated Unexpectedly/)
      expect(pool.submit(square, 3).result()).toBe(9)
    })
  })

  it('cancels what has not begun, and nothing else', () => {
    withPool(pool => {
      const running = pool.submit(block, 300)
      const waiting = pool.submit(square, 2)
      const log: unknown[] = [waiting.cancel(), waiting.cancel(), waiting.cancelled(), waiting.state, slip(() => waiting.result())]
      expect(running.result()).toBe('blocked for 300')
      expect([...log, running.cancel(), running.done()]).toEqual([true, true, true, 'cancelled', 'CancelledError CANCELLED: ', false, true])
    }, 1)
  })

  it('has limits of time', () => {
    withPool(pool => {
      const future = pool.submit(block, 400)
      expect(slip(() => future.result(50))).toBe('TimeoutError TIMED_OUT: result(50): it is not done yet')
      expect(slip(() => Array.from(pool.map(block, [400, 400], { timeout: 10 })))).toMatch(/^TimeoutError/)
      expect(future.result()).toBe('blocked for 400')
    })
  })

  it('takes nothing more after shutdown(), which waits for what is there', () => {
    const pool = new Pool({ maxWorkers: 1 })
    const [first, second] = [pool.submit(block, 1000), pool.submit(square, 2)]
    do expect(slip(() => first.result(20))).toMatch(/^TimeoutError/)
    while (!first.running())
    pool.shutdown({ cancelFutures: true })
    pool.shutdown()
    expect([first.result(), second.cancelled(), String(pool).includes('jobs=0')]).toEqual(['blocked for 1000', true, true])
    expect(slip(() => pool.submit(square, 1))).toBe('RuntimeError SHUT_DOWN: cannot schedule new futures after shutdown')
    new Pool().shutdown()
  })

  it.each(both)('is awaited in a task, $way', ({ live }) => live(function* () {
    const pool = new Pool({ maxWorkers: 2 })
    return yield* use(pool, function* () {
      const loop = getRunningLoop()
      const log: unknown[] = [yield* loop.runInExecutor(pool, square, 7), yield* wrapFuture(pool.submit(square, 8))]
      log.push(yield* attempt(() => loop.runInExecutor(pool, () => { throw new RangeError('out') })))
      const cancelled = wrapFuture(pool.submit(block, 100))
      cancelled.cancel()
      const never = pool.submit(square, 1)
      never.cancel()
      log.push(yield* attempt(() => wrapFuture(never)), yield* gather([wrapFuture(pool.submit(square, 1)), sleep(1, 'slept')]))
      return log
    })
  }).then(log => { expect(log).toEqual([49, 64, 'RangeError undefined: out', 'CancelledError CANCELLED: ', [1, 'slept']]) }))
})

describe.each(both)('the default executor, $way', ({ live }) => {
  it('runs functions in threads, while other tasks go on', () => {
    const log: unknown[] = []
    return live(function* () {
      const task = createTask(function* () {
        log.push(yield* toThread(block, 300))
      }())
      yield* sleep(50)
      log.push('meanwhile')
      yield* task
      log.push(yield* getRunningLoop().runInExecutor(null, square, 3))
      yield* getRunningLoop().shutdownDefaultExecutor()
      yield* getRunningLoop().shutdownDefaultExecutor()
      getRunningLoop().setDefaultExecutor(new ThreadPoolExecutor({ maxWorkers: 1 }))
      log.push(yield* getRunningLoop().runInExecutor(null, square, 4))
    }).then(() => { expect(log).toEqual(['meanwhile', 'blocked for 300', 9, 16]) })
  })
})

describe('a ConcurrentFuture', () => {
  it('calls back, when it is done and afterwards', () => {
    const log: unknown[] = []
    const future = new ConcurrentFuture<number>()
    future.addDoneCallback(({ state }) => { log.push(state) })
    future.addDoneCallback(() => { throw new RangeError('in a callback') })
    const reported = jest.spyOn(console, 'error').mockImplementation(text => { log.push(String(text).split('\n')[0]) })
    log.push(String(future), future.setRunningOrNotifyCancel(), future.running(), future.cancel())
    future.setResult(5)
    reported.mockRestore()
    future.addDoneCallback(done => { log.push(done.result()) })
    log.push(future.exception(), slip(() => { future.setResult(6) }), slip(() => { future.setException(new Error()) }))
    expect(log).toEqual([
      '<ConcurrentFuture pending>', true, true, false, 'finished', 'exception calling callback for <ConcurrentFuture finished>: RangeError: in a callback', 5, null,
      'InvalidStateError ALREADY_DONE: <ConcurrentFuture finished> is done already', 'InvalidStateError ALREADY_DONE: <ConcurrentFuture finished> is done already',
    ])
  })

  it('that is cancelled does not run', () => {
    const future = new ConcurrentFuture()
    expect([future.cancel(), future.setRunningOrNotifyCancel(), slip(() => future.result(5))]).toEqual([true, false, 'CancelledError CANCELLED: '])
  })

  it('is what wrapFuture() takes', () => {
    expect(slip(() => wrapFuture({} as ConcurrentFuture))).toBe('TypeError NOT_A_FUTURE: wrapFuture() takes what submit() returns, not Object')
  })

  it('tells nobody when the loop is closed', () => {
    const future = new ConcurrentFuture()
    run(function* () { wrapFuture(future) }() as never)
    future.setResult(1)
    expect(future.done()).toBe(true)
  })
})

describe.each(kinds)('a function that is sent as its source to a %s', (_, Pool) => {
  const submit = (work: (...args: never[]) => unknown, ...args: unknown[]): unknown => {
    const pool = new Pool({ maxWorkers: 1 })
    try {
      return pool.submit(work, ...args as never[]).result()
    } catch (error) {
      return String(error)
    } finally {
      pool.shutdown()
    }
  }

  it('may hold the calls by which esbuild, and so tsx, keeps the names of functions', () => {
    const sum = (n: number): unknown => {
      const squared = __name((x: number) => x * x, 'square')
      return [squared(n), squared.name]
    }
    expect(submit(sum, 7)).toEqual([49, 'square'])
  })

  it('is told that it has no variables from outside when it misses one', () => {
    const outside = 5
    expect(submit(() => outside)).toBe('ReferenceError: outside is not defined. The function was sent as its source, so it has no variables ' +
      'from outside: give it arguments, or send { module, export }')
  })
})

describe('what cannot be sent', () => {
  const pool = new ThreadPoolExecutor()
  const object: Record<'method', unknown> = { method() { return 1 } }
  class Own {}

  it.each<[string, unknown, unknown[], string]>([
    ['a number', 5, [], 'TypeError NOT_CALLABLE: submit() takes a function, or { module, export }, not 5. Write toThread(f, 1), and not toThread(f(1))'],
    ['a native function', Math.max, [], 'TypeError NOT_PORTABLE: the source of max() cannot be sent: the function is native, or bound. Write a function that calls it, or { module, export }'],
    ['a class', Own, [], 'TypeError NOT_PORTABLE: submit() takes a function, not a class. Write () => new Own(…), or { module, export }'],
    ['a method', object.method, [], "TypeError NOT_PORTABLE: the source of method() cannot be sent: it is a method. Export it, and write { module: 'the path of its module', export: 'method' }"],
    ['a coroutine function', function* brew() { yield* sleep(1) }, [], 'TypeError COROUTINE_AS_CALLBACK: submit() takes a plain function, not a coroutine function. In a task, write yield* brew(…)'],
    ['a function as an argument', square, [() => 1], 'TypeError NOT_PORTABLE: argument 1, a function, cannot be sent to another thread. ' +
      'Give it plain data, and let the function return its result (() => 1 could not be cloned.)'],
  ])('is %s, and that is said at submit()', (_, work, args, error) => {
    expect(slip(() => pool.submit(work as never, ...args as never[]))).toBe(error)
  })

  it('is refused for want of workers, too', () => {
    expect(slip(() => new ThreadPoolExecutor({ maxWorkers: 0 }))).toBe('RuntimeError NO_WORKERS: maxWorkers must be at least 1')
  })
})
