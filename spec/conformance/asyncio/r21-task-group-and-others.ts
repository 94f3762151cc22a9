/**
 * R21, together with others: timeouts, `gather()` and `shield()` around, in the body of, and in the tasks of a group.
 */
import {
  TaskGroup, type Timeout, createTask, gather, shield, sleep, timeout, use, waitFor,
} from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { Boom } from './support/errors.ts'
import { cleaning, fail, failingCleanup } from './support/failing.ts'
import { ending, tree } from './support/groups.ts'
import { run } from './support/virtual.ts'
import { now, outcome, self } from './support/witness.ts'

export const programs: Programs = {
  'a timeout around a group ends it'(log) {
    function* body() {
      yield* use(timeout(10), function* () {
        yield* use(new TaskGroup(), function* (group) { group.createTask(cleaning(log, 'child', 5)) })
      })
    }

    function* main() {
      yield* ending(log, 'body', body())
      log(self().cancelling(), now())
    }

    run(main())
  },

  'a task that fails after the timeout: its error is raised'(log) {
    function* body(limit: Timeout) {
      yield* use(limit, function* () {
        yield* use(new TaskGroup(), function* (group) { group.createTask(failingCleanup(5, Boom)) })
      })
    }

    function* main() {
      const limit = timeout(10)
      yield* ending(log, 'body', body(limit))
      log(limit.expired(), self().cancelling())
      yield* outcome(log, 'sleep', sleep(1, 'slept'))
    }

    run(main())
  },

  'a timeout in the body is an error of the body'(log) {
    function* main() {
      yield* ending(log, 'group', use(new TaskGroup(), function* (group) {
        group.createTask(outcome(log, 'child', sleep(100)))
        yield* use(timeout(10), function* () { yield* sleep(50) })
      }))
      log(self().cancelling(), now())
    }

    run(main())
  },

  'a timeout in a task is an error of the task'(log) {
    run(ending(log, 'group', use(new TaskGroup(), function* (group) {
      group.createTask(use(timeout(10), function* () { yield* sleep(50) }))
      group.createTask(outcome(log, 'other', sleep(100)))
    })))
  },

  'the error of a group inside a timeout is no timeout'(log) {
    function* body(limit: Timeout) {
      yield* use(limit, function* () {
        yield* use(new TaskGroup(), function* (group) {
          group.createTask(fail(1))
          yield* sleep(100)
        })
      })
    }

    function* main() {
      const limit = timeout(10)
      yield* ending(log, 'body', body(limit))
      log(limit.expired(), self().cancelling())
    }

    run(main())
  },

  'the timeout and the error at the same time'(log) {
    function* body(limit: Timeout, first: boolean) {
      yield* use(limit, function* () {
        yield* use(new TaskGroup(), function* (group) {
          group.createTask(fail(first ? 10 : 9.5))
          yield* sleep(100)
        })
      })
    }

    function* main() {
      for (const first of [true, false]) {
        const limit = timeout(10)
        yield* ending(log, 'body', body(limit, first))
        log(limit.expired(), self().cancelling())
      }
    }

    run(main())
  },

  'wait_for() of a coroutine with a group'(log) {
    function* body() {
      yield* use(new TaskGroup(), function* (group) { group.createTask(cleaning(log, 'child', 5)) })
    }

    function* main() {
      yield* ending(log, 'wait_for', waitFor(body(), 10))
      log(now())
    }

    run(main())
  },

  'gather() in a task of a group'(log) {
    function* child() { return yield* gather([sleep(1, 'a'), sleep(2, 'b')]) }

    function* failing() { yield* gather([fail(5), outcome(log, 'gathered', sleep(10))]) }

    function* main() {
      yield* ending(log, 'group', use(new TaskGroup(), function* (group) {
        const good = group.createTask(child())
        group.createTask(failing())
        yield* sleep(3)
        log(good.result())
        yield* outcome(log, 'body', sleep(100))
      }))
      log(now())
      yield* sleep(10)
    }

    run(main())
  },

  'gather() in the body is cancelled with it'(log) {
    run(ending(log, 'group', use(new TaskGroup(), function* (group) {
      group.createTask(fail(5))
      yield* gather([outcome(log, 'a', sleep(10)), outcome(log, 'b', sleep(10))])
    })))
  },

  'groups inside a gather()'(log) {
    function* one() { yield* use(new TaskGroup(), function* (group) { group.createTask(fail(5)) }) }

    function* two() {
      return yield* use(new TaskGroup(), function* (group) { return yield* group.createTask(sleep(10, 'two')) })
    }

    function* main() {
      const results = yield* gather([one(), two()], { returnExceptions: true })
      log(results.map(tree), now())
    }

    run(main())
  },

  'what a task shields continues after the group'(log) {
    function* shielded() {
      yield* sleep(20)
      log('shielded ends at', now())
    }

    function* child() { yield* outcome(log, 'child', shield(createTask(shielded()))) }

    function* main() {
      yield* ending(log, 'group', use(new TaskGroup(), function* (group) {
        group.createTask(child())
        group.createTask(fail(1))
      }))
      yield* sleep(50)
    }

    run(main())
  },
}
