/**
 * R9: An error that nobody has read is reported: in Python when the future is collected, here at the latest when the loop is closed.
 *
 * The programs drop their futures before they close the loop, so that both come to the same.
 */
import {
  AttributeError, type Coroutine, EventLoop, type ExceptionContext, Future, KeyboardInterrupt, RuntimeError,
  StopIteration, type Task, ValueError, VirtualHost, createTask, gather, sleep, wait,
} from '../../../lib/index.ts'
import type { Log, Programs } from '../programs.ts'
import { attempt, turn } from './support/probes.ts'
import { newLoop } from './support/virtual.ts'

/** Log what is reported. */
function listen(loop: EventLoop, log: Log): void {
  loop.setExceptionHandler((_loop, context) => log(context.message, '=', context.exception))
}

export const programs: Programs = {
  'a future whose error nobody has read'(log) {
    function body() {
      const future = loop.createFuture()
      future.setException(new ValueError('mine'))
    }

    const loop = newLoop()
    listen(loop, log)
    body()
    loop.close()
  },

  'a task whose error nobody has read'(log) {
    function* main(): Coroutine<void> {
      throw new ValueError('mine')
    }

    const loop = newLoop()
    listen(loop, log)
    loop.createTask(main())
    turn(loop)
    turn(loop)
    loop.close()
  },

  'the handler gets the message, the error and the future'(log) {
    function body() {
      const future = loop.createFuture()
      future.setException(mine)
    }

    function handler(theLoop: unknown, context: ExceptionContext) {
      log(theLoop === loop, Object.keys(context).sort(), context.exception === mine)
      const future = context.future as Future
      log(future.done(), future.exception() === mine)
    }

    const [loop, mine] = [newLoop(), new ValueError('mine')]
    loop.setExceptionHandler(handler)
    body()
    loop.close()
  },

  'without a handler the default one is used'(log) {
    class Loop extends EventLoop {
      override defaultExceptionHandler(context: ExceptionContext) {
        log('default handler:', context.message, '=', context.exception)
      }
    }

    function body() {
      const future = loop.createFuture()
      future.setException(new ValueError('mine'))
    }

    const loop = new Loop({ host: new VirtualHost() })
    body()
    loop.close()
  },

  'result, exception and await count as reading'(log) {
    function* wait(future: Future): Coroutine<void> {
      try {
        yield* future
      } catch (error) {
        log('waited', error)
      }
    }

    function body() {
      const futures = [loop.createFuture(), loop.createFuture(), loop.createFuture(), loop.createFuture()] as const
      for (const future of futures) {
        future.setException(new ValueError('mine'))
      }
      log(futures[0].exception())
      attempt(log, () => futures[1].result())
      loop.runUntilComplete(wait(futures[2]))
      attempt(log, () => loop.runUntilComplete(futures[3]))
    }

    const loop = newLoop()
    listen(loop, log)
    body()
    loop.close()
  },

  'one reader is enough'(log) {
    function* wait(future: Future): Coroutine<void> {
      yield* future
    }

    function body() {
      const future = loop.createFuture()
      const waiters = [loop.createTask(wait(future)), loop.createTask(wait(future))] as const
      turn(loop)
      future.setException(new ValueError('mine'))
      turn(loop)
      turn(loop)
      log(waiters[0].exception())
      log(waiters.map(waiter => waiter.done()))
    }

    const loop = newLoop()
    listen(loop, log)
    body()
    loop.close()
  },

  'a done callback that does not ask for the error has not read it'(log) {
    function body() {
      const [silent, asking] = [loop.createFuture(), loop.createFuture()]
      silent.addDoneCallback(future => log('callback', future.done(), future.cancelled()))
      asking.addDoneCallback(future => log('callback', future.exception()))
      silent.setException(new ValueError('silent'))
      asking.setException(new AttributeError('asking'))
      turn(loop)
    }

    const loop = newLoop()
    listen(loop, log)
    body()
    loop.close()
  },

  'cancelling counts as reading'(log) {
    function* fail(): Coroutine<void> {
      throw new ValueError('task')
    }

    function body() {
      const [future, task] = [loop.createFuture(), loop.createTask(fail())]
      future.setException(new ValueError('future'))
      turn(loop)
      log(future.cancel(), future.cancelled(), task.cancel(), task.cancelled())
    }

    const loop = newLoop()
    listen(loop, log)
    body()
    loop.close()
  },

  'trying to set it again does not count as reading'(log) {
    function body() {
      const future = loop.createFuture()
      future.setException(new ValueError('mine'))
      log(future.done(), future.cancelled())
      attempt(log, () => future.setResult('result'))
      attempt(log, () => future.setException(new AttributeError('second')))
    }

    const loop = newLoop()
    listen(loop, log)
    body()
    loop.close()
  },

  'cancellations and results are not reported'(log) {
    function* child(): Coroutine<void> {
      yield* sleep(1)
    }

    function body() {
      const futures = [
        loop.createFuture(), loop.createFuture(), loop.createTask(child()), loop.createTask(child()),
      ] as const
      futures[0].cancel()
      futures[1].setResult(new ValueError('a result'))
      futures[2].cancel()
      loop.callLater(2, () => loop.stop())
      loop.runForever()
      log(futures.map(future => future.done()), futures.map(future => future.cancelled()))
    }

    const loop = newLoop()
    listen(loop, log)
    body()
    loop.close()
  },

  'several are reported in order'(log) {
    function body() {
      const [a, b, c] = [loop.createFuture(), loop.createFuture(), loop.createFuture()]
      a.setException(new ValueError('a'))
      b.setException(new AttributeError('b'))
      c.setException(new KeyError('c'))
      b.exception()
    }

    class KeyError extends Error {}

    const loop = newLoop()
    listen(loop, log)
    body()
    loop.close()
  },

  'run_until_complete reads the error of what it runs, but not of others'(log) {
    function* fail(error: Error): Coroutine<void> {
      throw error
    }

    function* main(tasks: Task[]): Coroutine<void> {
      tasks.push(createTask(fail(new AttributeError('child'))))
      yield* sleep(1)
      throw new ValueError('main')
    }

    function body() {
      const tasks: Task[] = []
      attempt(log, () => loop.runUntilComplete(main(tasks)))
      log(tasks[0]?.done())
    }

    const loop = newLoop()
    listen(loop, log)
    body()
    loop.close()
  },

  'an error raised by a callback is not reported as that of a future'(log) {
    function body() {
      const future = loop.createFuture()
      future.setResult(null)
      future.addDoneCallback(() => { throw new RangeError('nothing there') })
      turn(loop)
    }

    const loop = newLoop()
    loop.setExceptionHandler((_loop, context) => log('exception' in context, 'future' in context))
    body()
    loop.close()
  },

  'KeyboardInterrupt that has left the loop is still unread in the task'(log) {
    function* main(): Coroutine<void> {
      throw new KeyboardInterrupt()
    }

    function body(asTask: boolean) {
      const awaitable = asTask ? loop.createTask(main()) : main()
      attempt(log, () => loop.runUntilComplete(awaitable))
    }

    const loop = newLoop()
    listen(loop, log)
    body(false)
    log('as a task')
    body(true)
    loop.close()
  },

  'wait() does not read the errors, gather() does'(log) {
    function* fail(error: Error): Coroutine<void> {
      yield* sleep(1)
      throw error
    }

    function* main(): Coroutine<void> {
      const tasks = [createTask(fail(new ValueError('waited')))]
      yield* wait(tasks)
      log('waited')
      try {
        yield* gather([fail(new AttributeError('first')), fail(new RuntimeError('second'))])
      } catch (error) {
        log('gathered', error)
      }
      yield* sleep(2)
      log(tasks.map(task => task.done()))
    }

    const loop = newLoop()
    listen(loop, log)
    loop.runUntilComplete(main())
    loop.close()
  },

  'a future of a loop that never ran is reported too'(log) {
    function body() {
      const future = new Future({ loop })
      future.setException(new StopIteration(5))
    }

    const loop = newLoop()
    listen(loop, log)
    body()
    loop.close()
  },

  'the error of a subclass is reported under its name'(log) {
    class Mine extends Future {}

    function body() {
      const future = new Mine({ loop })
      future.setException(new ValueError('mine'))
    }

    const loop = newLoop()
    listen(loop, log)
    body()
    loop.close()
  },

  'an error that has not reached its waiter when the loop is closed is unread'(log) {
    function* wait(future: Future): Coroutine<void> {
      yield* future
    }

    function body() {
      const future = loop.createFuture()
      loop.createTask(wait(future))
      turn(loop)
      future.setException(new ValueError('mine'))
    }

    function handler(_loop: unknown, context: ExceptionContext) {
      if ('exception' in context) log(context.message, '=', context.exception)
    }

    const loop = newLoop()
    loop.setExceptionHandler(handler)
    body()
    loop.close()
  },

  'a handler that fails on one report gets the next one'(log) {
    function handler(_loop: unknown, context: ExceptionContext) {
      log(context.message)
      throw new AttributeError('in the handler')
    }

    function body() {
      const [first, second] = [loop.createFuture(), loop.createFuture()]
      first.setException(new ValueError('first'))
      second.setException(new ValueError('second'))
    }

    const loop = newLoop()
    loop.setExceptionHandler(handler)
    body()
    loop.close()
  },
}
