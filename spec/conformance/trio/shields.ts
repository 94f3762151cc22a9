/** A shielded scope keeps out the cancellation of the scopes around it. */
import { CancelScope, TaskGroup, moveOnAfter, sleep, use } from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { ending, later, nap, now, run, tell } from './support/world.ts'

export const programs: Programs = {
  'a shielded scope waits inside a cancelled one'(log) {
    run(function* () {
      const [outer, inner] = [new CancelScope(), new CancelScope({ shield: true })]
      yield* use(outer, function* () {
        outer.cancel()
        yield* use(inner, function* () { yield* nap(log, 'shielded', 5) })
        yield* nap(log, 'behind it', 5)
      })
      tell(log, 'inner', inner)
      tell(log, 'outer', outer)
    })
  },

  'cleaning up behind a shield, in the finally of a cancelled body'(log) {
    run(function* () {
      const outer = new CancelScope()
      yield* use(outer, function* () {
        try {
          outer.cancel()
          yield* nap(log, 'body', 5)
        } finally {
          yield* use(new CancelScope({ shield: true }), function* () { yield* nap(log, 'cleanup', 5) })
          yield* nap(log, 'more', 5)
        }
      })
      tell(log, 'outer', outer)
    })
  },

  'cleaning up behind a shield, for a limited time'(log) {
    run(function* () {
      const outer = new CancelScope()
      yield* use(outer, function* () {
        try {
          outer.cancel()
          yield* nap(log, 'body', 5)
        } finally {
          const cleanup = moveOnAfter(3, { shield: true })
          yield* use(cleanup, function* () { yield* nap(log, 'cleanup', 5) })
          log('goes on to the end')
          tell(log, 'cleanup', cleanup)
        }
      })
      tell(log, 'outer', outer)
    })
  },

  'switched on inside a cancelled scope, it protects later waits'(log) {
    run(function* () {
      const [outer, inner] = [new CancelScope(), new CancelScope()]
      yield* use(outer, function* () {
        yield* use(inner, function* () {
          outer.cancel()
          yield* ending(log, 'before', sleep(5))
          inner.shield = true
          yield* nap(log, 'shielded', 5)
          inner.shield = false
          yield* nap(log, 'again', 5)
        })
      })
      tell(log, 'inner', inner)
      tell(log, 'outer', outer)
    })
  },

  'switched off inside a cancelled scope, the current wait ends'(log) {
    run(function* () {
      yield* use(new TaskGroup(), function* (group) {
        const [outer, inner] = [new CancelScope(), new CancelScope({ shield: true })]
        yield* use(outer, function* () {
          outer.cancel()
          yield* use(inner, function* () {
            group.createTask(later(3, () => { inner.shield = false }))
            yield* nap(log, 'shielded', 10)
          })
        })
        tell(log, 'inner', inner)
        tell(log, 'outer', outer)
      })
    })
  },

  'switched off before anything is cancelled, nothing ends'(log) {
    run(function* () {
      const [outer, inner] = [new CancelScope(), new CancelScope({ shield: true })]
      yield* use(outer, function* () {
        yield* use(inner, function* () {
          yield* nap(log, 'shielded', 5)
          inner.shield = false
          yield* nap(log, 'not shielded', 5)
        })
      })
      tell(log, 'inner', inner)
      tell(log, 'outer', outer)
    })
  },

  'the shield can be read and switched before and after the scope is entered'(log) {
    run(function* () {
      const [outer, scope] = [new CancelScope(), new CancelScope({ shield: true })]
      log(scope.shield)
      scope.shield = false
      log(scope.shield)
      yield* use(outer, function* () {
        outer.cancel()
        yield* use(scope, function* () {
          yield* ending(log, 'inside', sleep(1))
          scope.shield = true
          log(scope.shield)
          yield* nap(log, 'shielded', 1)
        })
      })
    })
  },

  'a shield does not protect against its own scope'(log) {
    run(function* () {
      const scope = new CancelScope({ shield: true })
      yield* use(scope, function* () {
        scope.cancel()
        yield* nap(log, 'inside', 5)
      })
      tell(log, 'scope', scope)
      yield* nap(log, 'after', 1)
    })
  },

  'a shielded scope cancelled inside a cancelled one catches its own error'(log) {
    run(function* () {
      const [outer, inner] = [new CancelScope(), new CancelScope({ shield: true })]
      yield* use(outer, function* () {
        outer.cancel()
        yield* use(inner, function* () {
          inner.cancel()
          yield* nap(log, 'inside', 5)
        })
        log('goes on')
        yield* nap(log, 'between', 5)
      })
      tell(log, 'inner', inner)
      tell(log, 'outer', outer)
    })
  },

  'a shielded scope has its own deadline'(log) {
    run(function* () {
      const [outer, inner] = [moveOnAfter(3), moveOnAfter(7, { shield: true })]
      yield* use(outer, function* () {
        yield* use(inner, function* () { yield* nap(log, 'inside', 20) })
        log('goes on at', now())
        yield* nap(log, 'between', 5)
      })
      tell(log, 'inner', inner)
      tell(log, 'outer', outer)
    })
  },

  'a scope inside a shielded one is shielded with it'(log) {
    run(function* () {
      const [outer, inner] = [new CancelScope(), new CancelScope()]
      yield* use(outer, function* () {
        outer.cancel()
        yield* use(new CancelScope({ shield: true }), function* () {
          yield* use(inner, function* () { yield* nap(log, 'inside', 5) })
        })
        tell(log, 'inner', inner)
      })
    })
  },

  'a shield inside the cancelled scope; the code in between is not shielded'(log) {
    run(function* () {
      const shield = true
      const [outer, middle, inner] = [new CancelScope({ shield }), new CancelScope(), new CancelScope({ shield })]
      yield* use(outer, function* () {
        yield* use(middle, function* () {
          middle.cancel()
          yield* use(inner, function* () { yield* nap(log, 'inside', 5) })
          yield* nap(log, 'in the middle', 5)
        })
        yield* nap(log, 'outside', 5)
      })
      for (const [name, scope] of Object.entries({ outer, middle, inner })) tell(log, name, scope)
    })
  },

  'two shields, and one of them is switched off'(log) {
    run(function* () {
      const [outer, a, b] = [new CancelScope(), new CancelScope({ shield: true }), new CancelScope({ shield: true })]
      yield* use(outer, function* () {
        outer.cancel()
        yield* use(a, function* () {
          yield* use(b, function* () {
            yield* nap(log, 'both', 5)
            a.shield = false
            yield* nap(log, 'one', 5)
            b.shield = false
            yield* nap(log, 'none', 5)
          })
        })
      })
      tell(log, 'outer', outer)
    })
  },

  'cancelled during a wait behind a shield, the body gets the error after the shield'(log) {
    run(function* () {
      yield* use(new TaskGroup(), function* (group) {
        const [outer, inner] = [new CancelScope(), new CancelScope({ shield: true })]
        yield* use(outer, function* () {
          group.createTask(later(3, () => { outer.cancel() }))
          yield* use(inner, function* () {
            yield* nap(log, 'shielded', 10)
            tell(log, 'outer', outer)
          })
          yield* nap(log, 'behind it', 10)
        })
        tell(log, 'inner', inner)
        tell(log, 'outer', outer)
      })
    })
  },

  'switched on in the moment after the cancellation, it is too late for the current wait'(log) {
    run(function* () {
      yield* use(new TaskGroup(), function* (group) {
        const [outer, inner] = [new CancelScope(), new CancelScope()]
        yield* use(outer, function* () {
          yield* use(inner, function* () {
            group.createTask(later(3, () => {
              outer.cancel()
              inner.shield = true
            }))
            yield* ending(log, 'inside', sleep(10))
            yield* nap(log, 'shielded', 10)
          })
        })
        tell(log, 'inner', inner)
        tell(log, 'outer', outer)
      })
    })
  },

  'a scope that became shielded meanwhile does not catch the error of the outer one'(log) {
    run(function* () {
      const [outer, inner] = [new CancelScope(), new CancelScope()]
      yield* use(outer, function* () {
        yield* use(inner, function* () {
          try {
            outer.cancel()
            yield* nap(log, 'inside', 5)
          } finally {
            inner.shield = true
          }
        })
        log('never')
      })
      tell(log, 'inner', inner)
      tell(log, 'outer', outer)
    })
  },

  'a cancelled scope that becomes shielded catches the error, although the outer one is cancelled'(log) {
    run(function* () {
      const [outer, inner] = [new CancelScope(), new CancelScope()]
      yield* use(outer, function* () {
        yield* use(inner, function* () {
          try {
            outer.cancel()
            inner.cancel()
            yield* nap(log, 'inside', 5)
          } finally {
            inner.shield = true
          }
        })
        log('goes on')
      })
      tell(log, 'inner', inner)
      tell(log, 'outer', outer)
    })
  },
}
