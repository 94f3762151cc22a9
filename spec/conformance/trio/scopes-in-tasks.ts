/** A cancel scope inside a task or in a part of the body leaves the other tasks of the group alone. */
import { CancelScope, TaskGroup, failAfter, moveOnAfter, sleep, use } from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { fail } from './support/failing.ts'
import { ending, later, nap, now, run, shielded, tell } from './support/world.ts'

export const programs: Programs = {
  'a scope in a task is its own: the others continue'(log) {
    function* child(name: string, time: number) {
      const scope = moveOnAfter(5)
      yield* use(scope, function* () { yield* nap(log, name, time) })
      tell(log, name, scope)
    }

    run(function* () {
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(child('a', 10))
        group.createTask(child('b', 4))
        yield* nap(log, 'body', 20)
      })
    })
  },

  'a scope around a part of the body leaves the tasks alone'(log) {
    run(function* () {
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(nap(log, 'before', 7))
        const scope = moveOnAfter(5)
        yield* use(scope, function* () {
          group.createTask(nap(log, 'inside', 9))
          yield* nap(log, 'body', 20)
        })
        tell(log, 'scope', scope)
      })
      log('over at', now())
    })
  },

  'a task created behind a shield is not behind it'(log) {
    run(function* () {
      const scope = moveOnAfter(5)
      yield* use(scope, function* () {
        yield* use(new TaskGroup(), function* (group) {
          yield* use(new CancelScope({ shield: true }), function* () {
            group.createTask(nap(log, 'child', 20))
            yield* nap(log, 'body', 10)
          })
        })
      })
      log(scope.cancelCalled, now())
    })
  },

  'a task cancels the scope in which the body waits'(log) {
    run(function* () {
      yield* use(new TaskGroup(), function* (group) {
        const scope = new CancelScope()
        yield* use(scope, function* () {
          group.createTask(later(5, () => { scope.cancel() }))
          group.createTask(nap(log, 'child', 10))
          yield* nap(log, 'body', 20)
        })
        tell(log, 'scope', scope)
        yield* nap(log, 'more', 2)
      })
    })
  },

  'a task fails: the body is cancelled, the scope around the group is not'(log) {
    function* body() {
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(fail(5))
        yield* nap(log, 'body', 20)
      })
    }

    run(function* () {
      const scope = new CancelScope()
      yield* ending(log, 'all', use(scope, body))
      tell(log, 'scope', scope)
      yield* nap(log, 'after', 1)
    })
  },

  'a task fails, and a scope in the body does not catch that'(log) {
    function* body(scope: CancelScope) {
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(fail(5))
        yield* use(scope, function* () { yield* nap(log, 'body', 20) })
        log('never')
      })
    }

    run(function* () {
      const scope = new CancelScope()
      yield* ending(log, 'all', body(scope))
      tell(log, 'scope', scope)
      yield* nap(log, 'after', 1)
    })
  },

  'a task fails, and a scope in another task does not catch its cancellation'(log) {
    function* child(scope: CancelScope) {
      yield* use(scope, function* () { yield* nap(log, 'child', 20) })
      log('never')
    }

    function* body(scope: CancelScope) {
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(fail(5))
        group.createTask(child(scope))
      })
    }

    run(function* () {
      const scope = new CancelScope()
      yield* ending(log, 'all', body(scope))
      tell(log, 'scope', scope)
    })
  },

  'the time of one task is over: that is an error of the group'(log) {
    function* child() {
      yield* use(failAfter(5), function* () { yield* nap(log, 'slow', 10) })
    }

    function* body() {
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(child())
        yield* nap(log, 'body', 20)
      })
    }

    run(function* () { yield* ending(log, 'all', body()) })
  },

  'a scope around the inner group only'(log) {
    function* inner() {
      const scope = moveOnAfter(5)
      yield* use(scope, function* () {
        yield* use(new TaskGroup(), function* (group) { group.createTask(nap(log, 'leaf', 100)) })
      })
      tell(log, 'inner', scope)
      yield* nap(log, 'goes on', 3)
    }

    run(function* () {
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(inner())
        group.createTask(nap(log, 'beside', 20))
      })
    })
  },

  'a shielded scope in a task, with a shorter deadline of its own'(log) {
    function* child() {
      const scope = moveOnAfter(9, { shield: true })
      yield* use(scope, function* () { yield* nap(log, 'child', 100) })
      tell(log, 'child', scope)
      yield* nap(log, 'more', 100)
    }

    run(function* () {
      const scope = moveOnAfter(5)
      yield* use(scope, function* () {
        yield* use(new TaskGroup(), function* (group) { group.createTask(child()) })
      })
      tell(log, 'scope', scope)
      log('over at', now())
    })
  },

  'the shield of a task is switched off by another task'(log) {
    function* child(shield: CancelScope) {
      yield* use(shield, function* () { yield* nap(log, 'child', 100) })
    }

    run(function* () {
      const shield = new CancelScope({ shield: true })
      yield* use(new TaskGroup(), function* (around) {
        around.createTask(later(9, () => { shield.shield = false }))
        const scope = moveOnAfter(5)
        yield* use(scope, function* () {
          yield* use(new TaskGroup(), function* (group) { group.createTask(child(shield)) })
        })
        tell(log, 'scope', scope)
        tell(log, 'shield', shield)
        log('over at', now())
      })
    })
  },

  'a task enters a group in its scope while the scope is cancelled by another'(log) {
    function* child(scope: CancelScope) {
      yield* use(scope, function* () {
        yield* shielded(log, 'first', 10)
        yield* use(new TaskGroup(), function* (group) { group.createTask(nap(log, 'leaf', 10)) })
        log('never')
      })
      tell(log, 'child', scope)
    }

    run(function* () {
      const scope = new CancelScope()
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(child(scope))
        yield* sleep(5)
        scope.cancel()
      })
    })
  },

  'the scope of the body has ended: its cancellation comes too late'(log) {
    run(function* () {
      yield* use(new TaskGroup(), function* (group) {
        const scope = new CancelScope()
        yield* use(scope, function* () {
          group.createTask(later(5, () => { scope.cancel() }))
          yield* nap(log, 'body', 3)
        })
        yield* nap(log, 'more', 10)
        tell(log, 'scope', scope)
      })
    })
  },
}
