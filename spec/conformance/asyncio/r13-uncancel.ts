/**
 * R13, `uncancel()`: it takes back one request; without any left, a cancellation that was not delivered yet is dropped.
 */
import { createTask, sleep, waitFor } from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { run } from './support/virtual.ts'
import { message, outcome, self } from './support/witness.ts'

export const programs: Programs = {
  'uncancel() takes requests back one by one, and never goes below zero'(log) {
    function* child() {
      yield* outcome(log, 'sleep', sleep(100))
      log(self().cancelling(), self().uncancel(), self().uncancel(), self().uncancel())
    }

    function* main() {
      const task = createTask(child())
      yield* sleep(1)
      task.cancel()
      task.cancel()
      yield* task
      log(task.cancelling())
    }

    run(main())
  },

  'uncancel() to zero drops a request that is not delivered yet'(log) {
    function* child() {
      self().cancel()
      log(self().uncancel())
      yield* outcome(log, 'sleep', sleep(1))
      return 'result'
    }

    function* main() { yield* outcome(log, 'task', createTask(child())) }

    run(main())
  },

  'with one request left, the cancellation is still delivered'(log) {
    function* child() {
      self().cancel('first')
      self().cancel('second')
      log(self().uncancel())
      try {
        yield* sleep(1)
      } catch (error) {
        log(error, message(error))
      }
    }

    run(child())
  },

  'a request taken back before the return leaves the result alone'(log) {
    function* child() {
      self().cancel()
      self().uncancel()
      return 'result'
    }

    function* main() { yield* outcome(log, 'task', createTask(child())) }

    run(main())
  },

  'uncancel() from outside does not stop an error that is on its way'(log) {
    function* main() {
      const task = createTask(sleep(100))
      yield* sleep(1)
      task.cancel()
      log(task.uncancel())
      yield* outcome(log, 'task', task)
    }

    run(main())
  },

  'uncancel() before the start lets the task run after all'(log) {
    function* main() {
      const task = createTask(sleep(1, 'slept'))
      task.cancel()
      log(task.uncancel())
      yield* outcome(log, 'task', task)
    }

    run(main())
  },

  'after uncancel() in the handler, the task is as if it was never cancelled'(log) {
    function* child() {
      try {
        yield* sleep(100)
      } catch (error) {
        log(error, self().uncancel())
      }
      return yield* waitFor(sleep(5, 'slept'), 10)
    }

    function* main() {
      const task = createTask(child())
      yield* sleep(1)
      task.cancel()
      yield* outcome(log, 'task', task)
      log(task.cancelling())
    }

    run(main())
  },
}
