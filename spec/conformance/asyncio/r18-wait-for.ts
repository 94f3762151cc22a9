/**
 * R18: At its deadline `waitFor()` cancels what it waits for, and then raises TimeoutError (asyncio since Python 3.12).
 */
import {
  CancelledError, type Task, TimeoutError, createTask, currentTask, gather, getRunningLoop, shield, sleep, waitFor,
} from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { Boom } from './support/errors.ts'
import { run } from './support/virtual.ts'
import { message, outcome } from './support/witness.ts'

export const programs: Programs = {
  'in time, it gives the result'(log) {
    function* main() {
      log(yield* waitFor(sleep(5, 'slept'), 10))
      yield* sleep(20)
      log(getRunningLoop().time())
    }

    run(main())
  },

  'in time, it raises the error'(log) {
    function* fail() { throw new Boom() }

    function* main() { yield* outcome(log, 'fail', waitFor(fail(), 10)) }

    run(main())
  },

  'too late, it cancels the coroutine and then raises TimeoutError'(log) {
    function* child() { yield* outcome(log, 'child', sleep(100)) }

    function* main() {
      yield* outcome(log, 'waitFor', waitFor(sleep(100), 10))
      yield* outcome(log, 'waitFor', waitFor(child(), 10))
      log(getRunningLoop().time(), currentTask()?.cancelling())
    }

    run(main())
  },

  'null is no limit'(log) {
    function* main() {
      log(yield* waitFor(sleep(1000, 'slept'), null))
      log(getRunningLoop().time())
    }

    run(main())
  },

  'a coroutine runs in the waiting task'(log) {
    function* child() { return currentTask()?.getName() }

    function* main() {
      currentTask()?.setName('main')
      log(yield* waitFor(child(), 10))
      log(yield* waitFor(child(), null))
    }

    run(main())
  },

  'with a timeout of zero, a coroutine never begins'(log) {
    function* child() { log('never here') }

    function* main() {
      yield* outcome(log, 'zero', waitFor(child(), 0))
      yield* outcome(log, 'less', waitFor(child(), -1))
      log(getRunningLoop().time())
    }

    run(main())
  },

  'with a timeout of zero, what is done already gives its result or its error'(log) {
    function* main() {
      const loop = getRunningLoop()
      const [done, failed, cancelled] = [loop.createFuture(), loop.createFuture(), loop.createFuture()]
      done.setResult('result')
      failed.setException(Boom)
      cancelled.cancel('no')
      yield* outcome(log, 'done', waitFor(done, 0))
      yield* outcome(log, 'failed', waitFor(failed, 0))
      yield* outcome(log, 'cancelled', waitFor(cancelled, 0))
    }

    run(main())
  },

  'with a timeout of zero, it cancels a task and waits for its end'(log) {
    function* child() {
      try {
        yield* sleep(100)
      } finally {
        yield* sleep(5)
        log('child is through')
      }
    }

    function* main() {
      const task = createTask(child())
      yield* sleep(1)
      yield* outcome(log, 'waitFor', waitFor(task, 0))
      log(task.cancelled(), getRunningLoop().time())
    }

    run(main())
  },

  'too late, it cancels a task and waits for its end'(log) {
    function* child() {
      try {
        yield* sleep(100)
      } finally {
        yield* sleep(5)
        log('child is through')
      }
    }

    function* main() {
      const task = createTask(child())
      yield* outcome(log, 'waitFor', waitFor(task, 10))
      log(task.cancelled(), getRunningLoop().time())
    }

    run(main())
  },

  'too late, it cancels a future'(log) {
    function* main() {
      const future = getRunningLoop().createFuture()
      yield* outcome(log, 'waitFor', waitFor(future, 10))
      log(future.cancelled())
    }

    run(main())
  },

  'too late, a shielded task continues'(log) {
    function* main() {
      const task = createTask(sleep(20, 'slept'))
      yield* outcome(log, 'waitFor', waitFor(shield(task), 10))
      yield* outcome(log, 'task', task)
    }

    run(main())
  },

  'a task that swallows the cancellation gives its result, however late'(log) {
    function* child() {
      yield* outcome(log, 'child', sleep(100))
      yield* sleep(5)
      return 'late'
    }

    function* main() {
      const task = createTask(child())
      yield* outcome(log, 'waitFor', waitFor(task, 10))
      yield* outcome(log, 'coroutine', waitFor(child(), 10))
      const other = createTask(child())
      yield* sleep(1)
      yield* outcome(log, 'without time', waitFor(other, 0))
      log(getRunningLoop().time(), currentTask()?.cancelling())
    }

    run(main())
  },

  'it raises an error of the clean-up'(log) {
    function* child() {
      try {
        yield* sleep(100)
      } catch {
        throw new Boom()
      }
    }

    function* main() {
      yield* outcome(log, 'coroutine', waitFor(child(), 10))
      yield* outcome(log, 'task', waitFor(createTask(child()), 10))
      const task = createTask(child())
      yield* sleep(1)
      yield* outcome(log, 'without time', waitFor(task, 0))
    }

    run(main())
  },

  'cancelled from outside, it cancels what it waits for, and raises no TimeoutError'(log) {
    function* child() {
      try {
        yield* sleep(100)
      } catch (error) {
        log('child:', error, message(error))
        throw error
      }
    }

    function* main() {
      const inner = createTask(child())
      const task = createTask(waitFor(inner, 50))
      yield* sleep(5)
      task.cancel('from outside')
      try {
        yield* task
      } catch (error) {
        log('main:', error, message(error))
      }
      log(inner.cancelled(), getRunningLoop().time())
    }

    run(main())
  },

  'cancelled from outside in the turn of the result, it is cancelled'(log) {
    function* main() {
      const future = getRunningLoop().createFuture()
      const task = createTask(waitFor(future, 50))
      yield* sleep(5)
      future.setResult('lost')
      task.cancel()
      yield* outcome(log, 'task', task)
    }

    run(main())
  },

  'cancelled from outside after the deadline, it is cancelled and raises no TimeoutError'(log) {
    function* child() {
      try {
        yield* sleep(100)
      } finally {
        yield* sleep(10)
      }
    }

    function* main() {
      const task = createTask(waitFor(child(), 5))
      yield* sleep(8)
      task.cancel()
      yield* outcome(log, 'task', task)
      log(getRunningLoop().time())
    }

    run(main())
  },

  'cancelled from outside while it waits with a timeout of zero, it leaves the task alone'(log) {
    function* child() {
      try {
        yield* sleep(100)
      } finally {
        yield* sleep(10)
        log('child is through')
      }
    }

    function* main() {
      const inner = createTask(child())
      yield* sleep(1)
      const task = createTask(waitFor(inner, 0))
      yield* sleep(1)
      task.cancel()
      yield* outcome(log, 'task', task)
      log(inner.done(), inner.cancelling())
      yield* sleep(20)
      log(inner.cancelled())
    }

    run(main())
  },

  'a CancelledError that nobody asked for passes as it is'(log) {
    function* child() { throw new CancelledError('mine') }

    function* main() {
      const task = createTask(sleep(100))
      getRunningLoop().callLater(5, () => { task.cancel('just the task') })
      for (const awaitable of [waitFor(task, 50), waitFor(child(), 50)]) {
        try {
          yield* awaitable
        } catch (error) {
          log(error, message(error))
        }
      }
    }

    run(main())
  },

  'the shorter of two limits counts'(log) {
    function* main() {
      yield* outcome(log, 'inner', waitFor(waitFor(sleep(100), 10), 20))
      log(getRunningLoop().time())
      yield* outcome(log, 'outer', waitFor(outcome(log, 'inner', waitFor(sleep(100), 20)), 10))
      log(getRunningLoop().time())
    }

    run(main())
  },

  'at the moment of the deadline a result is too late'(log) {
    function* main() {
      const task = createTask(sleep(10, 'too late'))
      yield* sleep(0)
      yield* outcome(log, 'task', waitFor(task, 10))
      yield* outcome(log, 'coroutine', waitFor(sleep(10, 'too late'), 10))
    }

    run(main())
  },

  'the TimeoutError knows its cause'(log) {
    function* main() {
      for (const ms of [5, 0]) {
        try {
          yield* waitFor(createTask(sleep(100)), ms)
        } catch (error) {
          log(error, error instanceof TimeoutError, (error as TimeoutError).cause)
        }
      }
    }

    run(main())
  },

  'a limit that is over does not affect what comes after'(log) {
    function* main() {
      const self = currentTask() as Task
      for (let i = 0; i < 3; i++) yield* outcome(log, `try ${i}`, waitFor(sleep(i * 8, 'slept'), 10))
      yield* sleep(50)
      log(self.cancelling(), getRunningLoop().time())
    }

    run(main())
  },

  'cancelled from outside and swallowed inside, it gives the result, and the request stays counted'(log) {
    function* child() {
      yield* outcome(log, 'child', sleep(100))
      return 'survived'
    }

    function* main() {
      const task = createTask(waitFor(child(), 50))
      yield* sleep(1)
      task.cancel()
      yield* outcome(log, 'task', task)
      log(task.cancelling())
    }

    run(main())
  },

  'too late, it cancels a gather() with all its children'(log) {
    function* child(name: string) { yield* outcome(log, name, sleep(100)) }

    function* main() {
      const all = gather([child('a'), child('b')])
      yield* outcome(log, 'waitFor', waitFor(all, 10))
      log(all.done(), all.cancelled())
      yield* outcome(log, 'all', all)
    }

    run(main())
  },
}
