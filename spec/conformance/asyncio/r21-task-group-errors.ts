/**
 * R21, errors: when a task or the body fails, the rest is cancelled and awaited, and all errors are raised together.
 */
import { ExceptionGroup, type Task, TaskGroup, currentTask, getRunningLoop, sleep, use } from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { Bang, Boom, Crash } from './support/errors.ts'
import { cleaning, fail, failingCleanup } from './support/failing.ts'
import { ending } from './support/groups.ts'
import { run } from './support/virtual.ts'
import { message, now, outcome, self } from './support/witness.ts'

export const programs: Programs = {
  'an error of a task cancels the others, and is raised in a group'(log) {
    function* main() {
      yield* ending(log, 'group', use(new TaskGroup(), function* (group) {
        group.createTask(fail(1))
        group.createTask(outcome(log, 'other', sleep(10)))
      }))
      log(now(), self().cancelling())
    }

    run(main())
  },

  'it cancels what the body waits for'(log) {
    function* main() {
      yield* ending(log, 'group', use(new TaskGroup(), function* (group) {
        group.createTask(fail(1))
        try {
          yield* sleep(10)
        } catch (error) {
          log(error, message(error), self().cancelling())
          throw error
        }
      }))
      log(now(), self().cancelling())
    }

    run(main())
  },

  'a body that swallows this cancellation does not stop the group'(log) {
    function* main() {
      yield* ending(log, 'group', use(new TaskGroup(), function* (group) {
        group.createTask(fail(1))
        yield* outcome(log, 'first', sleep(10))
        yield* outcome(log, 'second', sleep(10))
        log('body ends at', now(), self().cancelling())
      }))
      log(self().cancelling())
    }

    run(main())
  },

  'uncancel() in the body does not prevent the errors'(log) {
    function* main() {
      yield* ending(log, 'group', use(new TaskGroup(), function* (group) {
        group.createTask(fail(1))
        yield* outcome(log, 'sleep', sleep(10))
        log(self().uncancel())
      }))
      log(self().cancelling())
    }

    run(main())
  },

  'after an error the group waits until all the others have ended'(log) {
    function* main() {
      yield* ending(log, 'group', use(new TaskGroup(), function* (group) {
        group.createTask(fail(1))
        group.createTask(cleaning(log, 'slow', 20))
        group.createTask(cleaning(log, 'quick', 10))
        yield* sleep(100)
      }))
      log(now())
    }

    run(main())
  },

  'errors of cancelled tasks are in the group, in the order of their ends'(log) {
    run(ending(log, 'group', use(new TaskGroup(), function* (group) {
      group.createTask(failingCleanup(20, Crash))
      group.createTask(failingCleanup(10, Bang))
      group.createTask(cleaning(log, 'good', 15))
      group.createTask(fail(1))
    })))
  },

  'two tasks that fail in one turn are both in the group'(log) {
    run(ending(log, 'group', use(new TaskGroup(), function* (group) {
      group.createTask(fail(1, Boom))
      group.createTask(fail(1, Bang))
    })))
  },

  'an error of the body cancels the tasks, and is the last in the group'(log) {
    function* main() {
      yield* ending(log, 'group', use(new TaskGroup(), function* (group) {
        group.createTask(failingCleanup(5, Bang))
        group.createTask(cleaning(log, 'good', 10))
        yield* sleep(1)
        throw new Boom()
      }))
      log(now(), self().cancelling())
    }

    run(main())
  },

  'an error of the body alone is raised in a group too'(log) {
    function* main() {
      yield* ending(log, 'empty', use(new TaskGroup(), function* () { throw new Boom() }))
      yield* ending(log, 'cancelled', use(new TaskGroup(), function* (group) {
        group.createTask(sleep(10))
        throw new Boom()
      }))
      log(now())
    }

    run(main())
  },

  'a body that answers the cancellation with an error adds it'(log) {
    run(ending(log, 'group', use(new TaskGroup(), function* (group) {
      group.createTask(fail(1))
      try {
        yield* sleep(10)
      } catch {
        throw new Bang()
      }
    })))
  },

  'a body that waits for a failing task is cancelled'(log) {
    run(ending(log, 'group', use(new TaskGroup(), function* (group) {
      const task = group.createTask(fail(1))
      yield* outcome(log, 'task', task)
      yield* sleep(1)
      log('body ends at', now())
    })))
  },

  'a task waits for one that fails: both errors are in the group'(log) {
    run(ending(log, 'group', use(new TaskGroup(), function* (group) {
      function* waiter() {
        yield* outcome(log, 'waiter', task)
        throw new Bang()
      }

      const task = group.createTask(fail(1))
      group.createTask(waiter())
    })))
  },

  'a task created while the group waits may fail too'(log) {
    function* child(group: TaskGroup) {
      yield* sleep(1)
      group.createTask(fail(1))
      yield* outcome(log, 'child', sleep(100))
    }

    run(ending(log, 'group', use(new TaskGroup(), function* (group) { group.createTask(child(group)) })))
  },

  'a done callback added in the body comes after that of the group'(log) {
    function* main() {
      const parent = self()
      yield* ending(log, 'group', use(new TaskGroup(), function* (group) {
        const task = group.createTask(fail(1))
        task.addDoneCallback(() => log('callback', currentTask(), parent.cancelling()))
        yield* outcome(log, 'sleep', sleep(10))
      }))
    }

    run(main())
  },

  'an error of a task counts as read'(log) {
    function* main() {
      getRunningLoop().setExceptionHandler((_loop, context) => log('report', context.message))
      yield* ending(log, 'group', use(new TaskGroup(), function* (group) {
        group.createTask(fail(1))
        group.createTask(failingCleanup(5, Bang))
      }))
    }

    run(main())
  },

  'a hundred tasks, one of which fails'(log) {
    function* child(n: number) {
      yield* sleep(n)
      if (n === 50) throw new Boom()
      through.push(n)
    }

    const through: number[] = []
    const tasks: Task<void>[] = []
    run(ending(log, 'group', use(new TaskGroup(), function* (group) {
      for (let n = 0; n < 100; n++) tasks.push(group.createTask(child(n)))
    })))
    log(through.length, tasks.filter(task => task.cancelled()).length)
  },

  'an ExceptionGroup raised by a task is in the group as it is'(log) {
    function* child() {
      yield* sleep(1)
      throw new ExceptionGroup('of the child', [new Boom(), new Bang()])
    }

    run(ending(log, 'group', use(new TaskGroup(), function* (group) { group.createTask(child()) })))
  },
}
