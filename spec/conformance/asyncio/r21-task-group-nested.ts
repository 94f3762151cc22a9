/**
 * R21, nested: the error of an inner group is an error of the outer one, and a cancellation passes from the outer to
 * the inner.
 */
import { TaskGroup, createTask, gather, sleep, use } from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { Bang, Boom, Crash } from './support/errors.ts'
import { cleaning, fail, failingCleanup } from './support/failing.ts'
import { ending, tree } from './support/groups.ts'
import { run } from './support/virtual.ts'
import { now, outcome, self } from './support/witness.ts'

export const programs: Programs = {
  'groups nest, and so do their errors'(log) {
    function* inner() {
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(fail(1))
        group.createTask(failingCleanup(5, Bang))
      })
    }

    run(ending(log, 'outer', use(new TaskGroup(), function* (group) {
      group.createTask(inner())
      group.createTask(failingCleanup(10, Crash))
    })))
  },

  'an inner group that fails is the error of the outer body'(log) {
    function* main() {
      yield* ending(log, 'outer', use(new TaskGroup(), function* (outer) {
        outer.createTask(failingCleanup(10, Bang))
        yield* use(new TaskGroup(), function* (inner) {
          inner.createTask(fail(1))
          yield* sleep(100)
        })
      }))
      log(self().cancelling(), now())
    }

    run(main())
  },

  'an error of the outer group cancels the inner one'(log) {
    function* main() {
      yield* ending(log, 'outer', use(new TaskGroup(), function* (outer) {
        outer.createTask(fail(1))
        try {
          yield* use(new TaskGroup(), function* (inner) {
            inner.createTask(cleaning(log, 'child', 10))
            yield* sleep(100)
          })
        } catch (error) {
          log('inner', tree(error), self().cancelling())
          throw error
        }
      }))
      log(self().cancelling())
    }

    run(main())
  },

  'when both groups have an error, the outer one raises both'(log) {
    function* main() {
      yield* ending(log, 'outer', use(new TaskGroup(), function* (outer) {
        outer.createTask(fail(1))
        try {
          yield* use(new TaskGroup(), function* (inner) { inner.createTask(failingCleanup(10, Bang)) })
        } catch (error) {
          log('inner', tree(error), self().cancelling())
          throw error
        }
      }))
      log(self().cancelling())
      yield* outcome(log, 'sleep', sleep(1))
    }

    run(main())
  },

  'errors of both groups in one turn'(log) {
    function* main() {
      yield* ending(log, 'outer', use(new TaskGroup(), function* (outer) {
        outer.createTask(fail(1, Boom))
        yield* use(new TaskGroup(), function* (inner) {
          inner.createTask(fail(1, Bang))
          yield* sleep(100)
        })
      }))
      log(self().cancelling(), now())
    }

    run(main())
  },

  'an inner error handled in the outer body leaves the outer group alone'(log) {
    function* main() {
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(outcome(log, 'other', sleep(10, 'slept')))
        yield* ending(log, 'inner', use(new TaskGroup(), function* (inner) { inner.createTask(fail(1)) }))
        log(self().cancelling())
      })
      log(now())
    }

    run(main())
  },

  'nested groups cancelled from outside end from the inside out'(log) {
    function* parent() {
      yield* use(new TaskGroup(), function* (outer) {
        outer.createTask(cleaning(log, 'outer child', 5))
        try {
          yield* use(new TaskGroup(), function* (inner) { inner.createTask(cleaning(log, 'inner child', 10)) })
        } finally {
          log('between', now(), self().cancelling())
        }
      })
    }

    function* main() {
      const task = createTask(parent())
      yield* sleep(1)
      task.cancel()
      yield* outcome(log, 'parent', task)
      log(now(), task.cancelling())
    }

    run(main())
  },

  'a cancellation from outside survives an inner group with an error'(log) {
    function* inner() {
      yield* use(new TaskGroup(), function* (group) { group.createTask(failingCleanup(5, Boom)) })
    }

    function* parent() {
      yield* use(new TaskGroup(), function* (outer) {
        outer.createTask(outcome(log, 'outer child', sleep(100)))
        yield* ending(log, 'inner', inner())
        log(self().cancelling())
        yield* outcome(log, 'sleep', sleep(100))
        log('outer body ends at', now())
      })
      log('never here')
    }

    function* main() {
      const task = createTask(parent())
      yield* sleep(1)
      task.cancel()
      yield* sleep(50)
      task.cancel()
      yield* outcome(log, 'parent', task)
      log(now(), task.cancelling())
    }

    run(main())
  },

  'groups of different tasks are independent'(log) {
    function* one() {
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(fail(5))
        yield* sleep(100)
      })
    }

    function* two() {
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(outcome(log, 'child of two', sleep(10, 'slept')))
        yield* sleep(20)
      })
      return 'two'
    }

    function* main() { yield* gather([ending(log, 'one', one()), ending(log, 'two', two())]) }

    run(main())
  },
}
