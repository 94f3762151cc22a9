/** `group.start()` creates a task and waits until the task says that it has started. */
import { TaskGroup, sleep, use } from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { Boom } from './support/failing.ts'
import { ending, nap, now, run } from './support/world.ts'

type Started<T> = (value: T) => void

export const programs: Programs = {
  'it returns the value that the task started with, and the task continues'(log) {
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

  'without a value it returns nothing'(log) {
    function* server(started: Started<void>) {
      started()
      yield* nap(log, 'server', 5)
    }

    run(function* () {
      yield* use(new TaskGroup(), function* (group) { log(yield* group.start(server), now()) })
    })
  },

  'a task that starts and ends at once'(log) {
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

  'several at the same time'(log) {
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

  'an error before the start is raised by start(), and the group continues'(log) {
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

  'an error before the first wait is raised by start() too'(log) {
    function* server() { throw new Boom() }

    run(function* () {
      yield* use(new TaskGroup(), function* (group) {
        yield* ending(log, 'start', group.start(server))
        yield* nap(log, 'body', 1)
      })
      log('over at', now())
    })
  },

  'an error after the start belongs to the group'(log) {
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

  'an error in the turn of the start belongs to the group'(log) {
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

  'a task that ends without starting is an error'(log) {
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

  'a task started after the end of the body; the group waits for it'(log) {
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

  'after the end of the group nothing starts'(log) {
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

  'start() in another group'(log) {
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
