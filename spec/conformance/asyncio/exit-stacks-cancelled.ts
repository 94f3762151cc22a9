/** Exits may wait; a cancellation passes an exit stack like any other error. */
import { TaskGroup, createTask, currentTask, sleep, timeout } from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { Boom } from './support/errors.ts'
import { fail } from './support/failing.ts'
import { ending } from './support/groups.ts'
import { Manager, withStack } from './support/managers.ts'
import { run } from './support/virtual.ts'
import { now, outcome } from './support/witness.ts'

export const programs: Programs = {
  'exits may wait'(log) {
    function* main() {
      yield* withStack(function* (stack) {
        for (const n of [1, 2, 3]) {
          stack.callback(sleep, n * 10)
          stack.callback(() => log(now()))
        }
      })
      log('after', now())
    }

    run(main())
  },

  'a cancellation passes the stack'(log) {
    function* child() {
      yield* withStack(function* (stack) {
        yield* stack.enterContext(new Manager(log, 'a'))
        stack.callback(sleep, 10)
        yield* stack.enterContext(new Manager(log, 'b'))
        yield* sleep(100)
      })
    }

    function* main() {
      const task = createTask(child())
      yield* sleep(1)
      task.cancel()
      yield* outcome(log, 'task', task)
      log(now())
    }

    run(main())
  },

  'cancelled while it is being left, the stack continues leaving'(log) {
    function* child() {
      yield* withStack(function* (stack) {
        yield* stack.enterContext(new Manager(log, 'a'))
        stack.callback(sleep, 100)
        yield* stack.enterContext(new Manager(log, 'b'))
        throw new Boom()
      })
    }

    function* main() {
      const task = createTask(child())
      yield* sleep(1)
      task.cancel()
      yield* outcome(log, 'task', task)
      log(now())
    }

    run(main())
  },

  'a manager may swallow a cancellation, which stays counted'(log) {
    function* child() {
      yield* withStack(function* (stack) {
        yield* stack.enterContext(new Manager(log, 'a', { swallows: true }))
        yield* sleep(100)
      })
      log('after', currentTask()?.cancelling())
      return 'result'
    }

    function* main() {
      const task = createTask(child())
      yield* sleep(1)
      task.cancel()
      yield* outcome(log, 'task', task)
    }

    run(main())
  },

  'a timeout in a stack'(log) {
    function* main() {
      yield* outcome(log, 'stack', withStack(function* (stack) {
        yield* stack.enterContext(new Manager(log, 'a'))
        yield* stack.enterContext(timeout(10))
        yield* stack.enterContext(new Manager(log, 'b'))
        yield* sleep(100)
      }))
      log(now(), currentTask()?.cancelling())
    }

    run(main())
  },

  'a task group in a stack'(log) {
    function* main() {
      yield* ending(log, 'stack', withStack(function* (stack) {
        yield* stack.enterContext(new Manager(log, 'a'))
        const group = yield* stack.enterContext(new TaskGroup())
        group.createTask(fail(5))
        yield* stack.enterContext(new Manager(log, 'b'))
        yield* sleep(100)
      }))
      log(now(), currentTask()?.cancelling())
    }

    run(main())
  },
}
