/** `group.start()` is cancelled, or the task, or the group, before or after the task has started. */
import { CancelScope, type Coroutine, TaskGroup, moveOnAfter, sleep, use } from '../../../lib/index.ts'
import type { Log, Programs } from '../programs.ts'
import { Boom, fail } from './support/failing.ts'
import { ending, later, nap, now, run, shielded, tell } from './support/world.ts'

type Started<T> = (value: T) => void

/** Start a task in a scope that is cancelled before the task has started. */
function* startInScope<T>(
  log: Log, group: TaskGroup, server: (started: Started<T>) => Coroutine<void>,
): Coroutine<void> {
  const scope = moveOnAfter(5)
  yield* use(scope, function* () {
    yield* group.start(server)
    log('never')
  })
  tell(log, 'scope', scope)
}

export const programs: Programs = {
  'start() is cancelled, and the task with it'(log) {
    function* server() { yield* nap(log, 'server', 10) }

    run(function* () {
      yield* use(new TaskGroup(), function* (group) {
        yield* startInScope(log, group, server)
        yield* nap(log, 'body', 1)
      })
      log('over at', now())
    })
  },

  'start() is cancelled: each wait of the task ends'(log) {
    function* server() {
      try {
        yield* nap(log, 'server', 10)
      } finally {
        yield* nap(log, 'cleanup', 10)
      }
    }

    run(function* () {
      yield* use(new TaskGroup(), function* (group) {
        yield* startInScope(log, group, server)
        yield* nap(log, 'body', 1)
      })
      log('over at', now())
    })
  },

  'start() is cancelled, and lasts as long as the task cleans up behind a shield'(log) {
    function* server() {
      try {
        yield* nap(log, 'server', 10)
      } finally {
        yield* shielded(log, 'cleanup', 10)
      }
    }

    run(function* () {
      yield* use(new TaskGroup(), function* (group) {
        yield* startInScope(log, group, server)
        log('over at', now())
      })
    })
  },

  'start() is cancelled: the tasks of the task end with it'(log) {
    function* server() {
      yield* use(new TaskGroup(), function* (inner) { inner.createTask(nap(log, 'child', 20)) })
      log('never')
    }

    run(function* () {
      yield* use(new TaskGroup(), function* (group) { yield* startInScope(log, group, server) })
    })
  },

  'start() is cancelled: a scope of the task is inside the cancelled one'(log) {
    function* server(): Coroutine<void> {
      const scope = new CancelScope()
      yield* use(scope, function* () {
        yield* ending(log, 'server', sleep(20))
        yield* ending(log, 'again', sleep(20))
      })
      tell(log, 'scope', scope)
      yield* nap(log, 'more', 2)
    }

    run(function* () {
      yield* use(new TaskGroup(), function* (group) {
        const scope = moveOnAfter(5)
        yield* use(scope, function* () { yield* group.start(server) })
        tell(log, 'around', scope)
        log('over at', now())
      })
    })
  },

  'start() is cancelled, and the task continues until its own shield ends'(log) {
    function* server(started: Started<string>) {
      yield* use(new CancelScope({ shield: true }), function* () {
        yield* nap(log, 'server', 10)
        started('too late')
      })
      yield* nap(log, 'more', 10)
    }

    run(function* () {
      yield* use(new TaskGroup(), function* (group) {
        yield* startInScope(log, group, server)
        log('over at', now())
      })
    })
  },

  'a task that has started is cancelled with the group, in each of its waits'(log) {
    function* server(started: Started<CancelScope>) {
      yield* use(new CancelScope(), function* (scope) {
        yield* sleep(1)
        started(scope)
        try {
          yield* nap(log, 'server', 10)
        } finally {
          yield* nap(log, 'cleanup', 10)
        }
      })
    }

    run(function* () {
      const scope = moveOnAfter(5)
      let inner = scope
      yield* use(scope, function* () {
        yield* use(new TaskGroup(), function* (group) {
          inner = yield* group.start(server)
          yield* sleep(10)
        })
      })
      tell(log, 'inner', inner)
      tell(log, 'scope', scope)
    })
  },

  'started from behind a shield into a cancelled scope, the task is cancelled'(log) {
    function* server(started: Started<string>) {
      yield* nap(log, 'before', 3)
      started('value')
      log('started')
      yield* sleep(3)
      log('never')
    }

    run(function* () {
      const scope = new CancelScope()
      yield* use(scope, function* () {
        yield* use(new TaskGroup(), function* (group) {
          scope.cancel()
          yield* use(new CancelScope({ shield: true }), function* () { log(yield* group.start(server)) })
        })
      })
      tell(log, 'scope', scope)
      log('over at', now())
    })
  },

  'start() is cancelled, and the task says that it has started all the same'(log) {
    function* server(started: Started<string>) {
      try {
        yield* nap(log, 'server', 10)
      } finally {
        started('too late')
      }
    }

    run(function* () {
      yield* use(new TaskGroup(), function* (group) {
        const scope = moveOnAfter(5)
        yield* use(scope, function* () { log(yield* group.start(server)) })
        tell(log, 'scope', scope)
      })
    })
  },

  'start() is cancelled, and raises the error of the task'(log) {
    function* server() {
      try {
        yield* nap(log, 'server', 10)
      } finally {
        throw new Boom()
      }
    }

    function* body(group: TaskGroup) {
      yield* use(moveOnAfter(5), function* () { yield* group.start(server) })
    }

    run(function* () {
      yield* use(new TaskGroup(), function* (group) {
        yield* ending(log, 'start', body(group))
        yield* nap(log, 'body', 1)
      })
    })
  },

  'behind a shield, start() and the task continue'(log) {
    function* server(started: Started<string>) {
      yield* nap(log, 'server', 10)
      started('value')
      yield* nap(log, 'more', 10)
    }

    run(function* () {
      yield* use(new TaskGroup(), function* (group) {
        const scope = moveOnAfter(5)
        yield* use(scope, function* () {
          yield* use(new CancelScope({ shield: true }), function* () { log(yield* group.start(server)) })
          yield* nap(log, 'behind it', 5)
        })
        tell(log, 'scope', scope)
      })
    })
  },

  'the scope around start() does not affect a task that has started'(log) {
    function* server(started: Started<string>) {
      yield* sleep(3)
      started('value')
      yield* nap(log, 'server', 10)
    }

    run(function* () {
      yield* use(new TaskGroup(), function* (group) {
        const scope = moveOnAfter(5)
        yield* use(scope, function* () {
          log(yield* group.start(server))
          yield* nap(log, 'body', 10)
        })
        tell(log, 'scope', scope)
      })
    })
  },

  'the scope around the group does'(log) {
    function* server(started: Started<string>) {
      yield* sleep(3)
      started('value')
      yield* nap(log, 'server', 10)
    }

    run(function* () {
      const scope = moveOnAfter(5)
      yield* use(scope, function* () {
        yield* use(new TaskGroup(), function* (group) { log(yield* group.start(server)) })
      })
      tell(log, 'scope', scope)
    })
  },

  'the scope around the group is cancelled before the start'(log) {
    function* server() { yield* nap(log, 'server', 10) }

    run(function* () {
      const scope = moveOnAfter(5)
      yield* use(scope, function* () {
        yield* use(new TaskGroup(), function* (group) {
          yield* group.start(server)
          log('never')
        })
      })
      tell(log, 'scope', scope)
    })
  },

  'the task may open a scope before it has started'(log) {
    function* server(started: Started<CancelScope>) {
      const scope = moveOnAfter(7)
      yield* use(scope, function* () {
        yield* sleep(3)
        started(scope)
        yield* nap(log, 'server', 20)
      })
      tell(log, 'scope', scope)
      yield* nap(log, 'more', 2)
    }

    run(function* () {
      yield* use(new TaskGroup(), function* (group) {
        yield* use(moveOnAfter(5), function* () {
          yield* group.start(server)
          yield* nap(log, 'body', 10)
        })
      })
    })
  },

  'a scope that the task has opened is in the scope of the group afterwards'(log) {
    function* server(started: Started<void>) {
      yield* use(new CancelScope(), function* () {
        yield* sleep(3)
        started()
        yield* nap(log, 'server', 20)
      })
      log('never')
    }

    run(function* () {
      const scope = moveOnAfter(5)
      yield* use(scope, function* () {
        yield* use(new TaskGroup(), function* (group) { yield* group.start(server) })
      })
      tell(log, 'scope', scope)
    })
  },

  'the group is cancelled while its body waits for a start'(log) {
    function* server() { yield* nap(log, 'server', 10) }

    run(function* () {
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(later(5, () => { group.cancel() }))
        yield* group.start(server)
        log('never')
      })
      log('over at', now())
    })
  },

  'another task of the group fails while the body waits for a start'(log) {
    function* server() { yield* nap(log, 'server', 10) }

    function* body() {
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(fail(5))
        yield* group.start(server)
        log('never')
      })
    }

    run(function* () { yield* ending(log, 'all', body()) })
  },
}
