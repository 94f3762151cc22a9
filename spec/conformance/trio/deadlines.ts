/** A cancel scope with a deadline cancels itself when its time is over. */
import { CancelScope, TaskGroup, getRunningLoop, moveOnAfter, moveOnAt, sleep, use } from '../../../lib/index.ts'
import { type Programs, table } from '../programs.ts'
import { ending, later, nap, now, run, shielded, tell } from './support/world.ts'

export const programs: Programs = {
  'a body that takes too long is left, and one that does not is not'(log) {
    run(function* () {
      for (const time of [3, 7]) {
        const scope = moveOnAfter(5)
        yield* use(scope, function* () { yield* nap(log, 'body', time) })
        tell(log, 'scope', scope)
      }
      yield* nap(log, 'after', 10)
    })
  },

  'moveOnAt() takes a point in time'(log) {
    run(function* () {
      yield* sleep(3)
      const scope = moveOnAt(10)
      yield* use(scope, function* () {
        log(scope.deadline === 10)
        yield* nap(log, 'body', 100)
      })
      tell(log, 'scope', scope)
    })
  },

  'entered after its deadline, the first wait ends'(log) {
    run(function* () {
      const scope = moveOnAt(5)
      yield* sleep(8)
      yield* use(scope, function* () {
        log('the body begins')
        tell(log, 'inside', scope)
        yield* nap(log, 'body', 100)
      })
      tell(log, 'scope', scope)
    })
  },

  'before it is entered, it tells whether its deadline has passed'(log) {
    run(function* () {
      const scope = new CancelScope({ deadline: 5 })
      log(scope.cancelCalled)
      yield* sleep(8)
      log(scope.cancelCalled)
      scope.deadline = Infinity
      log(scope.cancelCalled)
      yield* use(scope, function* () { yield* nap(log, 'body', 10) })
      tell(log, 'scope', scope)
    })
  },

  'a scope that is given more time before anybody asked has it'(log) {
    run(function* () {
      const scope = new CancelScope({ deadline: 5 })
      yield* sleep(8)
      scope.deadline = 12
      yield* use(scope, function* () { yield* nap(log, 'body', 10) })
      tell(log, 'scope', scope)
    })
  },

  'with a timeout of zero, it ends at the first wait'(log) {
    run(function* () {
      for (const scope of [moveOnAfter(0), moveOnAt(0), moveOnAt(-5), moveOnAt(-Infinity)]) {
        yield* use(scope, function* () {
          log('the body begins')
          yield* nap(log, 'body', 5)
        })
        tell(log, 'scope', scope)
      }
    })
  },

  'with a timeout of zero, and left without a wait'(log) {
    run(function* () {
      const scope = moveOnAfter(0)
      yield* use(scope, function* () { log('body') })
      tell(log, 'scope', scope)
    })
  },

  'without a deadline'(log) {
    run(function* () {
      for (const scope of [moveOnAfter(Infinity), moveOnAt(Infinity), new CancelScope()]) {
        yield* use(scope, function* () { yield* nap(log, 'body', 1000) })
        tell(log, 'scope', scope)
      }
    })
  },

  'after its end, its deadline does not matter'(log) {
    run(function* () {
      const scope = moveOnAfter(5)
      yield* use(scope, function* () { yield* nap(log, 'body', 3) })
      yield* nap(log, 'after', 10)
      tell(log, 'scope', scope)
    })
  },

  ...table<{ time: number, moves: [at: number, deadline: number][] }>({
    'its deadline is postponed while it waits': { time: 5, moves: [[3, 12]] },
    'its deadline is moved closer while it waits': { time: 50, moves: [[3, 12]] },
    'its deadline is moved into the past while it waits': { time: 50, moves: [[3, 1]] },
    'its deadline is removed, and set again, while it waits': { time: 5, moves: [[3, Infinity], [20, 25]] },
  }, (log, { time, moves }) => {
    run(function* () {
      yield* use(new TaskGroup(), function* (group) {
        const scope = moveOnAfter(time)
        yield* use(scope, function* () {
          for (const [at, deadline] of moves) group.createTask(later(at, () => { scope.deadline = deadline }))
          yield* nap(log, 'body', 100)
        })
        tell(log, 'scope', scope)
      })
    })
  }),

  'a watchdog: each step postpones the deadline'(log) {
    run(function* () {
      const scope = moveOnAfter(5)
      yield* use(scope, function* () {
        for (const time of [3, 4, 1, 6, 1]) {
          yield* nap(log, 'step', time)
          scope.deadline = getRunningLoop().time() + 5
        }
      })
      tell(log, 'scope', scope)
    })
  },

  'moved into the past by the body, it is cancelled at once'(log) {
    run(function* () {
      yield* sleep(5)
      const scope = new CancelScope()
      yield* use(scope, function* () {
        scope.deadline = 2
        tell(log, 'inside', scope)
        yield* nap(log, 'body', 10)
      })
      tell(log, 'scope', scope)
    })
  },

  'moved into the past and back by the body, it is not cancelled'(log) {
    run(function* () {
      yield* sleep(5)
      const scope = new CancelScope()
      yield* use(scope, function* () {
        scope.deadline = 2
        scope.deadline = 9
        yield* nap(log, 'body', 10)
      })
      tell(log, 'scope', scope)
    })
  },

  'once cancelled, more time does not help'(log) {
    run(function* () {
      const scope = moveOnAfter(5)
      yield* use(scope, function* () {
        yield* ending(log, 'body', sleep(10))
        scope.deadline = 100
        yield* nap(log, 'more', 5)
      })
      tell(log, 'scope', scope)
      log(scope.deadline === 100)
    })
  },

  'cancelled before its deadline'(log) {
    run(function* () {
      yield* use(new TaskGroup(), function* (group) {
        const scope = moveOnAfter(5)
        yield* use(scope, function* () {
          group.createTask(later(3, () => { scope.cancel() }))
          yield* nap(log, 'body', 10)
        })
        tell(log, 'scope', scope)
        yield* nap(log, 'after', 10)
      })
    })
  },

  'of two scopes, the one that expires first'(log) {
    run(function* () {
      for (const [first, second] of [[5, 8], [8, 5]] as const) {
        const [outer, inner] = [moveOnAfter(first), moveOnAfter(second)]
        yield* use(outer, function* () {
          yield* use(inner, function* () { yield* nap(log, 'body', 10) })
          yield* nap(log, 'between', 1)
        })
        tell(log, 'inner', inner)
        tell(log, 'outer', outer)
      }
    })
  },

  'the outer one expires while the inner one cleans up behind a shield'(log) {
    run(function* () {
      const [outer, inner] = [moveOnAfter(8), moveOnAfter(5)]
      yield* use(outer, function* () {
        yield* use(inner, function* () {
          try {
            yield* nap(log, 'body', 10)
          } finally {
            yield* shielded(log, 'cleanup', 5)
          }
        })
        log('never')
      })
      tell(log, 'inner', inner)
      tell(log, 'outer', outer)
    })
  },

  'a thousand scopes, one of which has less time'(log) {
    function* child(i: number, ended: number[]) {
      const scope = moveOnAfter(i === 700 ? 50 : 100)
      yield* use(scope, function* () { yield* sleep(75) })
      if (scope.cancelledCaught) {
        ended.push(i)
        log(i, 'at', now())
      }
    }

    run(function* () {
      const ended: number[] = []
      yield* use(new TaskGroup(), function* (group) {
        for (let i = 0; i < 1000; i++) group.createTask(child(i, ended))
      })
      log(ended, now())
    })
  },
}
