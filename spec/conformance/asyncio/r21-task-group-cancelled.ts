/**
 * R21, cancelled: a cancelled task is no error; a cancelled group cancels its tasks, waits for them, and is cancelled.
 */
import { CancelledError, type Coroutine, type Task, TaskGroup, createTask, sleep, use } from '../../../lib/index.ts'
import { type Log, type Programs, table } from '../programs.ts'
import { Boom } from './support/errors.ts'
import { cleaning, fail, failingCleanup } from './support/failing.ts'
import { ending, whole } from './support/groups.ts'
import { run } from './support/virtual.ts'
import { message, now, outcome, self } from './support/witness.ts'

/** Wait for a task that is cancelled, and log its message. */
function* said(log: Log, task: Task): Coroutine<void> {
  try {
    yield* task
  } catch (error) {
    log(error, message(error), now(), task.cancelling())
  }
}

export const programs: Programs = {
  'a task cancelled by hand is no error'(log) {
    function* main() {
      const [task, other] = whole(yield* use(new TaskGroup(), function* (group) {
        const tasks = [group.createTask(sleep(100)), group.createTask(sleep(10, 'other'))] as const
        yield* sleep(1)
        tasks[0].cancel()
        return tasks
      }))
      log(task.cancelled(), other.result(), now())
    }

    run(main())
  },

  'a task that raises CancelledError is no error either'(log) {
    function* main() {
      const [task, other] = whole(yield* use(new TaskGroup(), function* (group) {
        return [group.createTask(fail(1, CancelledError)), group.createTask(sleep(10, 'other'))] as const
      }))
      log(task.cancelled(), other.result(), now())
    }

    run(main())
  },

  'when all tasks are cancelled by hand, the group ends normally'(log) {
    function* main() {
      const tasks = whole(yield* use(new TaskGroup(), function* (group) {
        const tasks = [1, 2, 3].map(() => group.createTask(sleep(100)))
        yield* sleep(1)
        for (const task of tasks) task.cancel()
        return tasks
      }))
      log(tasks.map(task => task.cancelled()), now(), self().cancelling())
    }

    run(main())
  },

  'a task cancelled before its start never runs'(log) {
    function* child() { log('never here') }

    run(ending(log, 'group', use(new TaskGroup(), function* (group) {
      group.createTask(child())
      throw new Boom()
    })))
  },

  'a task that swallows its cancellation is waited for'(log) {
    function* stubborn() {
      yield* outcome(log, 'first', sleep(100))
      yield* sleep(50)
      log('stubborn ends at', now(), self().cancelling())
    }

    run(ending(log, 'group', use(new TaskGroup(), function* (group) {
      group.createTask(stubborn())
      group.createTask(fail(1))
    })))
  },

  ...table({
    'cancelled in its body, the group cancels its tasks and is cancelled': {
      bodyWaits: true, messages: ['from outside'],
    },
    'cancelled while it waits at the end, the group cancels its tasks and is cancelled': {
      bodyWaits: false, messages: ['from outside'],
    },
    'cancelled twice at the end, the group still waits for its tasks': {
      bodyWaits: false, messages: ['first', 'second'],
    },
    'cancelled in its body and again at the end, the group is cancelled with the first message': {
      bodyWaits: true, messages: ['first', 'second'],
    },
  }, (log, { bodyWaits, messages }) => {
    function* parent() {
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(cleaning(log, 'child', 10))
        if (bodyWaits) yield* sleep(100)
      })
    }

    function* main() {
      const task = createTask(parent())
      for (const text of messages) {
        yield* sleep(1)
        task.cancel(text)
      }
      yield* said(log, task)
    }

    run(main())
  }),

  'a task that swallows it does not keep the group from being cancelled'(log) {
    function* parent() {
      yield* use(new TaskGroup(), function* (group) { group.createTask(outcome(log, 'child', sleep(100))) })
      log('never here')
    }

    function* main() {
      const task = createTask(parent())
      yield* sleep(1)
      task.cancel()
      yield* outcome(log, 'parent', task)
    }

    run(main())
  },

  'a body that swallows a cancellation from outside continues'(log) {
    function* parent() {
      const child = whole(yield* use(new TaskGroup(), function* (group) {
        const child = group.createTask(sleep(10, 'slept'))
        yield* outcome(log, 'sleep', sleep(100))
        return child
      }))
      log(child.result(), self().cancelling(), now())
    }

    function* main() {
      const task = createTask(parent())
      yield* sleep(1)
      task.cancel()
      yield* outcome(log, 'parent', task)
    }

    run(main())
  },

  'errors win over a cancellation from outside, which is delivered at the next wait'(log) {
    function* parent() {
      yield* ending(log, 'group', use(new TaskGroup(), function* (group) { group.createTask(failingCleanup(5, Boom)) }))
      log(self().cancelling())
      yield* outcome(log, 'sleep', sleep(10))
      log(now())
    }

    function* main() {
      const task = createTask(parent())
      yield* sleep(1)
      task.cancel()
      yield* outcome(log, 'parent', task)
      log(task.cancelling())
    }

    run(main())
  },

  'errors win too when the cancellation comes after the error'(log) {
    function* parent() {
      yield* ending(log, 'group', use(new TaskGroup(), function* (group) {
        group.createTask(fail(1))
        group.createTask(cleaning(log, 'child', 10))
      }))
      log(self().cancelling(), now())
      yield* outcome(log, 'sleep', sleep(10))
    }

    function* main() {
      const task = createTask(parent())
      yield* sleep(5)
      task.cancel()
      yield* outcome(log, 'parent', task)
      log(task.cancelling())
    }

    run(main())
  },

  'cancelled from outside in the turn of the error, it has both'(log) {
    function* parent() {
      yield* ending(log, 'group', use(new TaskGroup(), function* (group) {
        group.createTask(fail(5))
        yield* sleep(100)
      }))
      log(self().cancelling())
      yield* outcome(log, 'sleep', sleep(10))
    }

    function* main() {
      const task = createTask(parent())
      yield* sleep(5)
      task.cancel()
      yield* outcome(log, 'parent', task)
      log(task.cancelling())
    }

    run(main())
  },

  'an earlier request stays counted'(log) {
    function* main() {
      self().cancel()
      yield* outcome(log, 'before', sleep(10))
      yield* ending(log, 'group', use(new TaskGroup(), function* (group) {
        group.createTask(fail(1))
        yield* outcome(log, 'body', sleep(10))
      }))
      log(self().cancelling())
      yield* outcome(log, 'after', sleep(10))
    }

    run(main())
  },

  'a body that cancels its own task is cancelled at its end'(log) {
    function* parent(empty: boolean) {
      yield* use(new TaskGroup(), function* (group) {
        if (!empty) group.createTask(outcome(log, 'child', sleep(10)))
        self().cancel('by itself')
      })
      log('after the group', now())
      yield* sleep(1)
    }

    function* main() {
      for (const empty of [false, true]) yield* said(log, createTask(parent(empty)))
    }

    run(main())
  },

  'a child may cancel the parent, and so the group'(log) {
    function* parent() {
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(killer(self()))
        group.createTask(outcome(log, 'sibling', sleep(100)))
      })
    }

    function* killer(task: Task) {
      yield* sleep(1)
      task.cancel('by the child')
      yield* sleep(100)
    }

    function* main() { yield* said(log, createTask(parent())) }

    run(main())
  },
}
