import {
  type Awaitable, type Coroutine, EventLoop, Future, VirtualHost, coroutine, createTask, eagerTaskFactory, gather,
  getRunningLoop, greenlet, isCancelled, run, setEventLoop, sleep, suspend,
} from '../../lib/index.ts'

const virtual = () => ({ host: new VirtualHost() })
const quiet = () => new EventLoop({ ...virtual(), logger: () => undefined })
const error = (name: string, code: string, message: string) => expect.objectContaining({ name, code, message })

function* brew(order: string, ms: number): Coroutine<string> {
  yield* sleep(ms)
  return `one ${order}`
}

describe('gather()', () => {
  it('takes whatever can be awaited, and gives a future of all the results', () => {
    class Later implements Awaitable<string> {
      *[Symbol.iterator](): Coroutine<string> { return yield* sleep(3, 'of an object') }
    }
    function* main(): Coroutine<unknown> {
      const loop = getRunningLoop()
      const [future, done] = [loop.createFuture<string>(), loop.createFuture<string>()]
      done.setResult('of a done future')
      loop.callLater(5, () => { future.setResult('of a future') })
      const all = gather([
        brew('tea', 4), coroutine(brew)('milk', 2), createTask(brew('cake', 1)), sleep(1, 'of a sleep'),
        sleep(0, 'of a turn'), suspend<string>(resume => { loop.callLater(2, resume, 'of a suspend()') }), new Later(),
        future, done, gather([]),
      ])
      expect([all instanceof Future, all.getLoop() === loop, String(all)]).toEqual([true, true, '<Gathering pending>'])
      return yield* all
    }
    expect(run(main(), virtual())).toEqual([
      'one tea', 'one milk', 'one cake', 'of a sleep', 'of a turn', 'of a suspend()', 'of an object', 'of a future',
      'of a done future', [],
    ])
  })

  it('gives the same object its one result in each of its places', () => {
    const log: unknown[] = []
    function* once(): Coroutine<object> {
      log.push('runs')
      yield* sleep(1)
      return {}
    }
    function* main(): Coroutine<boolean> {
      const it = once()
      const [a, b, c] = yield* gather([it, sleep(1), it])
      return a === c && b === undefined
    }
    log.push(run(main(), virtual()))
    expect(log).toEqual(['runs', true])
  })

  it('puts whatever was thrown among the results, also what is no error, or nothing at all', () => {
    function* failing(what: unknown): Coroutine<string> {
      yield
      throw what
    }
    function* main(): Coroutine<unknown> {
      return yield* gather(
        [failing(undefined), brew('tea', 1), failing('text'), failing(null)], { returnExceptions: true })
    }
    expect(run(main(), virtual())).toEqual([undefined, 'one tea', 'text', null])
  })

  it('ends with what was thrown first, whatever it is', () => {
    function* failing(ms: number, what: unknown): Coroutine<string> {
      yield* sleep(ms)
      throw what
    }
    function* main(): Coroutine<unknown> {
      try {
        return yield* gather([failing(2, 'second'), failing(1, undefined)])
      } catch (thrown) {
        return ['caught', thrown]
      }
    }
    expect(run(main(), virtual())).toEqual(['caught', undefined])
  })

  it('works without a task: callbacks are told, and so is a greenlet that waits by itself', () => {
    const log: unknown[] = []
    const loop = quiet()
    loop.callSoon(() => {
      const all = gather([brew('tea', 1), brew('milk', 2)])
      all.addDoneCallback(future => { log.push(['told', future.result()]) })
      greenlet(function* () { log.push(['waited', yield* all]) }).resume()
    })
    loop.callLater(5, () => { loop.stop() })
    loop.runForever()
    expect(log).toEqual([['told', ['one tea', 'one milk']], ['waited', ['one tea', 'one milk']]])
  })

  it('is told in the next turn of what an eager task ended while it was being made', () => {
    const log: unknown[] = []
    function* main(): Coroutine<void> {
      const loop = getRunningLoop()
      const [future, done] = [loop.createFuture<string>(), loop.createFuture<string>()]
      done.setResult('before')
      loop.setTaskFactory(eagerTaskFactory)
      function* ender(): Coroutine<string> {
        future.setResult('by an eager task')
        return 'at once'
      }
      const all = gather([done, future, ender()])
      log.push(future.done(), all.done(), gather([done, future]).done(), yield* all)
    }
    run(main(), virtual())
    expect(log).toEqual([true, false, true, ['before', 'by an eager task', 'at once']])
  })

  it('leaves no errors unread where it is refused in the middle', () => {
    const reports: unknown[] = []
    const loop = new EventLoop({ ...virtual(), logger: text => reports.push(text) })
    const future = loop.createFuture()
    expect(() => gather([future, 5 as never])).toThrow(error('TypeError', 'NOT_AWAITABLE', expect.stringMatching('5')))
    future.setException(new Error('too late for anybody'))
    loop.tick()
    loop.close()
    expect(reports).toEqual([])
  })

  it('takes its loop from the first future, else from the one that runs or was chosen', () => {
    const [loop, chosen] = [quiet(), quiet()]
    setEventLoop(chosen)
    try {
      const ofFuture = gather([loop.createFuture(), brew('tea', 1)])
      const ofCoroutine = gather([brew('tea', 1)])
      const ofNothing = gather([])
      expect([ofFuture, ofCoroutine, ofNothing].map(all => all.getLoop() === loop)).toEqual([true, false, false])
      expect([ofCoroutine, ofNothing].map(all => all.getLoop() === chosen)).toEqual([true, true])
      expect([chosen.runUntilComplete(ofCoroutine), ofNothing.result()]).toEqual([['one tea'], []])
    } finally {
      setEventLoop(null)
    }
  })

  it('cannot wait in two loops', () => {
    expect(() => gather([quiet().createFuture(), quiet().createFuture()])).toThrow(error('ValueError', 'OTHER_LOOP',
      'The future belongs to a different loop than the one specified as the loop argument. ' +
      'Make it in the coroutine that is run'))
  })

  it.each<[string, unknown, string]>([
    ['a coroutine', brew('tea', 1), 'gather() takes an array, not Generator. Write gather([f(), g()])'],
    ['a set', new Set(), 'gather() takes an array, not Set. Write gather([...items])'],
    ['nothing', undefined, 'gather() takes an array, not undefined. Write gather([f(), g()])'],
    ['a function', brew, 'gather() takes an array, not brew(). Write gather([f(), g()])'],
  ])('is refused with %s', (_, what, message) => {
    expect(() => gather(what as [])).toThrow(error('TypeError', 'NOT_AN_ARRAY', message))
  })

  it('keeps the result that it is given by hand while it is being cancelled', () => {
    const log: unknown[] = []
    function* main(): Coroutine<unknown> {
      function* child(): Coroutine<void> {
        yield* suspend(() => () => {
          log.push(String(all))
          all.setResult([undefined])
          log.push(String(all))
        })
      }
      const all = gather([child()])
      yield
      log.push(all.cancel(), String(all))
      return yield* all
    }
    log.push(run(main(), virtual()))
    expect(log).toEqual([
      '<Gathering pending>', '<Gathering finished result=[1 items]>', true, '<Gathering finished result=[1 items]>', [undefined],
    ])
  })

  it('leaves its children alone when it is cancelled too late, or not at all', () => {
    function* main(): Coroutine<unknown> {
      const task = createTask(brew('tea', 5))
      const all = gather([task, sleep(1)])
      yield* sleep(2)
      const log: unknown[] = [all.done(), task.done()]
      yield* all
      log.push(all.cancel(), all.cancelled(), String(all))
      function* spill(): Coroutine<void> { throw new Error('spilt') }
      const failed = gather([createTask(brew('milk', 5)), spill()])
      try {
        yield* failed
      } catch (thrown) {
        log.push((thrown as Error).message, isCancelled(thrown), failed.cancel())
      }
      return log
    }
    expect(run(main(), virtual())).toEqual([
      false, false, false, false, '<Gathering finished result=[2 items]>', 'spilt', false, false,
    ])
  })
})
