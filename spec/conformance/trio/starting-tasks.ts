/** group.start(): begin a task, and wait until it says that it has started. */
import { CancelScope, type Coroutine, TaskGroup, moveOnAfter, sleep, use } from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { ending, later, nap, now, run, tell } from './support/world.ts'

class Boom extends Error {}

type Started<T> = (value: T) => void

export const programs: Programs = {
  'it gives the value that the task started with, and the task goes on'(log) {
    function* server(started: Started<string>) {
      yield* sleep(3)
      started('address')
      log('started, and goes on')
      yield* nap(log, 'server', 5)
    }

    run(function* () {
      yield* use(new TaskGroup(), function* (group) {
        log(yield* group.start(server), now())
        yield* nap(log, 'body', 1)
      })
      log('over at', now())
    })
  },

  'without a value it gives nothing'(log) {
    function* server(started: Started<void>) {
      started()
      yield* nap(log, 'server', 5)
    }

    run(function* () {
      yield* use(new TaskGroup(), function* (group) { log(yield* group.start(server), now()) })
    })
  },

  'a task that starts at once, and ends at once'(log) {
    function* server(started: Started<string>) { started('at once') }

    run(function* () {
      yield* use(new TaskGroup(), function* (group) {
        log(yield* group.start(server), now())
        yield* nap(log, 'body', 1)
      })
    })
  },

  'a task that starts and ends in the same turn, after a while'(log) {
    function* server(started: Started<string>) {
      yield* sleep(5)
      started('value')
    }

    run(function* () {
      yield* use(new TaskGroup(), function* (group) { log(yield* group.start(server), now()) })
    })
  },

  'several, one after the other'(log) {
    run(function* () {
      yield* use(new TaskGroup(), function* (group) {
        for (const [name, time] of Object.entries({ a: 3, b: 1, c: 2 })) {
          const value = yield* group.start<string>(function* (started) {
            yield* sleep(time)
            started(name)
            yield* nap(log, name, 10)
          })
          log(value, 'at', now())
        }
      })
      log('over at', now())
    })
  },

  'several at once'(log) {
    function* starter(group: TaskGroup, time: number) {
      const value = yield* group.start<number>(function* (started) {
        yield* sleep(time)
        started(time)
        yield* sleep(10)
      })
      log(value, 'at', now())
    }

    run(function* () {
      yield* use(new TaskGroup(), function* (group) {
        for (const time of [3, 1, 2]) group.createTask(starter(group, time))
      })
      log('over at', now())
    })
  },

  'an error before it has started is thrown where it is started, and the group goes on'(log) {
    function* server() {
      yield* sleep(3)
      throw new Boom()
    }

    run(function* () {
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(nap(log, 'other', 10))
        yield* ending(log, 'start', group.start(server))
        yield* nap(log, 'body', 1)
      })
      log('over at', now())
    })
  },

  'an error before it has waited at all'(log) {
    function* server() { throw new Boom() }

    run(function* () {
      yield* use(new TaskGroup(), function* (group) {
        yield* ending(log, 'start', group.start(server))
        yield* nap(log, 'body', 1)
      })
      log('over at', now())
    })
  },

  'an error after it has started is one of the group'(log) {
    function* server(started: Started<string>) {
      started('value')
      yield* sleep(3)
      throw new Boom()
    }

    function* body() {
      yield* use(new TaskGroup(), function* (group) {
        log(yield* group.start(server))
        yield* nap(log, 'body', 10)
      })
    }

    run(function* () { yield* ending(log, 'all', body()) })
  },

  'an error in the turn in which it started is one of the group'(log) {
    function* server(started: Started<string>) {
      yield* sleep(3)
      started('value')
      throw new Boom()
    }

    function* body() {
      yield* use(new TaskGroup(), function* (group) {
        yield* group.start(server)
        yield* sleep(10)
        log('never')
      })
    }

    run(function* () { yield* ending(log, 'all', body()) })
  },

  'it ends without a word'(log) {
    function* server() { yield* sleep(3) }

    run(function* () {
      yield* use(new TaskGroup(), function* (group) {
        yield* ending(log, 'start', group.start(server))
        yield* nap(log, 'body', 1)
      })
      log('over at', now())
    })
  },

  'started twice'(log) {
    function* server(started: Started<string>) {
      started('first')
      try {
        started('second')
      } catch (error) {
        log(error)
      }
      yield* nap(log, 'server', 3)
    }

    run(function* () {
      yield* use(new TaskGroup(), function* (group) { log(yield* group.start(server)) })
    })
  },

  'started twice, and the error is not caught'(log) {
    function* server(started: Started<string>) {
      yield* sleep(1)
      started('first')
      yield* sleep(1)
      started('second')
    }

    function* body() {
      yield* use(new TaskGroup(), function* (group) { log(yield* group.start(server)) })
    }

    run(function* () { yield* ending(log, 'all', body()) })
  },

  'the wait is cancelled: so is the task'(log) {
    function* server() { yield* nap(log, 'server', 10) }

    run(function* () {
      yield* use(new TaskGroup(), function* (group) {
        const scope = moveOnAfter(5)
        yield* use(scope, function* () {
          yield* group.start(server)
          log('never')
        })
        tell(log, 'scope', scope)
        yield* nap(log, 'body', 1)
      })
      log('over at', now())
    })
  },

  'the wait is cancelled: each wait of the task ends'(log) {
    function* server() {
      try {
        yield* nap(log, 'server', 10)
      } finally {
        yield* nap(log, 'cleanup', 10)
      }
    }

    run(function* () {
      yield* use(new TaskGroup(), function* (group) {
        const scope = moveOnAfter(5)
        yield* use(scope, function* () { yield* group.start(server) })
        tell(log, 'scope', scope)
        yield* nap(log, 'body', 1)
      })
      log('over at', now())
    })
  },

  'the wait is cancelled, and the task cleans up behind a shield: the wait lasts as long'(log) {
    function* server() {
      try {
        yield* nap(log, 'server', 10)
      } finally {
        yield* use(new CancelScope({ shield: true }), function* () { yield* nap(log, 'cleanup', 10) })
      }
    }

    run(function* () {
      yield* use(new TaskGroup(), function* (group) {
        const scope = moveOnAfter(5)
        yield* use(scope, function* () { yield* group.start(server) })
        tell(log, 'scope', scope)
        log('over at', now())
      })
    })
  },

  'the wait is cancelled, and the task is behind a shield of its own: it goes on until that is over'(log) {
    function* server(started: Started<string>) {
      yield* use(new CancelScope({ shield: true }), function* () {
        yield* nap(log, 'server', 10)
        started('too late')
      })
      yield* nap(log, 'more', 10)
    }

    run(function* () {
      yield* use(new TaskGroup(), function* (group) {
        const scope = moveOnAfter(5)
        yield* use(scope, function* () {
          yield* group.start(server)
          log('never')
        })
        tell(log, 'scope', scope)
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

  'started from behind a shield into a cancelled scope, it is cancelled'(log) {
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

  'the wait is cancelled, and the task says that it has started all the same'(log) {
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

  'the wait is cancelled, and the task fails: that is thrown'(log) {
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

  'behind a shield, the wait and the task go on'(log) {
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

  'the scope around start() is nothing to a task that has started'(log) {
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

  'the scope around the group is everything to it'(log) {
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

  'the scope around the group is cancelled before it has started'(log) {
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

  'a scope that the task has opened before it has started'(log) {
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

  'a scope that the task has opened in the scope of who waits'(log) {
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

  'the tasks of a task that has not started end with it'(log) {
    function* server() {
      yield* use(new TaskGroup(), function* (inner) { inner.createTask(nap(log, 'child', 20)) })
      log('never')
    }

    run(function* () {
      yield* use(new TaskGroup(), function* (group) {
        const scope = moveOnAfter(5)
        yield* use(scope, function* () { yield* group.start(server) })
        tell(log, 'scope', scope)
      })
    })
  },

  'the group is cancelled while the body waits for a start'(log) {
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

  'the group is cancelled while somebody outside of it waits for a start'(log) {
    function* server(started: Started<string>) {
      yield* nap(log, 'before', 10)
      started('value')
      yield* sleep(10)
      log('never')
    }

    function* starter(group: TaskGroup) {
      yield* ending(log, 'start', group.start(server))
      yield* nap(log, 'starter', 1)
    }

    run(function* () {
      yield* use(new TaskGroup(), function* (around) {
        yield* use(new TaskGroup(), function* (group) {
          around.createTask(starter(group))
          yield* sleep(5)
          group.cancel()
        })
        log('the group is over at', now())
      })
    })
  },

  'another task of the group fails while the body waits for a start'(log) {
    function* server() { yield* nap(log, 'server', 10) }

    function* failing() {
      yield* sleep(5)
      throw new Boom()
    }

    function* body() {
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(failing())
        yield* group.start(server)
        log('never')
      })
    }

    run(function* () { yield* ending(log, 'all', body()) })
  },

  'somebody starts a task when the body is over; the group waits for it'(log) {
    function* server(started: Started<string>) {
      yield* sleep(5)
      started('value')
      yield* nap(log, 'server', 5)
    }

    function* starter(group: TaskGroup) {
      yield* sleep(1)
      log(yield* group.start(server), now())
    }

    run(function* () {
      yield* use(new TaskGroup(), function* (group) { group.createTask(starter(group)) })
      log('over at', now())
    })
  },

  'when the group is over, nothing starts'(log) {
    function* server() { log('never') }

    run(function* () {
      const group = new TaskGroup()
      yield* use(group, function* () { /* nothing */ })
      yield* ending(log, 'start', group.start(server))
    })
  },

  'a task that starts another one in its turn'(log) {
    function* inner(started: Started<string>) {
      yield* sleep(2)
      started('inner')
      yield* nap(log, 'inner', 5)
    }

    run(function* () {
      yield* use(new TaskGroup(), function* (group) {
        const values = yield* group.start<string[]>(function* (started) {
          const value = yield* group.start(inner)
          yield* sleep(2)
          started(['outer', value])
          yield* nap(log, 'outer', 2)
        })
        log(values, now())
      })
    })
  },

  'a start in another group'(log) {
    function* server(started: Started<string>) {
      yield* sleep(2)
      started('value')
      yield* nap(log, 'server', 5)
    }

    run(function* () {
      yield* use(new TaskGroup(), function* (outer) {
        yield* use(new TaskGroup(), function* () { log(yield* outer.start(server), now()) })
        log('the inner is over at', now())
      })
      log('over at', now())
    })
  },
}
