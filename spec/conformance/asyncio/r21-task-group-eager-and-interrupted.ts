/**
 * R21, eager tasks and KeyboardInterrupt: eager tasks count like others; KeyboardInterrupt leaves the group without an
 * ExceptionGroup.
 */
import { KeyboardInterrupt, TaskGroup, eagerTaskFactory, getRunningLoop, sleep, use } from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { Boom } from './support/errors.ts'
import { cleaning, fail, failingCleanup } from './support/failing.ts'
import { ending, whole } from './support/groups.ts'
import { attempt } from './support/probes.ts'
import { newLoop, run } from './support/virtual.ts'
import { now, outcome, self, ticker } from './support/witness.ts'

export const programs: Programs = {
  'eager tasks that end at once need no wait'(log) {
    function* child(name: string) {
      log(name)
      return name
    }

    function* main() {
      getRunningLoop().setTaskFactory(eagerTaskFactory)
      ticker(log, 3)
      const [a, b] = whole(yield* use(new TaskGroup(), function* (group) {
        const tasks = [group.createTask(child('a')), group.createTask(child('b'))] as const
        log(...tasks.map(task => task.done()))
        return tasks
      }))
      log('after', a.result(), b.result())
      yield* sleep(1)
    }

    run(main())
  },

  'an eager task that fails at once cancels the body at its next wait'(log) {
    function* child() { throw new Boom() }

    function* main() {
      getRunningLoop().setTaskFactory(eagerTaskFactory)
      yield* ending(log, 'group', use(new TaskGroup(), function* (group) {
        group.createTask(outcome(log, 'other', sleep(10)))
        group.createTask(child())
        log('body goes on', self().cancelling())
        attempt(log, () => group.createTask(sleep(1)))
        yield* outcome(log, 'sleep', sleep(10))
      }))
      log(self().cancelling(), now())
    }

    run(main())
  },

  'an eager task that fails at the end of the body'(log) {
    function* child() { throw new Boom() }

    function* main() {
      getRunningLoop().setTaskFactory(eagerTaskFactory)
      yield* ending(log, 'group', use(new TaskGroup(), function* (group) { group.createTask(child()) }))
      log(self().cancelling())
      yield* outcome(log, 'sleep', sleep(1))
    }

    run(main())
  },

  'eager tasks that wait are like others'(log) {
    function* main() {
      getRunningLoop().setTaskFactory(eagerTaskFactory)
      yield* ending(log, 'group', use(new TaskGroup(), function* (group) {
        group.createTask(fail(5))
        group.createTask(outcome(log, 'other', sleep(10)))
        log('body')
      }))
      log(now())
    }

    run(main())
  },

  'a KeyboardInterrupt of a task leaves the loop as it is'(log) {
    function* main() {
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(sleep(10))
        group.createTask(fail(1, KeyboardInterrupt))
        yield* outcome(log, 'body', sleep(100))
      })
    }

    attempt(log, () => run(main()))
  },

  'a KeyboardInterrupt of the body is raised as it is, after the tasks have ended'(log) {
    function* main() {
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(failingCleanup(5, Boom))
        group.createTask(cleaning(log, 'child', 10))
        yield* sleep(1)
        throw new KeyboardInterrupt()
      })
    }

    attempt(log, () => run(main()))
  },

  'a run resumed after a KeyboardInterrupt of a task gets it at the end of the group'(log) {
    function* main() {
      yield* ending(log, 'group', use(new TaskGroup(), function* (group) {
        group.createTask(fail(1, KeyboardInterrupt))
        group.createTask(failingCleanup(5, Boom))
      }))
      log(now(), self().cancelling())
    }

    const loop = newLoop()
    const task = loop.createTask(main())
    attempt(log, () => loop.runUntilComplete(task))
    attempt(log, () => loop.runUntilComplete(task))
    loop.close()
  },
}
