import fc from 'fast-check'
import {
  type Coroutine, EventLoop, Future, type RuntimeError, StopIteration, VirtualHost, createTask, getRunningLoop,
  greenlet, isCancelled, isFuture, run,
} from '../../lib/index.ts'

const quiet = () => new EventLoop({ host: new VirtualHost(), logger: () => undefined })
const virtual = () => ({ host: new VirtualHost() })
const error = (name: string, code: string, message: string) => expect.objectContaining({ name, code, message })

describe('a future in words', () => {
  it('is its class and what became of it', () => {
    class Order extends Future<string> {}
    const loop = quiet()
    const made = () => new Order({ loop })
    const [pending, done, failed, cancelled] = [made(), made(), made(), made()]
    done.setResult('tea')
    failed.setException(new RangeError('no tea'))
    cancelled.cancel('changed my mind')
    const look = (order: Order) => [String(order), order.state, order.done(), order.cancelled()]
    expect([pending, done, failed, cancelled].map(look)).toEqual([
      ['<Order pending>', 'pending', false, false],
      ["<Order finished result='tea'>", 'done', true, false],
      ['<Order finished exception=RangeError: no tea>', 'done', true, false],
      ['<Order cancelled>', 'cancelled', true, true],
    ])
    failed.exception()
  })

  it('shows a result by what it is, and asks no object to print itself', () => {
    const loop = quiet()
    const words = (result: unknown) => {
      const future = loop.createFuture()
      future.setResult(result)
      return String(future)
    }
    expect([5, null, undefined, [1, 2], { toString: () => 'harm' }, () => 1, 'x'.repeat(100)].map(words)).toEqual([
      '<Future finished result=5>', '<Future finished result=null>', '<Future finished result=undefined>',
      '<Future finished result=[2 items]>', '<Future finished result=Object>', '<Future finished result=a function>',
      `<Future finished result='${'x'.repeat(37)}...'>`,
    ])
  })
})

describe('a future that is asked too early, or set too late', () => {
  it('says so', () => {
    const future = quiet().createFuture()
    expect(() => future.result()).toThrow(error('InvalidStateError', 'NO_RESULT', 'Result is not set. In a task, write yield* future first'))
    expect(() => future.exception()).toThrow(error('InvalidStateError', 'NO_RESULT', 'Exception is not set. In a task, write yield* future first'))
    future.setResult(1)
    expect(() => { future.setResult(2) }).toThrow(
      error('InvalidStateError', 'ALREADY_DONE', 'invalid state: <Future finished result=1> is done already'))
    expect(() => { future.setException(new Error()) }).toThrow(expect.objectContaining({ code: 'ALREADY_DONE' }))
    expect([future.cancel(), future.result(), future.exception()]).toEqual([false, 1, null])
  })

  it('or with something that is no error', () => {
    const future = quiet().createFuture()
    for (const [wrong, words] of [['text', "'text'"], [5, '5'], [String, 'String()'], [{}, 'Object']] as const) {
      expect(() => { future.setException(wrong as never) }).toThrow(error('TypeError', 'NOT_AN_ERROR',
        `setException() takes an error or a class of errors, not ${words}. Write setException(new Error(...))`))
    }
    expect(future.done()).toBe(false)
  })

  it('or with an error that generators keep for themselves', () => {
    const loop = quiet()
    const future = loop.createFuture()
    const stop = new StopIteration('value')
    future.setException(stop)
    expect(future.exception()).toEqual(error('RuntimeError', 'STOP_ITERATION_IN_FUTURE',
      'StopIteration interacts badly with generators and cannot be raised into a Future'))
    expect((future.exception() as RuntimeError).cause).toBe(stop)
  })
})

