/** A cancelled scope around a task group cancels the body and all tasks of the group. */
import { CancelScope, type Coroutine, TaskGroup, failAfter, moveOnAfter, sleep, use } from '../../../lib/index.ts'
import type { Log, Programs } from '../programs.ts'
import { Boom } from './support/failing.ts'
import { ending, nap, now, run, shielded, tell } from './support/world.ts'

/** Sleep, and clean up behind a shield. */
function* cleaning(log: Log, name: string, time: number, cleanup: number): Coroutine<void> {
  try {
    yield* sleep(time)
  } finally {
    yield* shielded(log, name, cleanup)
  }
}

export const programs: Programs = {
  'a cancelled scope around a group cancels all its tasks, and the body'(log) {
    function* child(name: string, ended: string[]) {
      try {
        yield* sleep(100)
      } finally {
        ended.push(name)
      }
    }

    run(function* () {
      const ended: string[] = []
      const scope = moveOnAfter(5)
      yield* use(scope, function* () {
        yield* use(new TaskGroup(), function* (group) {
          for (const name of 'abc') group.createTask(child(name, ended))
          yield* nap(log, 'body', 50)
        })
        log('never')
      })
      tell(log, 'scope', scope)
      log(ended.sort(), now())
    })
  },

  'it cancels the tasks after the end of the body, and the group waits for them'(log) {
    run(function* () {
      const scope = moveOnAfter(5)
      yield* use(scope, function* () {
        yield* use(new TaskGroup(), function* (group) {
          group.createTask(nap(log, 'child', 100))
          log('the body is over')
        })
        log('never')
      })
      tell(log, 'scope', scope)
    })
  },

  'each wait of a task in it ends too'(log) {
    function* child() {
      try {
        yield* nap(log, 'first', 100)
      } finally {
        try {
          yield* nap(log, 'second', 100)
        } finally {
          yield* nap(log, 'third', 0)
        }
      }
    }

    run(function* () {
      const scope = moveOnAfter(5)
      yield* use(scope, function* () {
        yield* use(new TaskGroup(), function* (group) { group.createTask(child()) })
      })
      tell(log, 'scope', scope)
    })
  },

  'tasks clean up behind a shield: the group waits for them'(log) {
    run(function* () {
      const scope = moveOnAfter(5)
      yield* use(scope, function* () {
        yield* use(new TaskGroup(), function* (group) {
          group.createTask(cleaning(log, 'a', 100, 10))
          group.createTask(cleaning(log, 'b', 100, 20))
          yield* cleaning(log, 'body', 100, 15)
        })
      })
      tell(log, 'scope', scope)
      log('over at', now())
    })
  },

  'a shielded task continues to its end'(log) {
    run(function* () {
      const scope = moveOnAfter(5)
      yield* use(scope, function* () {
        yield* use(new TaskGroup(), function* (group) {
          group.createTask(shielded(log, 'shielded', 20))
          group.createTask(nap(log, 'not shielded', 20))
        })
      })
      tell(log, 'scope', scope)
      log('over at', now())
    })
  },

  'a task created in a cancelled scope runs until it waits'(log) {
    function* child() {
      log('the child begins')
      yield* nap(log, 'child', 5)
    }

    run(function* () {
      const scope = new CancelScope()
      yield* use(scope, function* () {
        scope.cancel()
        yield* use(new TaskGroup(), function* (group) {
          group.createTask(child())
          log('the body ends')
        })
      })
      tell(log, 'scope', scope)
    })
  },

  'a group behind a shield continues in a cancelled scope'(log) {
    run(function* () {
      const [outer, inner] = [new CancelScope(), new CancelScope({ shield: true })]
      yield* use(outer, function* () {
        outer.cancel()
        yield* use(inner, function* () {
          yield* use(new TaskGroup(), function* (group) {
            group.createTask(nap(log, 'child', 5))
            yield* nap(log, 'body', 3)
          })
        })
        log('the group is over at', now())
        yield* nap(log, 'behind it', 5)
      })
      tell(log, 'inner', inner)
      tell(log, 'outer', outer)
    })
  },

  'a group that cleans up in a finally'(log) {
    run(function* () {
      const scope = moveOnAfter(5)
      yield* use(scope, function* () {
        try {
          yield* nap(log, 'body', 10)
        } finally {
          const cleanup = moveOnAfter(10, { shield: true })
          yield* use(cleanup, function* () {
            yield* use(new TaskGroup(), function* (group) {
              group.createTask(nap(log, 'quick', 7))
              group.createTask(nap(log, 'slow', 30))
            })
          })
          tell(log, 'cleanup', cleanup)
        }
      })
      tell(log, 'scope', scope)
    })
  },

  'a task cancels the scope around the group'(log) {
    function* child(scope: CancelScope) {
      yield* sleep(5)
      scope.cancel()
      yield* nap(log, 'child', 0)
    }

    run(function* () {
      const scope = new CancelScope()
      yield* use(scope, function* () {
        yield* use(new TaskGroup(), function* (group) {
          group.createTask(child(scope))
          yield* nap(log, 'body', 20)
        })
      })
      tell(log, 'scope', scope)
    })
  },

  'the time of a whole group is over'(log) {
    function* body() {
      yield* use(failAfter(5), function* () {
        yield* use(new TaskGroup(), function* (group) { group.createTask(nap(log, 'child', 10)) })
      })
    }

    run(function* () { yield* ending(log, 'all', body()) })
  },

  'a task that fails when it is cancelled: the group is raised'(log) {
    function* child() {
      try {
        yield* sleep(100)
      } finally {
        throw new Boom()
      }
    }

    function* body() {
      yield* use(moveOnAfter(5), function* () {
        yield* use(new TaskGroup(), function* (group) {
          group.createTask(child())
          yield* nap(log, 'body', 100)
        })
      })
    }

    run(function* () {
      yield* ending(log, 'all', body())
      yield* nap(log, 'after', 1)
    })
  },

  'a body that fails when it is cancelled'(log) {
    function* body() {
      yield* use(moveOnAfter(5), function* () {
        yield* use(new TaskGroup(), function* (group) {
          group.createTask(nap(log, 'child', 100))
          try {
            yield* sleep(100)
          } finally {
            throw new Boom()
          }
        })
      })
    }

    run(function* () {
      yield* ending(log, 'all', body())
      yield* nap(log, 'after', 1)
    })
  },

  'a body that swallows the cancellation: the tasks are cancelled all the same'(log) {
    run(function* () {
      const scope = moveOnAfter(5)
      yield* use(scope, function* () {
        yield* use(new TaskGroup(), function* (group) {
          group.createTask(nap(log, 'child', 100))
          try {
            yield* sleep(100)
          } catch { /* swallowed */ }
        })
      })
      tell(log, 'scope', scope)
      log('over at', now())
    })
  },

  'a task that swallows the cancellation ends, and the group with it'(log) {
    function* child() {
      yield* ending(log, 'child', sleep(100))
      yield* ending(log, 'again', sleep(100))
    }

    run(function* () {
      const scope = moveOnAfter(5)
      yield* use(scope, function* () {
        yield* use(new TaskGroup(), function* (group) { group.createTask(child()) })
      })
      log(scope.cancelCalled, now())
    })
  },

  'nested groups, and a scope around them all'(log) {
    function* inner(ended: string[], name: string) {
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(leaf(ended, `${name}1`))
        group.createTask(leaf(ended, `${name}2`))
      })
    }

    function* leaf(ended: string[], name: string) {
      try {
        yield* sleep(100)
      } finally {
        ended.push(name)
      }
    }

    run(function* () {
      const ended: string[] = []
      const scope = moveOnAfter(5)
      yield* use(scope, function* () {
        yield* use(new TaskGroup(), function* (group) {
          group.createTask(inner(ended, 'a'))
          group.createTask(inner(ended, 'b'))
        })
      })
      tell(log, 'scope', scope)
      log(ended.sort(), now())
    })
  },

  'the first task that is ready ends the others'(log) {
    function* racer(name: string, time: number, scope: CancelScope, results: string[]) {
      yield* sleep(time)
      results.push(name)
      scope.cancel()
    }

    run(function* () {
      const results: string[] = []
      const scope = new CancelScope()
      yield* use(scope, function* () {
        yield* use(new TaskGroup(), function* (group) {
          for (const [name, time] of Object.entries({ slow: 9, fast: 3, middle: 6 })) {
            group.createTask(racer(name, time, scope, results))
          }
        })
      })
      tell(log, 'scope', scope)
      log(results, now())
    })
  },
}
