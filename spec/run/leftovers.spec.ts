import {
  type CancelledError, type Coroutine, type DeadlockError, Event, EventLoop, type Task, type TimeoutError, VirtualHost, createTask, run, sleep, timeout, use, yieldFrom,
} from '../../lib/index.ts'

/** Runs main to its end. @returns what was reported. */
function reports(main: (log: unknown[]) => Coroutine<void>, debug = false, log: unknown[] = []): unknown[] {
  const loopFactory = () => {
    const loop = new EventLoop({ host: new VirtualHost(), debug })
    loop.setExceptionHandler((_, { message, task }) => { log.push([loop.time(), message, (task as Task).toString()]) })
    return loop
  }
  run(main(log), { loopFactory })
  return log
}

/** What is reported in debug mode, and the code of the error. */
function caught(main: () => Coroutine<void>): unknown[] {
  const log: unknown[] = []
  try {
    reports(main, true, log)
  } catch (error) {
    log.push((error as DeadlockError).code)
  }
  return log
}

const CUT_OFF = 'Task still ran when main() ended, and is cancelled. Wait for it by yield* task, or make it in a TaskGroup'

describe('a task that is left when main ends', () => {
  function* brew(log: unknown[]): Coroutine<void> {
    try {
      yield* sleep(5)
      log.push('ready')
    } finally {
      log.push('tidied')
    }
  }

  function* leave(log: unknown[]): Coroutine<void> {
    createTask(brew(log))
    yield* sleep(1)
  }

  it('is told of in debug mode, before it is cancelled', () => {
    expect(reports(leave, true)).toEqual([[1, CUT_OFF, "<Task pending name='Task-2' coro=brew>"], 'tidied'])
  })

  it('is not told of in debug mode when main has not ended, as in a deadlock', () => {
    const log = caught(function* () { yield* new Event().wait() })
    expect(log).toEqual(['DEADLOCK'])
  })

  it('is cancelled without a word when debug mode is off, as in asyncio', () => {
    expect(reports(leave)).toEqual(['tidied'])
  })

  it('is told of once when it does not end for ten seconds, and the others are not', () => {
    const log = reports(function* (log) {
      createTask(brew(log))
      createTask((function* stubborn() {
        for (let count = 0; count < 30_000; count++) {
          try {
            yield* sleep(1)
          } catch { // so it never knows that it is cancelled
          }
        }
        log.push('enough')
      })())
      yield* sleep(1)
    })
    expect(log).toEqual([
      'tidied',
      [10_001, 'Task was cancelled 10000 ms ago, when main() ended, and does not end. If it catches the CancelledError, it must throw it on',
        "<Task pending name='Task-3' coro=stubborn>"],
      'enough',
    ])
  })
})

describe('a CancelledError that leaves run()', () => {
  it('says which frames of main it came through', () => {
    function* inner(): Coroutine<void> {
      const task = createTask((function* () { yield* sleep(50) })())
      yield
      task.cancel()
      yield* task
    }
    function* main(): Coroutine<void> { yield* yieldFrom(inner()) }
    let stack: string | undefined
    try {
      run(main(), { host: new VirtualHost() })
    } catch (error) {
      stack = (error as Error).stack
    }
    expect(stack?.split('\n')).toEqual(['CancelledError', '    at inner (<waiting>)', '    at main (<waiting>)', '    at Task-1 (<task>)'])
  })
})

describe('who has cancelled', () => {
  function* main(): Coroutine<void> { yield* use(timeout(5), () => sleep(50)) }

  function thrown(): TimeoutError {
    try {
      run(main(), { host: new VirtualHost() })
    } catch (error) {
      return error as TimeoutError
    }
    throw new Error('nothing was thrown')
  }

  it('is not printed in full, with a loop and its tasks, when the error has left run()', () => {
    const { cause } = thrown()
    expect([Object.keys(cause as object), String((cause as CancelledError).by)]).toEqual([['message', 'code'], '<Timeout [expired]>'])
  })
})
