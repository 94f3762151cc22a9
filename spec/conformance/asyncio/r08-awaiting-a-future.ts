/** R8: Awaiting a done future does not suspend. Otherwise the waiter is woken in the turn after the future is done. */
import {
  AttributeError, type Awaitable, CancelledError, type Coroutine, type Future, KeyboardInterrupt, StopIteration, Task,
  ValueError, createTask, ensureFuture, getRunningLoop, sleep,
} from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { attempt, ticker, turn } from './support/probes.ts'
import { newLoop, run } from './support/virtual.ts'
import { message, outcome } from './support/witness.ts'

export const programs: Programs = {
  'a done future gives its result in the same turn'(log) {
    function* main(): Coroutine<void> {
      const loop = getRunningLoop()
      const future = loop.createFuture()
      future.setResult('result')
      ticker(loop, log, 3)
      log(yield* future)
      log(yield* future)
      yield* sleep(1)
      log(yield* future)
    }

    run(main())
  },

  'a done future gives its error and its cancellation in the same turn'(log) {
    function* main(): Coroutine<void> {
      const loop = getRunningLoop()
      const [failed, cancelled] = [loop.createFuture(), loop.createFuture()]
      failed.setException(new ValueError('mine'))
      cancelled.cancel()
      ticker(loop, log, 2)
      for (const future of [failed, cancelled, failed, cancelled]) {
        yield* outcome(log, 'future', future)
      }
      yield* sleep(1)
    }

    run(main())
  },

  'a thousand done futures take no turn'(log) {
    function* main(): Coroutine<void> {
      const loop = getRunningLoop()
      ticker(loop, log, 2)
      let total = 0
      for (let n = 0; n < 1000; n++) {
        const future = loop.createFuture<number>()
        future.setResult(n)
        total += yield* future
      }
      log(total)
      yield* sleep(1)
    }

    run(main())
  },

  'a waiter is woken in the turn after, not at once'(log) {
    function* main(): Coroutine<void> {
      const loop = getRunningLoop()
      const future = loop.createFuture()
      loop.callSoon(() => { ticker(loop, log, 3); future.setResult('result'); log('set') })
      log(yield* future)
      yield* sleep(1)
    }

    run(main())
  },

  'several tasks are woken in one turn, in the order in which they began to wait'(log) {
    function* wait(n: number): Coroutine<void> {
      log('waits', n)
      log('gets', n, yield* future)
    }

    function* main(): Coroutine<void> {
      const tasks = [0, 1, 2].map(n => createTask(wait(n)))
      yield* sleep(1)
      ticker(loop, log, 2)
      future.setResult('result')
      yield* sleep(1)
      log(tasks.map(task => task.done()))
    }

    const loop = newLoop()
    const future = loop.createFuture()
    loop.runUntilComplete(main())
    loop.close()
  },

  'all waiters get the same error'(log) {
    function* wait(n: number): Coroutine<void> {
      try {
        yield* future
      } catch (error) {
        log(n, error === mine)
      }
    }

    function* main(): Coroutine<void> {
      const tasks = [0, 1, 2].map(n => createTask(wait(n)))
      yield* sleep(0)
      future.setException(mine)
      yield* wait(3)
      yield* sleep(1)
      log(tasks.map(task => task.exception()))
    }

    const loop = newLoop()
    const [future, mine] = [loop.createFuture(), new ValueError('mine')]
    loop.runUntilComplete(main())
    loop.close()
  },

  'all waiters get the message of a cancellation'(log) {
    function* wait(n: number): Coroutine<void> {
      try {
        yield* future
      } catch (error) {
        log(n, message(error))
        throw error
      }
    }

    function* main(): Coroutine<void> {
      const tasks = [0, 1, 2].map(n => createTask(wait(n)))
      yield* sleep(0)
      future.cancel('mine')
      yield* sleep(1)
      log(tasks.map(task => task.cancelled()))
    }

    const loop = newLoop()
    const future = loop.createFuture()
    loop.runUntilComplete(main())
    loop.close()
  },

  'a task that begins to wait after the future is done comes before those that are to be woken'(log) {
    function* wait(n: number): Coroutine<void> {
      log('gets', n, yield* future)
    }

    function* main(): Coroutine<void> {
      const first = createTask(wait(1))
      yield* sleep(0)
      const second = createTask(wait(2))
      future.setResult('result')
      yield* wait(0)
      yield* first
      yield* second
    }

    const loop = newLoop()
    const future = loop.createFuture()
    loop.runUntilComplete(main())
    loop.close()
  },

  'a future gives the same each time it is awaited'(log) {
    function* main(): Coroutine<void> {
      const things = [1, 2]
      const future = getRunningLoop().createFuture()
      getRunningLoop().callLater(1, () => future.setResult(things))
      log([(yield* future) === things, (yield* future) === things])
      yield* sleep(1)
      log((yield* future) === things)
    }

    run(main())
  },

  'a result is given as it is, even if it is an error or a future'(log) {
    function* main(): Coroutine<void> {
      const loop = getRunningLoop()
      const values = [
        null, new ValueError('mine'), new StopIteration(5), loop.createFuture(), [1, 2], new CancelledError(),
      ]
      for (const value of values) {
        const [done, later] = [loop.createFuture(), loop.createFuture()]
        done.setResult(value)
        loop.callSoon(() => later.setResult(value))
        log((yield* done) === value, (yield* later) === value)
      }
    }

    run(main())
  },

  'a done task gives its result in the same turn; its waiters are woken in the turn after its end'(log) {
    function* child(): Coroutine<string> {
      log('child')
      return 'result'
    }

    function* main(): Coroutine<void> {
      const task = createTask(child())
      ticker(getRunningLoop(), log, 4)
      log(yield* task)
      log(yield* task)
      yield* sleep(0)
      log(yield* task)
    }

    run(main())
  },

  'awaiting a coroutine takes no turn of its own, at any depth'(log) {
    function* nested(depth: number): Coroutine<string> {
      if (depth === 0) {
        yield* sleep(0)
        return 'result'
      }
      return yield* nested(depth - 1)
    }

    function* main(): Coroutine<void> {
      ticker(getRunningLoop(), log, 3)
      log(yield* nested(0))
      log(yield* nested(50))
    }

    run(main())
  },

  'an object with an iterator of its own can be awaited'(log) {
    class Pair implements Awaitable<unknown[]> {
      constructor(private readonly first: Future, private readonly second: Future) {}

      *[Symbol.iterator](): Coroutine<unknown[]> {
        const first = yield* this.first
        const second = yield* this.second
        return [first, second]
      }
    }

    function* main(): Coroutine<void> {
      const loop = getRunningLoop()
      const [first, second] = [loop.createFuture(), loop.createFuture()]
      loop.callLater(2, () => first.setResult(1))
      loop.callLater(1, () => second.setResult(2))
      log(yield* new Pair(first, second), loop.time())
      log(yield* new Pair(first, second))
      log(yield* ensureFuture(new Pair(first, second)))
    }

    run(main())
  },

  'ensure_future returns a future as it is, and makes a task of a coroutine'(log) {
    function* child(): Coroutine<string> {
      return 'result'
    }

    function* main(): Coroutine<void> {
      const future = getRunningLoop().createFuture()
      log(ensureFuture(future) === future)
      const task = ensureFuture(child())
      log(task instanceof Task, ensureFuture(task) === task, task.done())
      log(yield* task)
      attempt(log, () => ensureFuture(42 as never))
      attempt(log, () => ensureFuture(null as never))
      attempt(log, () => ensureFuture(child as never))
      attempt(log, () => ensureFuture(future, { loop: other }))
    }

    const other = newLoop()
    run(main())
    other.close()
  },

  'a done future of another loop can be awaited'(log) {
    function* main(): Coroutine<void> {
      yield* outcome(log, 'finished', finished)
      yield* outcome(log, 'failed', failed)
    }

    const other = newLoop()
    const [finished, failed] = [other.createFuture(), other.createFuture()]
    finished.setResult('result')
    failed.setException(new ValueError('mine'))
    run(main())
    other.close()
  },

  'KeyboardInterrupt of a future leaves the loop if the waiter lets it pass'(log) {
    function* main(future: Future): Coroutine<void> {
      yield* future
    }

    const loop = newLoop()
    const future = loop.createFuture()
    const task = loop.createTask(main(future))
    turn(loop)
    future.setException(new KeyboardInterrupt())
    attempt(log, () => turn(loop))
    log(task.exception())
    loop.close()
  },

  'a waiter can catch the KeyboardInterrupt of a future'(log) {
    function* main(future: Future): Coroutine<string> {
      yield* outcome(log, 'future', future)
      return 'result'
    }

    const loop = newLoop()
    const future = loop.createFuture()
    loop.callLater(1, () => future.setException(KeyboardInterrupt))
    log(loop.runUntilComplete(main(future)))
    loop.close()
  },

  'a CancelledError set as the error cancels the waiting task, not the future'(log) {
    function* main(future: Future): Coroutine<void> {
      yield* future
    }

    const loop = newLoop()
    const future = loop.createFuture()
    const task = loop.createTask(main(future))
    loop.callLater(1, () => future.setException(CancelledError))
    attempt(log, () => loop.runUntilComplete(task))
    log(task.cancelled(), future.cancelled())
    loop.close()
  },

  'a task woken by one future may wait for the next, and each takes a turn'(log) {
    function* main(): Coroutine<void> {
      const loop = getRunningLoop()
      const futures = [loop.createFuture(), loop.createFuture(), loop.createFuture()]
      for (const future of futures) {
        loop.callSoon(() => future.setResult(null))
      }
      ticker(loop, log, 4)
      for (const future of futures) {
        yield* future
        log('woken')
      }
      const future = loop.createFuture()
      loop.callSoon(() => future.setResult(null))
      yield* future
      log('woken')
    }

    run(main())
  },

  'the error of a future is raised where it is awaited, and may be handled there'(log) {
    function* inner(future: Future): Coroutine<unknown> {
      try {
        return yield* future
      } catch (error) {
        log('inner', error)
        throw new AttributeError('second')
      } finally {
        log('leaves')
      }
    }

    function* main(): Coroutine<void> {
      const loop = getRunningLoop()
      const future = loop.createFuture()
      loop.callLater(1, () => future.setException(ValueError))
      yield* outcome(log, 'first time', inner(future))
      yield* outcome(log, 'second time', inner(future))
    }

    run(main())
  },
}
