/**
 * A task group can be cancelled from inside or outside. It then ends without an error, unless a task or the body fails.
 */
import { CancelScope, type Coroutine, TaskGroup, ValueError, isCancelled, sleep, use } from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { Boom, fail } from './support/failing.ts'
import { ending, later, nap, now, run, tell } from './support/world.ts'

export const programs: Programs = {
  'the body cancels it: the tasks and the body end'(log) {
    run(function* () {
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(nap(log, 'child', 10))
        yield* sleep(5)
        group.cancel()
        log('goes on until it waits')
        yield* sleep(10)
        log('never')
      })
      log('over at', now())
    })
  },

  'the body cancels it, and ends'(log) {
    run(function* () {
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(nap(log, 'child', 10))
        yield* sleep(5)
        group.cancel()
      })
      log('over at', now())
    })
  },

  'a task cancels it while the body waits'(log) {
    function* child(group: TaskGroup) {
      yield* sleep(5)
      group.cancel()
    }

    run(function* () {
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(child(group))
        yield* nap(log, 'body', 10)
      })
      log('over at', now())
      yield* nap(log, 'after', 1)
    })
  },

  'a task cancels it after the end of the body'(log) {
    run(function* () {
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(later(5, () => { group.cancel() }))
        group.createTask(nap(log, 'child', 10))
      })
      log('over at', now())
      yield* nap(log, 'after', 1)
    })
  },

  'a task that cancels it is cancelled too, at its next wait'(log) {
    function* child(group: TaskGroup) {
      yield* sleep(5)
      group.cancel()
      yield* nap(log, 'child', 10)
    }

    run(function* () {
      yield* use(new TaskGroup(), function* (group) { group.createTask(child(group)) })
      log('over at', now())
    })
  },

  'somebody outside cancels it'(log) {
    run(function* () {
      yield* use(new TaskGroup(), function* (around) {
        yield* use(new TaskGroup(), function* (group) {
          around.createTask(later(5, () => { group.cancel() }))
          around.createTask(nap(log, 'outside', 8))
          group.createTask(nap(log, 'child', 10))
          yield* sleep(20)
        })
        log('over at', now())
        yield* nap(log, 'after', 1)
      })
    })
  },

  'cancelled twice, and after its end'(log) {
    run(function* () {
      const group = new TaskGroup()
      yield* use(group, function* () {
        group.createTask(nap(log, 'child', 10))
        yield* sleep(5)
        group.cancel()
        group.cancel()
      })
      log('over at', now())
      group.cancel()
      yield* nap(log, 'after', 1)
    })
  },

  'cancelled with nothing in it'(log) {
    run(function* () {
      yield* use(new TaskGroup(), function* (group) {
        group.cancel()
        yield* nap(log, 'body', 5)
      })
      yield* use(new TaskGroup(), function* (group) {
        group.cancel()
        log('body')
      })
      yield* nap(log, 'after', 1)
    })
  },

  'a task that fails when it is cancelled'(log) {
    function* child() {
      try {
        yield* sleep(10)
      } finally {
        throw new Boom()
      }
    }

    function* body() {
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(child())
        group.createTask(nap(log, 'other', 10))
        yield* sleep(5)
        group.cancel()
      })
    }

    run(function* () {
      yield* ending(log, 'all', body())
      yield* nap(log, 'after', 1)
    })
  },

  'a body that fails when it is cancelled'(log) {
    function* body() {
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(nap(log, 'child', 10))
        yield* sleep(5)
        group.cancel()
        throw new Boom()
      })
    }

    run(function* () {
      yield* ending(log, 'all', body())
      yield* nap(log, 'after', 1)
    })
  },

  'tasks and the body fail, all of them'(log) {
    function* child() {
      try {
        yield* sleep(10)
      } catch (error) {
        throw isCancelled(error) ? new Boom() : error
      }
    }

    function* body() {
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(child())
        group.createTask(child())
        try {
          yield* sleep(5)
          group.cancel()
          yield* sleep(5)
        } finally {
          throw new ValueError()
        }
      })
    }

    run(function* () { yield* ending(log, 'all', body()) })
  },

  'a body that swallows the error continues, and the group ends without an error'(log) {
    run(function* () {
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(later(10, () => { log('never') }))
        yield* sleep(5)
        group.cancel()
        yield* ending(log, 'body', sleep(3))
        log('goes on')
      })
      log('over at', now())
      yield* nap(log, 'after', 1)
    })
  },

  'a task that swallows the error ends'(log) {
    function* child() { yield* ending(log, 'child', sleep(10)) }

    run(function* () {
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(child())
        yield* sleep(5)
        group.cancel()
      })
      log('over at', now())
    })
  },

  'the inner of two groups'(log) {
    run(function* () {
      yield* use(new TaskGroup(), function* (outer) {
        outer.createTask(nap(log, 'in the outer', 10))
        yield* use(new TaskGroup(), function* (inner) {
          inner.createTask(nap(log, 'in the inner', 10))
          yield* sleep(5)
          inner.cancel()
        })
        log('the inner is over at', now())
        yield* nap(log, 'body', 2)
      })
      log('over at', now())
    })
  },

  'the outer of two groups'(log) {
    run(function* () {
      yield* use(new TaskGroup(), function* (outer) {
        outer.createTask(nap(log, 'in the outer', 20))
        outer.createTask(later(5, () => { outer.cancel() }))
        try {
          yield* use(new TaskGroup(), function* (inner) { inner.createTask(later(50, () => { log('never') })) })
        } finally {
          log('the inner is over at', now())
        }
        log('never')
      })
      log('over at', now())
      yield* nap(log, 'after', 1)
    })
  },

  'a group in a task of the group that is cancelled'(log) {
    function* child() {
      yield* use(new TaskGroup(), function* (group) { group.createTask(nap(log, 'grandchild', 10)) })
      log('never')
    }

    run(function* () {
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(child())
        yield* sleep(5)
        group.cancel()
      })
      log('over at', now())
    })
  },

  'the scopes in its tasks and its body do not catch the error'(log) {
    function* child(scope: CancelScope) {
      yield* use(scope, function* () { yield* sleep(10) })
      log('never')
    }

    run(function* () {
      const [a, b] = [new CancelScope(), new CancelScope()]
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(child(a))
        group.createTask(later(5, () => { group.cancel() }))
        yield* use(b, function* () { yield* sleep(10) })
        log('never')
      })
      tell(log, 'a', a)
      tell(log, 'b', b)
    })
  },

  'the scope around it is not cancelled'(log) {
    run(function* () {
      const scope = new CancelScope()
      yield* use(scope, function* () {
        yield* use(new TaskGroup(), function* (group) {
          group.createTask(nap(log, 'child', 10))
          yield* sleep(5)
          group.cancel()
          yield* sleep(5)
        })
        tell(log, 'inside', scope)
        yield* nap(log, 'after', 1)
      })
      tell(log, 'scope', scope)
    })
  },

  'the scope around it is cancelled afterwards, and catches the error'(log) {
    run(function* () {
      const scope = new CancelScope()
      yield* use(scope, function* () {
        yield* use(new TaskGroup(), function* (group) {
          group.createTask(nap(log, 'child', 10))
          yield* sleep(5)
          group.cancel()
        })
        scope.cancel()
        yield* nap(log, 'after', 1)
      })
      tell(log, 'scope', scope)
    })
  },

  'a failing task cancels the rest too'(log) {
    function* body() {
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(fail(5))
        group.createTask(nap(log, 'child', 10))
        yield* sleep(10)
      })
    }

    run(function* () { yield* ending(log, 'all', body()) })
  },

  'groups that fail inside groups are nested ExceptionGroups'(log) {
    function* inner() {
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(fail(5, new ValueError()))
        group.createTask(nap(log, 'child', 10))
      })
    }

    function* body() {
      yield* use(new TaskGroup(), function* (group) { group.createTask(inner()) })
    }

    run(function* () { yield* ending(log, 'all', body()) })
  },

  'waiting for the first of several'(log) {
    function* first(...times: number[]): Coroutine<number | undefined> {
      const result: number[] = []

      function* racer(time: number, group: TaskGroup) {
        yield* sleep(time)
        result.push(time)
        group.cancel()
      }

      yield* use(new TaskGroup(), function* (group) {
        for (const time of times) group.createTask(racer(time, group))
      })
      return result[0]
    }

    run(function* () {
      log(yield* first(9, 3, 6), now())
      log(yield* first(4), now())
    })
  },
}
