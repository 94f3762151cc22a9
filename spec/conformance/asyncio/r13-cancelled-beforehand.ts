/** R13, cancelled beforehand: a task that is cancelled while it runs cancels what it waits for next. */
import { createTask, eagerTaskFactory, getRunningLoop, sleep } from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { run } from './support/virtual.ts'
import { message, outcome, self } from './support/witness.ts'

export const programs: Programs = {
  'a future that it waits for next is cancelled'(log) {
    function* main() {
      const future = getRunningLoop().createFuture()
      self().cancel('taken along')
      try {
        yield* future
      } catch (error) {
        log(error, message(error), future.cancelled())
      }
    }

    run(main())
  },

  'a task that has not begun is cancelled'(log) {
    function* child() { log('never here') }

    function* main() {
      const task = createTask(child())
      self().cancel()
      yield* outcome(log, 'task', task)
      log(task.cancelled(), task.cancelling(), self().cancelling())
    }

    run(main())
  },

  'a task that is running is interrupted'(log) {
    function* child() {
      yield* outcome(log, 'child', sleep(100))
      return 'survived'
    }

    function* main() {
      const task = createTask(child())
      yield* sleep(1)
      self().cancel()
      yield* outcome(log, 'task', task)
      log(self().cancelling())
    }

    run(main())
  },

  'an eager task that cancels itself and returns is cancelled at once'(log) {
    function* child() {
      self().cancel()
      return 'lost'
    }

    function* main() {
      getRunningLoop().setTaskFactory(eagerTaskFactory)
      const task = createTask(child())
      log(task.done(), task.cancelled())
      yield* outcome(log, 'task', task)
    }

    run(main())
  },

  'an eager task that cancels itself gets the error at its first wait'(log) {
    function* child() {
      self().cancel('myself')
      try {
        yield* sleep(5)
      } catch (error) {
        log(error, message(error), getRunningLoop().time())
      }
      yield* sleep(1)
      return 'result'
    }

    function* main() {
      getRunningLoop().setTaskFactory(eagerTaskFactory)
      const task = createTask(child())
      log(task.done(), task.cancelling(), self().cancelling())
      yield* outcome(log, 'task', task)
    }

    run(main())
  },
}
