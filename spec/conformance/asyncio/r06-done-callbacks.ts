/**
 * R6: Done callbacks run in the next turn, never at once, in the order in which they were added, each in its context.
 */
import {
  ContextVar, type Coroutine, type Future, KeyboardInterrupt, ValueError, copyContext, createTask, getRunningLoop,
  sleep,
} from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { attempt, reports, ticker, turn } from './support/probes.ts'
import { newLoop, run } from './support/virtual.ts'

export const programs: Programs = {
  'callbacks are called in the next turn, in the order in which they were added'(log) {
    const loop = newLoop()
    const future = loop.createFuture()
    for (let n = 0; n < 3; n++) {
      future.addDoneCallback(() => log(n))
    }
    future.setResult(null)
    log('set')
    turn(loop)
    loop.close()
  },

  'a callback added to a done future comes after those already scheduled'(log) {
    const loop = newLoop()
    const future = loop.createFuture()
    future.addDoneCallback(() => log(1))
    future.setResult(null)
    loop.callSoon(log, 'scheduled in between')
    future.addDoneCallback(() => log(2))
    log('added')
    turn(loop)
    loop.close()
  },

  'a callback added by a callback is called in the turn after'(log) {
    const loop = newLoop()
    const future = loop.createFuture()
    future.addDoneCallback(future => { log('first'); future.addDoneCallback(() => log('added')) })
    future.addDoneCallback(() => log('second'))
    future.setResult(null)
    turn(loop)
    log('next turn')
    turn(loop)
    loop.close()
  },

  'removing gives the number of callbacks removed'(log) {
    function callback() {
      log('never')
    }

    const loop = newLoop()
    const future = loop.createFuture()
    log(future.removeDoneCallback(callback))
    future.addDoneCallback(callback)
    future.addDoneCallback(() => log('other'))
    future.addDoneCallback(callback)
    log(future.removeDoneCallback(callback), future.removeDoneCallback(callback))
    future.setResult(null)
    turn(loop)
    loop.close()
  },

  'a callback that was removed can be added again, and is the last then'(log) {
    function callback() {
      log('callback')
    }

    const loop = newLoop()
    const future = loop.createFuture()
    future.addDoneCallback(callback)
    future.addDoneCallback(() => log('other'))
    log(future.removeDoneCallback(callback))
    future.addDoneCallback(callback)
    future.setResult(null)
    turn(loop)
    loop.close()
  },

  'a callback that is added twice is called twice'(log) {
    function callback(theFuture: Future) {
      log(theFuture === future, theFuture.result())
    }

    const loop = newLoop()
    const future = loop.createFuture()
    future.addDoneCallback(callback)
    future.addDoneCallback(callback)
    future.setResult('result')
    turn(loop)
    loop.close()
  },

  'removing one after the future is done is too late'(log) {
    function callback() {
      log('called')
    }

    const loop = newLoop()
    const future = loop.createFuture()
    future.addDoneCallback(callback)
    future.setResult(null)
    log(future.removeDoneCallback(callback))
    turn(loop)
    log(future.removeDoneCallback(callback))
    loop.close()
  },

  'a callback cannot keep the next one from being called'(log) {
    function first(future: Future) {
      log('first', future.removeDoneCallback(second), future.removeDoneCallback(first))
    }

    function second() {
      log('second')
    }

    const loop = newLoop()
    const future = loop.createFuture()
    future.addDoneCallback(first)
    future.addDoneCallback(second)
    future.setResult(null)
    turn(loop)
    loop.close()
  },

  'callbacks are called for a result, an error and a cancellation alike'(log) {
    const loop = newLoop()
    const futures = [loop.createFuture(), loop.createFuture(), loop.createFuture()] as const
    for (const future of futures) {
      future.addDoneCallback(future => log(future.done(), future.cancelled()))
    }
    futures[2].cancel()
    futures[1].setException(new ValueError('mine'))
    futures[0].setResult(null)
    futures[1].exception()
    turn(loop)
    loop.close()
  },

  'of several futures, the one done first has its callbacks called first'(log) {
    const loop = newLoop()
    const [a, b] = [loop.createFuture(), loop.createFuture()]
    a.addDoneCallback(() => log('a1'))
    b.addDoneCallback(() => log('b1'))
    a.addDoneCallback(() => log('a2'))
    loop.callSoon(log, 'scheduled before')
    b.setResult(null)
    loop.callSoon(log, 'scheduled in between')
    a.setResult(null)
    turn(loop)
    loop.close()
  },

  'a callback sees the context variables as they were when it was added'(log) {
    const variable = new ContextVar('variable', { default: 'none' })

    function body() {
      future.addDoneCallback(() => log(variable.get()))
      variable.set('first')
      future.addDoneCallback(() => { log(variable.get()); variable.set('by a callback') })
      future.addDoneCallback(() => log(variable.get()))
      variable.set('second')
      future.setResult(null)
      variable.set('third')
      future.addDoneCallback(() => log(variable.get()))
    }

    const loop = newLoop()
    const future = loop.createFuture()
    copyContext().run(body)
    turn(loop)
    loop.close()
  },

  'a callback may be given a context'(log) {
    const variable = new ContextVar('variable', { default: 'none' })
    const loop = newLoop()
    const context = copyContext()
    const future = loop.createFuture()
    future.addDoneCallback(() => variable.set('set'), { context })
    future.addDoneCallback(() => log('shares', variable.get()), { context })
    future.addDoneCallback(() => log('has its own', variable.get()))
    future.setResult(null)
    future.addDoneCallback(() => log('added later', variable.get()), { context })
    turn(loop)
    log(context.get(variable), variable.get())
    loop.close()
  },

  'callbacks and waiting tasks come in the order in which they were added'(log) {
    function* wait(n: number): Coroutine<void> {
      yield* future
      log('task', n)
    }

    function* main(): Coroutine<void> {
      future.addDoneCallback(() => log('callback 0'))
      createTask(wait(1))
      yield* sleep(0)
      future.addDoneCallback(() => log('callback 2'))
      createTask(wait(3))
      yield* sleep(0)
      future.addDoneCallback(() => log('callback 4'))
      future.setResult(null)
      yield* sleep(1)
    }

    const loop = newLoop()
    const future = loop.createFuture()
    loop.runUntilComplete(main())
    loop.close()
  },

  'each link of a chain of futures takes a turn'(log) {
    function* main(): Coroutine<void> {
      const futures = [0, 1, 2, 3].map(() => loop.createFuture()) as [Future, Future, Future, Future]
      futures.slice(1).forEach((b, i) => {
        futures[i]?.addDoneCallback(a => { log('link'); b.setResult(a.result()) })
      })
      ticker(loop, log, 4)
      futures[0].setResult('result')
      log(yield* futures[3])
    }

    const loop = newLoop()
    loop.runUntilComplete(main())
    loop.close()
  },

  'a callback cannot change the outcome of its future'(log) {
    function callback(future: Future) {
      log(future.cancel())
      attempt(log, () => future.setResult('second'))
      future.setException(new ValueError('mine'))
    }

    const loop = newLoop()
    reports(loop, log)
    const future = loop.createFuture()
    future.addDoneCallback(callback)
    future.setResult('first')
    turn(loop)
    log(future.result())
    loop.close()
  },

  'the callbacks of a task are called in the turn after its end'(log) {
    function* main(): Coroutine<string> {
      log('main')
      return 'result'
    }

    const loop = newLoop()
    const task = loop.createTask(main())
    task.addDoneCallback(task => log('callback', task.result()))
    turn(loop)
    log('done', task.done())
    turn(loop)
    loop.close()
  },

  'waiters and callbacks of a task come in the order in which they were added'(log) {
    function* child(): Coroutine<void> {
      yield* sleep(1)
    }

    function* main(): Coroutine<void> {
      const task = createTask(child())
      task.addDoneCallback(() => log('before'))
      getRunningLoop().callSoon(() => task.addDoneCallback(() => log('after')))
      yield* task
      log('main')
      yield* sleep(0)
    }

    run(main())
  },

  'a callback may stop the loop'(log) {
    const loop = newLoop()
    const future = loop.createFuture()
    future.addDoneCallback(() => { log('stop'); loop.stop() })
    future.addDoneCallback(() => log('still in the same turn'))
    loop.callLater(2, () => future.setResult(null))
    loop.runForever()
    log(loop.time())
    loop.close()
  },

  'KeyboardInterrupt of a callback leaves the loop, and the next one is called in the next run'(log) {
    function interrupt() {
      throw new KeyboardInterrupt()
    }

    const loop = newLoop()
    const future = loop.createFuture()
    future.addDoneCallback(interrupt)
    future.addDoneCallback(() => log('next'))
    future.setResult(null)
    attempt(log, () => turn(loop))
    turn(loop)
    loop.close()
  },
}
