import {
  type Coroutine, EventLoop, type Task, TimeoutError, VirtualHost, createTask, currentTask, getRunningLoop, greenlet,
  isCancelled, run, sleep, suspend, waitFor,
} from '../../lib/index.ts'

const virtual = () => ({ host: new VirtualHost() })

/** What a coroutine ends with, and when. */
function* outcome(wait: Coroutine<unknown>): Coroutine<unknown> {
  try {
    return [yield* wait, getRunningLoop().time()]
  } catch (thrown) {
    return [String(thrown), getRunningLoop().time()]
  }
}

describe('waitFor()', () => {
  it('waits for whatever can be awaited, in the task that calls it', () => {
    class Later {
      *[Symbol.iterator](): Coroutine<boolean> {
        yield* sleep(1)
        return currentTask()?.getName() === 'main'
      }
    }
    const loop = new EventLoop(virtual())
    function* main(): Coroutine<unknown[]> {
      const future = loop.createFuture<string>()
      loop.callLater(1, () => { future.setResult('of a future') })
      return [
        yield* waitFor(future, 5), yield* waitFor(future, 0), yield* waitFor(sleep(1, 'of a sleep'), 5),
        yield* waitFor(new Later(), null),
        yield* waitFor(suspend<string>(resume => { loop.callLater(1, resume, 'of a suspend()') }), 5),
        yield* waitFor(greenlet(() => 'of a switch()').switch(), 5),
      ]
    }
    expect(loop.runUntilComplete(loop.createTask(main(), { name: 'main' }))).toEqual(
      ['of a future', 'of a future', 'of a sleep', true, 'of a suspend()', 'of a switch()'])
  })

  it('gives up at the end of the time, and takes a greenlet that waits for it along', () => {
    const log: unknown[] = []
    function* inside(): Coroutine<void> {
      try {
        yield* sleep(50)
      } catch (thrown) {
        log.push(isCancelled(thrown))
        throw thrown
      }
    }
    function* main(): Coroutine<void> {
      log.push(yield* outcome(waitFor(greenlet(inside).switch(), 5)), currentTask()?.cancelling())
    }
    run(main(), virtual())
    expect(log).toEqual([true, ['TimeoutError: waitFor(…, 5): 5 ms are over', 5], 0])
  })

  it('has no time left at zero and below: what is not done is cancelled, and has the last word', () => {
    function* stubborn(word: () => string): Coroutine<string> {
      try {
        yield* sleep(50)
      } catch {
        yield* sleep(3)
        return word()
      }
      return 'never'
    }
    const fail = () => { throw new RangeError('no!') }
    function* main(): Coroutine<unknown[]> {
      const tasks: Task[] = [createTask(sleep(50)), createTask(stubborn(() => 'well…')), createTask(stubborn(fail))]
      yield
      const log: unknown[] = []
      for (const [i, task] of tasks.entries()) log.push(yield* outcome(waitFor(task, -i)))
      return [...log, tasks.map(task => task.cancelled())]
    }
    expect(run(main(), virtual()))
      .toEqual([['TimeoutError: waitFor(…, 0): there is no time', 0], ['well…', 3], ['RangeError: no!', 6], [true, false, false]])
  })

  it('is over for the waiter that is cancelled in the turn in which the other one ends', () => {
    function* main(): Coroutine<unknown[]> {
      const log: unknown[] = []
      const loop = getRunningLoop()
      const future = loop.createFuture()
      function* waits(): Coroutine<void> {
        try {
          yield* waitFor(future, 0)
        } catch (thrown) {
          log.push([isCancelled(thrown), thrown instanceof TimeoutError])
          throw thrown
        }
      }
      const task = createTask(waits())
      loop.callSoon(() => { task.cancel() })
      yield
      yield
      yield
      return [...log, task.cancelled(), future.cancelled()]
    }
    expect(run(main(), virtual())).toEqual([[true, false], true, true])
  })

  it.each<[string, number | null, string, string, string]>([
    ['text for a time', '5' as never, 'TypeError', 'NOT_A_TIME',
      "waitFor() takes a number of milliseconds or null, not '5'"],
    ['a time that is no number', NaN, 'TypeError', 'NOT_A_TIME',
      'waitFor() takes a number of milliseconds or null, not NaN'],
    ['no time at all', undefined as never, 'TypeError', 'NOT_A_TIME',
      'waitFor() takes a number of milliseconds or null, not undefined'],
  ])('is refused with %s, and what it was to wait for does not begin', (_, ms, name, code, message) => {
    const log: unknown[] = []
    function* never(): Coroutine<void> { log.push('begins') }
    expect(() => { run(waitFor(never(), ms), virtual()) }).toThrow(expect.objectContaining({ name, code, message }))
    expect(log).toEqual([])
  })
})
