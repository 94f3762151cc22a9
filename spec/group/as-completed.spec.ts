import fc from 'fast-check'
import {
  type Coroutine, DeadlockError, EventLoop, Future, Task, TimeoutError, VirtualHost, asCompleted, createTask, ensureFuture, gather,
  getRunningLoop, greenlet, isCancelled, run, sleep,
} from '../../lib/index.ts'

const virtual = () => ({ host: new VirtualHost() })

describe('asCompleted()', () => {
  it('gives everything once, in the order of the ends and at once, whoever waits and is cancelled meanwhile', () => {
    const plan = fc.array(fc.record({
      ms: fc.nat(4),
      cancelled: fc.option(fc.record({ ms: fc.nat(4), turns: fc.nat(3) }), { freq: 3 }),
    }), { minLength: 1, maxLength: 8 })
    fc.assert(fc.property(plan, given => {
      const took: number[] = []
      function* main(): Coroutine<void> {
        const loop = getRunningLoop()
        const inTurns = (turns: number, what: () => void): void => {
          if (turns === 0) what()
          else loop.callSoon(inTurns, turns - 1, what)
        }
        const futures = given.map(({ ms }) => {
          const future = loop.createFuture<number>()
          loop.callLater(ms, () => { future.setResult(ms) })
          return future
        })
        const waiters = Array.from(asCompleted(futures), next => createTask((function* (): Coroutine<void> {
          took.push(yield* next)
          if (took[took.length - 1] !== loop.time()) throw new Error('it could have come before')
        })()))
        for (const [i, { cancelled }] of given.entries()) {
          if (cancelled !== null) loop.callLater(cancelled.ms, inTurns, cancelled.turns, () => { waiters[i]?.cancel() })
        }
        const ends = yield* gather(waiters, { returnExceptions: true })
        const left = ends.filter(isCancelled).length
        for (const end of ends) if (end instanceof Error && !isCancelled(end)) throw end
        if (took.length + left !== given.length) throw new Error(`${took.length} took one, ${left} were cancelled`)
      }
      run(main(), virtual())
      const inOrder = given.map(({ ms }) => ms).sort((a, b) => a - b)
      expect(took).toEqual(inOrder.slice(0, took.length))
    }), { numRuns: 1000 })
  })

  it('is an iterator of as many coroutines as there are awaitables, each of which waits once', () => {
    function* main(): Coroutine<unknown[]> {
      const arrivals = asCompleted([sleep(2, 'late'), sleep(1, 'early')])
      const log: unknown[] = [arrivals[Symbol.iterator]() === arrivals]
      const [first, second, none] = [arrivals.next(), arrivals.next(), arrivals.next()]
      log.push([first.done, second.done, none.done, none.value])
      if (first.done !== true && second.done !== true) log.push(yield* second.value, yield* first.value)
      return [...log, arrivals.next().done]
    }
    expect(run(main(), virtual())).toEqual([true, [false, false, true, undefined], 'early', 'late', true])
  })

  it('gives what has come to who asked first, also between its wake-up and its turn', () => {
    const log: unknown[] = []
    const loop = new EventLoop(virtual())
    const [first, second] = [loop.createFuture<string>(), loop.createFuture<string>()]
    function* takes(name: string, next: Coroutine<string>): Coroutine<void> { log.push([name, yield* next]) }
    function* main(): Coroutine<void> {
      const [a, b] = Array.from(asCompleted([first, second])) as [Coroutine<string>, Coroutine<string>]
      const waiting = createTask(takes('was waiting', a))
      yield
      first.setResult('first')
      loop.callSoon(() => { new Task(takes('came by', b), { loop, eagerStart: true }) })
      yield* sleep(1)
      second.setResult('second')
      yield* waiting
      yield* sleep(1)
    }
    loop.runUntilComplete(main())
    expect(log).toEqual([['was waiting', 'first'], ['came by', 'second']])
  })

  it('does not wait for a waiter that is gone', () => {
    const log: unknown[] = []
    const loop = new EventLoop(virtual())
    const [first, second] = [loop.createFuture<string>(), loop.createFuture<string>()]
    function* main(): Coroutine<void> {
      const [a, b] = Array.from(asCompleted([first, second])) as [Coroutine<string>, Coroutine<string>]
      const waiting = createTask(b)
      yield
      const gone = greenlet(() => a)
      gone.resume()
      loop.callLater(1, () => { gone.kill() })
      loop.callLater(2, () => { first.setResult('first') })
      log.push(yield* waiting, loop.time())
    }
    loop.runUntilComplete(main())
    expect(log).toEqual(['first', 2])
  })

  it('takes a future that is done in the turn in which the time is over for one that is missing', () => {
    const log: unknown[] = []
    const loop = new EventLoop(virtual())
    function* main(): Coroutine<void> {
      const future = loop.createFuture<string>()
      loop.callLater(5, () => { future.setResult('on the stroke') })
      for (const next of asCompleted([future, sleep(3, 'early')], { timeout: 5 })) {
        try {
          log.push(yield* next)
        } catch (thrown) {
          log.push(thrown instanceof TimeoutError, future.result())
        }
      }
      yield
    }
    loop.runUntilComplete(main())
    expect(log).toEqual(['early', true, 'on the stroke'])
  })

  it('takes one that is given twice for one, as it takes a set', () => {
    function* main(): Coroutine<unknown[]> {
      const [task, nap] = [ensureFuture(sleep(1, 'a task')), sleep(2, 'a sleep')]
      const log: unknown[] = []
      for (const next of asCompleted([task, nap, task, nap])) log.push(yield* next)
      return [...log, Array.from(asCompleted(new Set([task, sleep(1)]))).length]
    }
    expect(run(main(), virtual())).toEqual(['a task', 'a sleep', 2])
  })

  it.each<[string, () => unknown, string, string]>([
    ['a coroutine', () => asCompleted(sleeper() as never), 'NOT_A_LIST',
      'asCompleted() takes several awaitables, not Generator. Write asCompleted([...])'],
    ['a task', () => asCompleted(createTask(sleeper()) as never), 'NOT_A_LIST',
      'asCompleted() takes several awaitables, not Task. Write asCompleted([...])'],
    ['a list of something else', () => asCompleted([5 as never]), 'NOT_AWAITABLE',
      'a future, a coroutine or an awaitable is required, not 5. If yield* f() gave it, write f() alone'],
    ['a time that is none', () => asCompleted([sleeper()], { timeout: 'soon' as never }), 'NOT_A_TIME',
      "asCompleted() takes a number of milliseconds or null for timeout, not 'soon'"],
  ])('is refused with %s', (_, call, code, message) => {
    function* main(): Coroutine<void> { call() }
    expect(() => { run(main(), virtual()) }).toThrow(expect.objectContaining({ name: 'TypeError', code, message }))
  })

  function* sleeper(): Coroutine<void> { yield* sleep(1) }
})

it('asCompleted() whose awaitables have all come holds no timer any more', () => {
  const loop = new EventLoop(virtual())
  function* main(): Coroutine<void> {
    for (const next of asCompleted([sleep(1), sleep(2)], { timeout: 1000 })) yield* next
    yield* new Future()
  }
  expect(() => { loop.runUntilComplete(main()) }).toThrow(DeadlockError)
  expect(loop.time()).toBe(2)
})