describe('what waits for a future', () => {
  it('is told of a slip where it waits: another loop, and a task that waits for itself', () => {
    const loop = quiet()
    const foreign = quiet().createFuture()
    const log: unknown[] = []
    function* main(): Coroutine<void> {
      for (const awaited of [foreign, task]) {
        try {
          yield* awaited
        } catch (slip) {
          log.push(slip)
        }
      }
    }
    const task = loop.createTask(main(), { name: 'main' })
    loop.runUntilComplete(task)
    expect(log).toEqual([
      error('RuntimeError', 'OTHER_LOOP', '<Future pending> is attached to a different loop. Make it in a coroutine of this loop'),
      error('RuntimeError', 'AWAITS_ITSELF', "Task cannot await on itself: <Task pending name='main' coro=main>"),
    ])
    foreign.setResult(1)
    expect(task.done()).toBe(true)
  })

  it('cannot be plain code that iterates it', () => {
    const future = quiet().createFuture()
    const driverless = error('RuntimeError', 'NO_DRIVER', '<Future pending> has no driver: plain code (for...of, ' +
      'spread, next) iterates the generator that asks for it. Write yield* generator, iterate pyGenerator(generator), ' +
      'or run it in a greenlet')
    expect(() => [...future as unknown as Iterable<unknown>]).toThrow(driverless)
    function* waits(): Coroutine<void> { yield* future }
    expect(() => [...waits()]).toThrow(driverless)
    future.setResult(1)
    expect([...waits()]).toEqual([])
  })

  it('may be a greenlet of plain code, which goes on with the result in a turn of the loop, or is thrown into', () => {
    const log: unknown[] = []
    const loop = quiet()
    const future = loop.createFuture<string>()
    const waiting = (name: string) => greenlet(function* () {
      try {
        log.push([name, yield* future])
      } catch (thrown) {
        log.push([name, (thrown as Error).message])
      }
    })
    const greenlets = ['a', 'b', 'c'].map(waiting)
    greenlets.forEach(g => { g.resume() })
    greenlets[1]?.resumeThrow(new Error('interrupted'))
    future.setResult('result')
    log.push('set')
    loop.tick()
    expect(log).toEqual([['b', 'interrupted'], 'set', ['a', 'result'], ['c', 'result']])
  })

  it('gets whatever a task has thrown, if it is no error at all', () => {
    const log: unknown[] = []
    function* failing(what: unknown): Coroutine<void> { throw what }
    function* main(): Coroutine<void> {
      for (const thrown of ['text', 5, null, undefined, { code: 1 }]) {
        const task = createTask(failing(thrown))
        try {
          yield* task
        } catch (caught) {
          log.push([caught === thrown, task.exception() === thrown, task.cancelled(), task.state])
        }
      }
    }
    run(main(), virtual())
    expect(log).toEqual(Array.from({ length: 5 }, () => [true, true, false, 'done']))
  })

  it('is told of a cancellation by an error of its own each', () => {
    const errors: unknown[] = []
    function* main(): Coroutine<void> {
      const future = getRunningLoop().createFuture()
      function* waits(): Coroutine<void> {
        try {
          yield* future
        } catch (caught) {
          errors.push(caught)
        }
      }
      const tasks = [createTask(waits()), createTask(waits())]
      yield
      future.cancel('enough')
      for (const task of tasks) yield* task
    }
    run(main(), virtual())
    expect(errors.map(caught => [isCancelled(caught), String(caught)])).toEqual([
      [true, 'CancelledError: enough'], [true, 'CancelledError: enough'],
    ])
    expect(errors[0]).not.toBe(errors[1])
  })
})

describe('those that are to be told that a future is done', () => {
  type Step = { readonly kind: 'add' | 'remove'; readonly which: number } | { readonly kind: 'wait' | 'interrupt' }
  const steps: fc.Arbitrary<Step[]> = fc.array(fc.oneof(
    { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('add' as const, 'remove' as const), which: fc.nat(3) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('wait' as const, 'interrupt' as const) }) },
  ), { maxLength: 20 })

  it('are a list, whoever is added and taken out', () => {
    fc.assert(fc.property(steps, todo => {
      const log: unknown[] = []
      const loop = quiet()
      const future = loop.createFuture()
      const callbacks = [0, 1, 2, 3].map(which => () => { log.push(which) })
      const waiting: { readonly name: string; interrupt(): void }[] = []
      let names = 0
      let list: unknown[] = []
      for (const step of todo) {
        if (step.kind === 'add') {
          future.addDoneCallback(callbacks[step.which] as () => void)
          list.push(step.which)
        } else if (step.kind === 'remove') {
          const before = list.length
          list = list.filter(entry => entry !== step.which)
          expect(future.removeDoneCallback(callbacks[step.which] as () => void)).toBe(before - list.length)
        } else if (step.kind === 'wait') {
          const name = `greenlet ${++names}`
          const g = greenlet(function* () { log.push((yield* future) === 'result' ? name : 'something else') })
          g.resume()
          waiting.unshift({ name, interrupt() { g.kill() } })
          list.push(name)
        } else {
          const interrupted = waiting.splice(names % 2, 1)[0]
          interrupted?.interrupt()
          list = list.filter(entry => entry !== interrupted?.name)
        }
      }
      future.setResult('result')
      loop.tick()
      expect(log).toEqual(list)
    }), { numRuns: 500 })
  })
})

describe('isFuture()', () => {
  it('knows futures and tasks', () => {
    const loop = quiet()
    expect([loop.createFuture(), loop.createTask((function* (): Coroutine<void> { yield })()), 5, null].map(isFuture))
      .toEqual([true, true, false, false])
  })
})

describe('a done callback', () => {
  it('is a function', () => {
    expect(() => { quiet().createFuture().addDoneCallback(5 as never) })
      .toThrow(error('TypeError', 'CALLBACK_NOT_CALLABLE', 'addDoneCallback() takes a function, not 5'))
  })
})
