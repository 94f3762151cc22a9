import { type Coroutine, Event, EventLoop, ManualHost, Queue, currentTask, driveSync, sleep } from '../../lib/index.ts'
import { slip } from '../support/stories.ts'

describe('driveSync()', () => {
  it('runs coroutines to their ends within one call, and gives their results', () => {
    const queue = new Queue<number>(1)
    function* writer(): Coroutine<string> {
      for (const n of [1, 2, 3]) yield* queue.put(n)
      return 'written'
    }
    function* reader(): Coroutine<number[]> {
      const got: number[] = []
      while (got.length < 3) got.push(yield* queue.get())
      yield* sleep(3_600_000)
      return got
    }
    const [written, got]: [string, number[]] = driveSync([writer(), reader()])
    expect([written, got, driveSync([])]).toEqual(['written', [1, 2, 3], []])
  })

  it('cancels the others when one throws, and their finally has run', () => {
    const log: unknown[] = []
    function* other(): Coroutine<void> {
      try {
        yield* sleep(10)
      } finally {
        log.push('cleaned up')
      }
    }
    function* fails(): Coroutine<void> {
      yield* sleep(1)
      throw new Error('no')
    }
    log.push(slip(() => driveSync([other(), fails()])))
    expect(log).toEqual(['cleaned up', 'ExceptionGroup EXCEPTION_GROUP: unhandled errors in a TaskGroup'])
  })

  it('says who waits for what when that cannot come, and their finally has run', () => {
    const log: unknown[] = []
    function* stuck(): Coroutine<void> {
      try {
        yield* new Event().wait()
      } finally {
        log.push('cleaned up')
      }
    }
    log.push(slip(() => driveSync([stuck()])))
    expect(log).toEqual(['cleaned up', expect.stringMatching(/^DeadlockError DEADLOCK: .*2 tasks wait for ever:[^]*Event/)])
  })

  it('runs in a task of a loop that runs, and the loop goes on as before', () => {
    const log: unknown[] = []
    const loop = new EventLoop({ host: new ManualHost() })
    function* inner(name: string): Coroutine<string> {
      yield* sleep(5)
      log.push(`${name}, in ${String(currentTask()?.getName())}`)
      return name
    }
    loop.createTask(function* () {
      log.push(driveSync([inner('a'), inner('b')]))
      yield* sleep(1)
      log.push(`goes on as ${String(currentTask()?.getName())}`)
      log.push(String(slip(() => driveSync([(function* (): Coroutine<void> { yield* new Event().wait() })()]))).slice(0, 13))
      yield
      log.push('and on')
    }(), { name: 'outer' })
    loop.callSoon(() => { log.push(driveSync([inner('in a callback')])) })
    for (let i = 0; i < 5; i++) loop.frame({ dt: 1 })
    expect(log).toEqual([
      'a, in Task-2', 'b, in Task-3', ['a', 'b'], 'in a callback, in Task-2', ['in a callback'], 'goes on as outer', 'DeadlockError', 'and on',
    ])
    expect(slip(() => driveSync(3 as never))).toBe('TypeError NOT_AN_ARRAY: driveSync() takes an array of coroutines, not 3. Write driveSync([f(), g()])')
  })
})
