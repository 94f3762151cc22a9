import {
  type Awaitable, CancelScope, type Coroutine, DeadlockError, Event, EventLoop, ManualHost, Queue, TaskGroup, createTask,
  gather, getRunningLoop, run, sleep, use,
} from '../../lib/index.ts'
import { waitAllTasksBlocked } from '../../lib/testing/index.ts'
import { FINE, attempt, story, virtual } from '../support/stories.ts'

/** Logs each of its turns, and then waits. */
function* turns(name: string, count: number, log: unknown[], end: () => Awaitable<unknown>): Coroutine<void> {
  for (let turn = 1; turn <= count; turn++) {
    log.push(`${name} ${turn}`)
    yield
  }
  yield* end()
  log.push(`${name} goes on`)
}

describe('waitAllTasksBlocked()', () => {
  it('waits until all others wait, however many turns they take, and no longer', () => {
    expect(story(function* main(log) {
      const loop = getRunningLoop()
      const event = new Event()
      const tasks = [createTask(turns('a', 3, log, () => event.wait())), createTask(turns('b', 1, log, () => sleep(9)))]
      yield* waitAllTasksBlocked()
      log.push(`all wait at ${loop.time()}`)
      event.set()
      yield* waitAllTasksBlocked()
      log.push(`all wait at ${loop.time()}`)
      yield* gather(tasks)
      log.push(`all is over at ${loop.time()}`)
    })).toEqual([
      'a 1', 'b 1', 'a 2', 'a 3', 'all wait at 0', 'a goes on', 'all wait at 0', 'b goes on', 'all is over at 9',
    ])
  })

  it('goes on by and by when nobody else is there', () => {
    expect(story(function* main(log) {
      for (const n of [1, 2, 3]) {
        yield* waitAllTasksBlocked()
        log.push(n)
      }
    })).toEqual([1, 2, 3])
  })

  it('waits for callbacks, and for timers that are due at this time', () => {
    expect(story(function* main(log) {
      const loop = getRunningLoop()
      function* late(): Coroutine<void> {
        yield* sleep(5)
        log.push('sleeps on')
        yield* sleep(0)
        log.push('slept')
      }
      createTask(late())
      yield* sleep(5)
      loop.callLater(0, () => {
        log.push('timer')
        loop.callSoon(() => { log.push('callback of the timer') })
      })
      loop.callAt(loop.time(), () => { log.push('timer of now') })
      loop.callLater(1, () => { log.push('timer of later') })
      yield* waitAllTasksBlocked()
      log.push(`at ${loop.time()}`)
    })).toEqual(['sleeps on', 'slept', 'timer', 'timer of now', 'callback of the timer', 'at 5'])
  })

  it('waits for what such a timer brings about, when nothing else is ready', () => {
    expect(story(function* main(log) {
      const loop = getRunningLoop()
      loop.callLater(0, () => {
        log.push('timer')
        loop.callSoon(() => { log.push('callback of the timer') })
      })
      yield* waitAllTasksBlocked()
      log.push(`at ${loop.time()}`)
    })).toEqual(['timer', 'callback of the timer', 'at 0'])
  })

  it('lets all go on that wait for it, in the order in which they came', () => {
    expect(story(function* main(log) {
      const event = new Event()
      function* watches(name: string): Coroutine<void> {
        yield* waitAllTasksBlocked()
        log.push(name)
        yield* waitAllTasksBlocked()
        log.push(`${name} again`)
        event.set()
      }
      createTask(turns('task', 2, log, () => event.wait()))
      yield* gather(['a', 'b', 'c'].map(watches))
    })).toEqual(['task 1', 'task 2', 'a', 'b', 'c', 'a again', 'b again', 'c again', 'task goes on'])
  })

  it('can be cancelled, before and after the others have come to wait, and by a scope', () => {
    expect(story(function* main(log) {
      const loop = getRunningLoop()
      const busy = createTask(turns('busy', 2, log, () => sleep(9)))
      const first = createTask(attempt(waitAllTasksBlocked))
      const second = createTask(attempt(waitAllTasksBlocked))
      const third = createTask(attempt(waitAllTasksBlocked))
      yield* sleep(0)
      first.cancel('early')
      log.push(yield* first)
      // When all wait, the second is told first, and in the same turn cancels the third.
      second.addDoneCallback(() => { log.push(third.cancel('late')) })
      log.push(yield* second, yield* third)
      const scope = new CancelScope()
      loop.callSoon(() => { scope.cancel() })
      yield* use(scope, waitAllTasksBlocked)
      log.push(scope.cancelledCaught, busy.done())
      yield* waitAllTasksBlocked()
      log.push(loop.time())
    })).toEqual([
      'busy 1', 'busy 2', 'CancelledError CANCELLED: early', false, undefined, undefined, true, false, 0,
    ])
  })

  it('is no reason for a loop to go on: what waits for ever, does', () => {
    const log: unknown[] = []
    function* main(): Coroutine<void> {
      yield* waitAllTasksBlocked()
      log.push('all wait')
      yield* new Event().wait()
    }
    expect(() => { run(main(), virtual()) }).toThrow(DeadlockError)
    expect(log).toEqual(['all wait'])
  })

  it('works in a loop that a host ticks, in which time goes on only when the host says so', () => {
    const log: unknown[] = []
    const host = new ManualHost()
    const loop = new EventLoop({ host })
    function* watches(): Coroutine<void> {
      yield* waitAllTasksBlocked()
      log.push('all wait')
      yield* sleep(5)
      log.push('slept')
      yield* waitAllTasksBlocked()
      log.push('all wait again')
    }
    loop.createTask(watches())
    loop.createTask(turns('task', 2, log, () => sleep(5)))
    for (let tick = 1; tick <= 5; tick++) log.push([tick, loop.tick().ran])
    log.push('time goes on')
    for (let tick = 6; tick <= 9; tick++) log.push([tick, loop.tick({ now: 5 }).ran])
    expect(log).toEqual([
      'task 1', [1, 2], 'task 2', [2, 1], [3, 1], [4, 1], 'all wait', [5, 1], 'time goes on',
      [6, 2], 'task goes on', 'slept', [7, 2], [8, 1], 'all wait again', [9, 1],
    ])
  })

  it('can be cancelled when it is told already, and its turn has not come', () => {
    const log: unknown[] = []
    const loop = new EventLoop({ host: new ManualHost() })
    loop.setExceptionHandler((_, { message }) => { log.push(message) })
    function* watches(name: string): Coroutine<void> { log.push(name, yield* attempt(waitAllTasksBlocked)) }
    const [, second] = ['first', 'second'].map(name => loop.createTask(watches(name)))
    loop.tick()
    log.push(loop.tick({ maxCallbacks: 1 }), second?.cancel('late'))
    for (let i = 0; i < 3; i++) loop.tick()
    expect(log).toEqual([
      { ran: 1, ready: 2, nextTimerAt: null, blocked: 1, overBudget: false, ...FINE }, true,
      'first', undefined, 'second', 'CancelledError CANCELLED: late',
    ])
  })

  it('leaves nothing behind when it is cancelled', () => {
    const loop = new EventLoop({ host: new ManualHost() })
    const waiting = loop.createTask(waitAllTasksBlocked())
    loop.createTask(turns('task', 2, [], () => sleep(5)))
    const ran = [loop.tick().ran]
    waiting.cancel()
    for (let i = 0; i < 4; i++) ran.push(loop.tick().ran)
    expect(ran).toEqual([2, 2, 1, 0, 0])
  })

  it('stands on callbacks of the loop, each of which is called once', () => {
    const log: string[] = []
    const loop = new EventLoop({ host: new ManualHost() })
    loop.$quiet.add(() => { log.push('quiet') })
    loop.callSoon(() => { log.push('busy') })
    const ran = [1, 2, 3, 4].map(() => loop.tick().ran)
    expect([ran, log]).toEqual([[1, 1, 0, 0], ['busy', 'quiet']])
  })

  it('works in a loop that runs until it is stopped', () => {
    const log: unknown[] = []
    const loop = new EventLoop(virtual())
    function* watches(): Coroutine<void> {
      yield* waitAllTasksBlocked()
      log.push(`all wait at ${loop.time()}`)
      loop.stop()
    }
    loop.createTask(watches())
    loop.createTask(turns('task', 2, log, () => sleep(5)))
    loop.runForever()
    expect(log).toEqual(['task 1', 'task 2', 'all wait at 0'])
  })

  it('is for a spec that is to know how many wait', () => {
    expect(story(function* main(log) {
      const queue = new Queue<string>(1)
      yield* use(new TaskGroup(), function* (group) {
        for (const item of ['a', 'b', 'c']) group.createTask(queue.put(item))
        yield* waitAllTasksBlocked()
        log.push(String(queue))
        log.push(queue.getNowait(), queue.qsize())
        yield* waitAllTasksBlocked()
        log.push(String(queue), queue.getNowait())
        yield* waitAllTasksBlocked()
        log.push(String(queue))
      })
    })).toEqual([
      '<Queue maxsize=1 size=1 putters=2 tasks=1>', 'a', 0, '<Queue maxsize=1 size=1 putters=1 tasks=2>', 'b',
      '<Queue maxsize=1 size=1 tasks=3>',
    ])
  })
})
