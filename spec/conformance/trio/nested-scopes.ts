/** In nested cancel scopes the error goes up to the outermost one that is cancelled. */
import { CancelScope, type Coroutine, TaskGroup, isCancelled, sleep, use } from '../../../lib/index.ts'
import { type Log, type Programs, table } from '../programs.ts'
import { Boom } from './support/failing.ts'
import { ending, later, nap, now, run, tell } from './support/world.ts'

type Name = 'outer' | 'inner'

function two(): [outer: CancelScope, inner: CancelScope] { return [new CancelScope(), new CancelScope()] }

function tellBoth(log: Log, outer: CancelScope, inner: CancelScope): void {
  tell(log, 'inner', inner)
  tell(log, 'outer', outer)
}

export const programs: Programs = {
  ...table<{ cancelled: Name[], meanwhile?: Name[] }>({
    'the inner one is cancelled: the outer one continues': { cancelled: ['inner'] },
    'both are cancelled, the inner one first: the outer one catches the error': { cancelled: ['inner', 'outer'] },
    'both are cancelled, the outer one first: the outer one catches the error': { cancelled: ['outer', 'inner'] },
    'the outer one is cancelled while the error of the inner one is on its way': {
      cancelled: ['inner'], meanwhile: ['outer'],
    },
    'the inner one is cancelled while the error of the outer one is on its way': {
      cancelled: ['outer'], meanwhile: ['inner'],
    },
  }, (log, { cancelled, meanwhile = [] }) => {
    run(function* () {
      const scopes = { outer: new CancelScope(), inner: new CancelScope() }
      yield* use(scopes.outer, function* () {
        yield* use(scopes.inner, function* () {
          for (const name of cancelled) scopes[name].cancel()
          try {
            yield* nap(log, 'inside', 5)
          } finally {
            for (const name of meanwhile) scopes[name].cancel()
          }
        })
        yield* nap(log, 'between', 5)
      })
      tellBoth(log, scopes.outer, scopes.inner)
    })
  }),

  'the outer one is cancelled: the error passes the inner one'(log) {
    run(function* () {
      const [outer, inner] = two()
      yield* use(outer, function* () {
        yield* use(inner, function* () {
          outer.cancel()
          yield* nap(log, 'inside', 5)
        })
        log('never')
      })
      tellBoth(log, outer, inner)
      yield* nap(log, 'after', 1)
    })
  },

  'both are cancelled by somebody else during a wait'(log) {
    run(function* () {
      yield* use(new TaskGroup(), function* (group) {
        for (const outerFirst of [true, false]) {
          const [outer, inner] = two()
          group.createTask(later(5, () => {
            for (const scope of outerFirst ? [outer, inner] : [inner, outer]) scope.cancel()
          }))
          yield* use(outer, function* () {
            yield* use(inner, function* () { yield* nap(log, 'inside', 10) })
            log('never')
          })
          tellBoth(log, outer, inner)
        }
      })
    })
  },

  'the outer one is cancelled after the error of the inner one has ended'(log) {
    run(function* () {
      const [outer, inner] = two()
      yield* use(outer, function* () {
        yield* use(inner, function* () {
          inner.cancel()
          yield* nap(log, 'inside', 5)
        })
        outer.cancel()
        log('goes on')
        yield* nap(log, 'between', 5)
      })
      tellBoth(log, outer, inner)
    })
  },

  ...table<{ cancelled: ('a' | 'b' | 'c')[] }>({
    'of three, the middle one is cancelled': { cancelled: ['b'] },
    'of three, the outermost and the innermost are cancelled': { cancelled: ['c', 'a'] },
  }, (log, { cancelled }) => {
    run(function* () {
      const scopes = { a: new CancelScope(), b: new CancelScope(), c: new CancelScope() }
      yield* use(scopes.a, function* () {
        yield* use(scopes.b, function* () {
          yield* use(scopes.c, function* () {
            for (const name of cancelled) scopes[name].cancel()
            yield* nap(log, 'in c', 5)
          })
          log('never')
        })
        yield* nap(log, 'in a', 5)
      })
      for (const [name, scope] of Object.entries(scopes)) tell(log, name, scope)
    })
  }),

  'a scope entered inside a cancelled one'(log) {
    run(function* () {
      const [outer, inner] = two()
      yield* use(outer, function* () {
        outer.cancel()
        yield* use(inner, function* () {
          log('the body begins')
          tell(log, 'inner', inner)
          yield* nap(log, 'inside', 5)
        })
        log('never')
      })
      tellBoth(log, outer, inner)
    })
  },

  'swallowed in the inner one, the error comes again after it'(log) {
    run(function* () {
      const [outer, inner] = two()
      yield* use(outer, function* () {
        yield* use(inner, function* () {
          outer.cancel()
          yield* ending(log, 'inside', sleep(5))
        })
        log('goes on')
        yield* nap(log, 'between', 5)
      })
      tellBoth(log, outer, inner)
    })
  },

  'an inner one that was cancelled and has ended is forgotten'(log) {
    run(function* () {
      const outer = new CancelScope()
      yield* use(outer, function* () {
        for (let i = 0; i < 3; i++) {
          const inner = new CancelScope()
          yield* use(inner, function* () {
            inner.cancel()
            yield* nap(log, 'inside', 5)
          })
          yield* nap(log, 'between', 1)
          tell(log, `${i}`, inner)
        }
      })
      tell(log, 'outer', outer)
    })
  },

  'an error in the inner one replaces the cancellation for both'(log) {
    run(function* () {
      const [outer, inner] = two()
      yield* ending(log, 'body', use(outer, function* () {
        yield* use(inner, function* () {
          try {
            outer.cancel()
            yield* nap(log, 'inside', 5)
          } finally {
            throw new Boom()
          }
        })
      }))
      tellBoth(log, outer, inner)
    })
  },

  'an error between the scopes replaces the cancellation'(log) {
    run(function* () {
      const [outer, inner] = two()
      yield* ending(log, 'body', use(outer, function* () {
        try {
          yield* use(inner, function* () {
            outer.cancel()
            yield* nap(log, 'inside', 5)
          })
        } catch (error) {
          throw isCancelled(error) ? new Boom() : error
        }
      }))
      tellBoth(log, outer, inner)
    })
  },

  'swallowing the error between the scopes leaves the outer one uncaught'(log) {
    run(function* () {
      const [outer, inner] = two()
      yield* use(outer, function* () {
        try {
          yield* use(inner, function* () {
            outer.cancel()
            yield* nap(log, 'inside', 5)
          })
        } catch {
          log('swallowed')
        }
      })
      tellBoth(log, outer, inner)
      yield* nap(log, 'after', 1)
    })
  },

  'the scopes of two tasks are independent'(log) {
    function* child(name: string, scope: CancelScope) {
      yield* use(scope, function* () { yield* nap(log, name, 10) })
      tell(log, name, scope)
    }

    run(function* () {
      const [a, b] = two()
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(child('a', a))
        group.createTask(child('b', b))
        yield* sleep(5)
        a.cancel()
      })
      log('over at', now())
    })
  },

  'a scope may be cancelled by a task in another scope'(log) {
    function* child(outer: CancelScope, inner: CancelScope) {
      yield* use(inner, function* () {
        yield* sleep(3)
        outer.cancel()
        yield* nap(log, 'child', 10)
      })
      tell(log, 'inner', inner)
    }

    run(function* () {
      const [outer, inner] = two()
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(child(outer, inner))
        yield* use(outer, function* () { yield* nap(log, 'main', 10) })
        tell(log, 'outer', outer)
      })
    })
  },

  'a hundred scopes'(log) {
    function* nest(depth: number, scopes: CancelScope[]): Coroutine<void> {
      const scope = new CancelScope()
      yield* use(scope, function* () {
        scopes.push(scope)
        if (depth > 0) {
          yield* nest(depth - 1, scopes)
        } else {
          scopes[30]?.cancel()
          scopes[60]?.cancel()
          yield* nap(log, 'inside', 5)
        }
      })
    }

    run(function* () {
      const scopes: CancelScope[] = []
      yield* nest(99, scopes)
      log(scopes.flatMap((scope, i) => scope.cancelCalled ? i : []))
      log(scopes.flatMap((scope, i) => scope.cancelledCaught ? i : []))
    })
  },
}
