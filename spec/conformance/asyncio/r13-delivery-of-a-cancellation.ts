/**
 * R13: A cancellation is delivered where the task really waits. The task may handle it, clean up, or end differently.
 */
import { CancelledError, type Coroutine, createTask, getRunningLoop, sleep, wait } from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { Boom } from './support/errors.ts'
import { run } from './support/virtual.ts'
import { message, outcome, self } from './support/witness.ts'

export const programs: Programs = {
  'it is not delivered at a done future, but at the next real wait'(log) {
    function* child() {
      const future = getRunningLoop().createFuture()
      future.setResult('there already')
      self().cancel()
      log(yield* future)
      yield* outcome(log, 'sleep', sleep(0))
    }

    run(child())
  },

  'a task that cancels itself and returns is cancelled'(log) {
    function* child() {
      self().cancel('myself')
      return 'lost'
    }

    function* main() {
      const task = createTask(child())
      try {
        yield* task
      } catch (error) {
        log(error, message(error), task.cancelled())
      }
    }

    run(main())
  },

  'a task that cancels itself and fails has failed'(log) {
    function* child() {
      self().cancel()
      throw new Boom()
    }

    function* main() {
      const task = createTask(child())
      yield* outcome(log, 'task', task)
      log(task.cancelled(), task.cancelling())
    }

    run(main())
  },

  'a task that raises CancelledError is cancelled, though nobody asked for it'(log) {
    function* child() { throw new CancelledError('my own') }

    function* main() {
      const task = createTask(child())
      yield* wait([task])
      log(task.cancelled(), task.cancelling())
      try {
        yield* task
      } catch (error) {
        log(error, message(error))
      }
    }

    run(main())
  },

  'a subclass of CancelledError counts too'(log) {
    class Mine extends CancelledError {}

    function* child() { throw new Mine() }

    function* main() {
      const task = createTask(child())
      yield* outcome(log, 'task', task)
      log(task.cancelled())
    }

    run(main())
  },

  'a task that catches the error continues and has a result; the request stays counted'(log) {
    function* child() {
      yield* outcome(log, 'first sleep', sleep(100))
      log('cancelling', self().cancelling())
      yield* outcome(log, 'second sleep', sleep(1))
      return 'result'
    }

    function* main() {
      const task = createTask(child())
      yield* sleep(1)
      task.cancel()
      yield* outcome(log, 'task', task)
      log(task.cancelled(), task.cancelling())
    }

    run(main())
  },

  'a task that caught the error can be cancelled again'(log) {
    function* child() {
      for (let i = 1; i <= 3; i++) yield* outcome(log, `sleep ${i}`, sleep(10))
    }

    function* main() {
      const task = createTask(child())
      for (let i = 1; i <= 2; i++) {
        yield* sleep(2)
        task.cancel()
      }
      yield* outcome(log, 'task', task)
      log(task.cancelling(), getRunningLoop().time())
    }

    run(main())
  },

  'a finally block may wait before the task ends'(log) {
    function* child() {
      try {
        yield* sleep(100)
      } finally {
        log('cleaning up')
        yield* sleep(5)
        log('cleaned up')
      }
    }

    function* main() {
      const task = createTask(child())
      yield* sleep(1)
      task.cancel()
      yield* outcome(log, 'task', task)
      log(getRunningLoop().time(), task.cancelled())
    }

    run(main())
  },

  'a second cancellation interrupts the finally block'(log) {
    function* child() {
      try {
        yield* sleep(100)
      } finally {
        log('cleaning up')
        yield* sleep(5)
        log('never here')
      }
    }

    function* main() {
      const task = createTask(child())
      yield* sleep(1)
      task.cancel('first')
      yield* sleep(1)
      task.cancel('second')
      try {
        yield* task
      } catch (error) {
        log(error, message(error), task.cancelling())
      }
    }

    run(main())
  },

  'an error raised instead of the cancellation is the outcome of the task'(log) {
    function* child() {
      try {
        yield* sleep(100)
      } catch (error) {
        log(error)
        throw new Boom()
      }
    }

    function* main() {
      const task = createTask(child())
      yield* sleep(1)
      task.cancel()
      yield* outcome(log, 'task', task)
      log(task.cancelled(), task.cancelling())
    }

    run(main())
  },

  'nested coroutines get the error from the inside out'(log) {
    function* level(n: number): Coroutine<void> {
      try {
        if (n === 0) yield* sleep(100)
        else yield* level(n - 1)
      } finally {
        log('leaving', n)
      }
    }

    function* main() {
      const task = createTask(level(3))
      yield* sleep(1)
      task.cancel()
      yield* outcome(log, 'task', task)
    }

    run(main())
  },

  'a task that swallows the cancellation may wait in the handler and in finally'(log) {
    function* child() {
      try {
        yield* sleep(100)
      } catch {
        yield* sleep(1)
      } finally {
        yield* sleep(1)
      }
      return getRunningLoop().time()
    }

    function* main() {
      const task = createTask(child())
      yield* sleep(1)
      task.cancel()
      yield* outcome(log, 'task', task)
    }

    run(main())
  },
}
