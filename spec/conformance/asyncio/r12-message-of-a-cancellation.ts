/** R12, messages: the message of `cancel()` arrives where the task waits, and comes back with the error. */
import { CancelledError, type Task, createTask, getRunningLoop, sleep, wait } from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { run } from './support/virtual.ts'
import { message, outcome } from './support/witness.ts'

export const programs: Programs = {
  'the message arrives at the innermost wait, and comes back through the chain'(log) {
    function* inner() {
      try {
        yield* sleep(100)
      } catch (error) {
        log('inner:', message(error))
        throw error
      }
    }

    function* outer(task: Task<void>) {
      try {
        yield* task
      } catch (error) {
        log('outer:', message(error))
        throw error
      }
    }

    function* main() {
      const task = createTask(outer(createTask(inner())))
      yield* sleep(1)
      task.cancel('time for tea')
      try {
        yield* task
      } catch (error) {
        log('main:', message(error))
      }
    }

    run(main())
  },

  'a task gives the message once; later errors have none'(log) {
    function* main() {
      const task = createTask(sleep(100))
      yield* sleep(1)
      task.cancel('once')
      yield* wait([task])
      for (let i = 0; i < 2; i++) {
        try {
          task.result()
        } catch (error) {
          log(error, message(error))
        }
      }
    }

    run(main())
  },

  'a future gives its message every time'(log) {
    function* main() {
      const future = getRunningLoop().createFuture()
      log(future.cancel('always'), future.cancel('too late'))
      for (let i = 0; i < 2; i++) {
        try {
          yield* future
        } catch (error) {
          log(error, message(error))
        }
      }
    }

    run(main())
  },

  'cancelled twice while it waits, a task gets one error, with the first message'(log) {
    function* child() {
      try {
        yield* sleep(100)
      } catch (error) {
        log(error, message(error))
      }
      yield* sleep(1)
      return 'undisturbed'
    }

    function* main() {
      const task = createTask(child())
      yield* sleep(1)
      log(task.cancel('first'), task.cancel('second'), task.cancelling())
      yield* outcome(log, 'task', task)
    }

    run(main())
  },

  'cancelled twice before its start, a task gets the second message'(log) {
    function* main() {
      const task = createTask(sleep(100))
      task.cancel('first')
      task.cancel('second')
      try {
        yield* task
      } catch (error) {
        log(error, message(error), task.cancelling())
      }
    }

    run(main())
  },

  'a new CancelledError replaces the old one for the waiter'(log) {
    function* child() {
      try {
        yield* sleep(100)
      } catch {
        throw new CancelledError('new')
      }
    }

    function* main() {
      const task = createTask(child())
      yield* sleep(1)
      task.cancel('old')
      try {
        yield* task
      } catch (error) {
        log(error, message(error), task.cancelled())
      }
    }

    run(main())
  },

  'of two that wait for a cancelled task, the first gets the message'(log) {
    function* waiter(name: string, task: Task<void>) {
      try {
        yield* task
      } catch (error) {
        log(name, error, message(error))
      }
    }

    function* main() {
      const task = createTask(sleep(100))
      const waiters = [createTask(waiter('one', task)), createTask(waiter('two', task))]
      yield* sleep(1)
      task.cancel('a message')
      yield* wait(waiters)
    }

    run(main())
  },
}
