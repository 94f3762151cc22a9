/**
 * R21: A task group waits for all its tasks. The first error cancels the rest, and all errors are raised together as an
 * ExceptionGroup.
 */
import {
  ContextVar, type Coroutine, Event, Task, TaskGroup, copyContext, createTask, sleep, use, wait,
} from '../../../lib/index.ts'
import type { Log, Programs } from '../programs.ts'
import { fail } from './support/failing.ts'
import { ending, whole } from './support/groups.ts'
import { attempt, turn } from './support/probes.ts'
import { newLoop, run } from './support/virtual.ts'
import { names, now, outcome, self, ticker } from './support/witness.ts'

/** Is it closed? If not, it runs now. */
function closed(coroutine: Coroutine<void>): boolean { return coroutine.next().done === true }

function* never(log: Log): Coroutine<void> {
  log('never here')
  yield* sleep(0)
}

export const programs: Programs = {
  'it waits for all its tasks, which keep their results'(log) {
    function* main() {
      const [a, b] = whole(yield* use(new TaskGroup(), function* (group) {
        const tasks = [group.createTask(sleep(5, 'a')), group.createTask(sleep(3, 'b'))] as const
        log('body ends at', now())
        return tasks
      }))
      log(a.result(), b.result(), now())
    }

    run(main())
  },

  'an empty group takes no turn'(log) {
    function* main() {
      ticker(log, 3)
      yield* use(new TaskGroup(), function* () { log('body') })
      log('after')
      yield* sleep(1)
    }

    run(main())
  },

  'it ends one turn after its last task'(log) {
    function* child() { log('child') }

    function* main() {
      ticker(log, 5)
      yield* use(new TaskGroup(), function* (group) { group.createTask(child()) })
      log('after')
      yield* sleep(1)
    }

    run(main())
  },

  'for tasks that are done it takes no turn'(log) {
    function* child() { log('child') }

    function* main() {
      yield* use(new TaskGroup(), function* (group) {
        const task = group.createTask(child())
        ticker(log, 4)
        yield* task
        log('body')
      })
      log('after')
      yield* sleep(1)
    }

    run(main())
  },

  'the body may return a value'(log) {
    function* body() {
      return yield* use(new TaskGroup(), function* (group) {
        const task = group.createTask(sleep(5, 'slept'))
        return yield* task
      })
    }

    function* main() { log(yield* body(), now()) }

    run(main())
  },

  'it makes tasks, with a name and a context'(log) {
    function* child() { log(self().getName(), variable.get()) }

    function* main() {
      const context = copyContext()
      context.run(() => variable.set('given'))
      yield* use(new TaskGroup(), function* (group) {
        variable.set('main')
        const task = group.createTask(child(), { name: 'a' })
        variable.set('changed')
        log(task instanceof Task, task.getName())
        group.createTask(child(), { name: 'b', context })
      })
    }

    const variable = new ContextVar('variable', { default: 'default' })
    run(main())
  },

  'tasks may create more tasks, even while the group waits'(log) {
    function* child(group: TaskGroup, depth: number): Coroutine<void> {
      yield* sleep(1)
      log(depth, now())
      if (depth > 0) group.createTask(child(group, depth - 1))
    }

    function* main() {
      yield* use(new TaskGroup(), function* (group) { group.createTask(child(group, 3)) })
      log('ended at', now())
    }

    run(main())
  },

  'before it is entered it creates no tasks, and closes the coroutine'(log) {
    function* main() {
      const [group, coroutine] = [new TaskGroup(), never(log)]
      attempt(log, () => group.createTask(coroutine))
      log(closed(coroutine))
      yield* use(group, function* () { /* nothing */ })
    }

    run(main())
  },

  'after its end it creates no tasks either'(log) {
    function* main() {
      for (const busy of [false, true]) {
        const group = whole(yield* use(new TaskGroup(), function* (group) {
          if (busy) group.createTask(sleep(1))
          return group
        }))
        const coroutine = never(log)
        attempt(log, () => group.createTask(coroutine))
        log(closed(coroutine))
      }
    }

    run(main())
  },

  'while it shuts down it creates no tasks either'(log) {
    run(ending(log, 'group', use(new TaskGroup(), function* (group) {
      group.createTask(fail(1))
      yield* outcome(log, 'sleep', sleep(10))
      const coroutine = never(log)
      attempt(log, () => group.createTask(coroutine))
      log(closed(coroutine))
    })))
  },

  'a cancelled task that tries to create one adds that error to the group'(log) {
    function* child(group: TaskGroup) {
      try {
        yield* sleep(100)
      } finally {
        group.createTask(coroutine)
      }
    }

    const coroutine = never(log)
    run(ending(log, 'group', use(new TaskGroup(), function* (group) {
      group.createTask(child(group))
      group.createTask(fail(1))
    })))
    log(closed(coroutine))
  },

  'it can be entered once'(log) {
    function* enter(group: TaskGroup) { yield* use(group, function* () { log('inside') }) }

    function* main() {
      const group = new TaskGroup()
      yield* use(group, function* () { yield* outcome(log, 'inside itself', enter(group)) })
      yield* outcome(log, 'again', enter(group))
    }

    run(main())
  },

  'it needs a task'(log) {
    function enter(): void {
      try {
        new TaskGroup().enter().next()
      } catch (error) {
        log(error)
      }
    }

    const loop = newLoop()
    enter()
    loop.callSoon(enter)
    turn(loop)
    loop.close()
  },

  'tasks may wait for each other'(log) {
    function* first(event: Event) {
      yield* event.wait()
      log('first')
      return 'result'
    }

    function* second(event: Event, task: Task<string>) {
      yield* sleep(1)
      event.set()
      log('second', yield* task)
    }

    function* main() {
      const event = new Event()
      yield* use(new TaskGroup(), function* (group) {
        const task = group.createTask(first(event))
        group.createTask(second(event, task))
      })
      log(now())
    }

    run(main())
  },

  'the tasks of a group are tasks of the loop'(log) {
    function* main() {
      yield* use(new TaskGroup(), function* (group) {
        const tasks = [0, 1, 2].map(n => group.createTask(sleep(n), { name: `sleep ${n}` }))
        const [done, pending] = yield* wait(tasks, { timeout: 1.5 })
        log(names(done), names(pending))
      })
    }

    run(main())
  },

  'run() ends a group that is still open'(log) {
    function* parent() {
      yield* use(new TaskGroup(), function* (group) { group.createTask(outcome(log, 'child', sleep(100))) })
    }

    function* main() {
      createTask(outcome(log, 'parent', parent()))
      yield* sleep(1)
    }

    run(main())
  },
}
