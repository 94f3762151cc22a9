/** In a cancelled scope each wait ends at once with an error, until the body ends; the scope catches the error. */
import {
  type Awaitable, CancelScope, CancelledError, CapacityLimiter, type Coroutine, Event, Lock, ParkingLot, TaskGroup,
  channel, sleep, use,
} from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { Boom } from './support/failing.ts'
import { attempt, ending, later, nap, now, run, tell } from './support/world.ts'

export const programs: Programs = {
  'never cancelled, it does nothing'(log) {
    run(function* () {
      const scope = new CancelScope()
      yield* use(scope, function* () {
        yield* nap(log, 'body', 5)
        tell(log, 'inside', scope)
      })
      tell(log, 'outside', scope)
      log(scope.deadline === Infinity, scope.shield)
    })
  },

  'cancelled from inside, the next wait ends, and the body with it'(log) {
    run(function* () {
      const scope = new CancelScope()
      yield* use(scope, function* () {
        log('before')
        scope.cancel()
        log('goes on until it waits')
        tell(log, 'inside', scope)
        yield* nap(log, 'body', 5)
        log('never')
      })
      tell(log, 'outside', scope)
      yield* nap(log, 'after', 1)
    })
  },

  'cancelled, and left without a wait: called, but not caught'(log) {
    run(function* () {
      const scope = new CancelScope()
      yield* use(scope, function* () {
        scope.cancel()
        log('body')
      })
      tell(log, 'scope', scope)
      yield* nap(log, 'after', 1)
    })
  },

  'cancelled from another task, the wait ends at once'(log) {
    run(function* () {
      yield* use(new TaskGroup(), function* (group) {
        const scope = new CancelScope()
        yield* use(scope, function* () {
          group.createTask(later(5, () => { scope.cancel() }))
          yield* nap(log, 'body', 100)
        })
        tell(log, 'scope', scope)
      })
      log('over at', now())
    })
  },

  'cancelled before it is entered, the first wait ends'(log) {
    run(function* () {
      const scope = new CancelScope()
      scope.cancel()
      tell(log, 'before', scope)
      yield* use(scope, function* () {
        log('the body begins')
        yield* nap(log, 'body', 5)
      })
      tell(log, 'after', scope)
    })
  },

  'cancelled before it is entered, and left without a wait'(log) {
    run(function* () {
      const scope = new CancelScope()
      scope.cancel()
      yield* use(scope, function* () { log('body') })
      tell(log, 'after', scope)
    })
  },

  'each wait in it ends, even in a finally'(log) {
    run(function* () {
      const scope = new CancelScope()
      yield* use(scope, function* () {
        try {
          scope.cancel()
          yield* nap(log, 'first', 5)
        } finally {
          try {
            yield* nap(log, 'second', 5)
          } finally {
            yield* nap(log, 'third', 0)
          }
        }
      })
      tell(log, 'scope', scope)
    })
  },

  'a body that swallows the error gets it again at the next wait'(log) {
    run(function* () {
      const scope = new CancelScope()
      yield* use(scope, function* () {
        scope.cancel()
        for (let i = 0; i < 3; i++) yield* ending(log, `${i}`, sleep(10))
        yield* nap(log, 'at last', 10)
      })
      tell(log, 'scope', scope)
    })
  },

  'if the error is swallowed to the end, nothing is caught'(log) {
    run(function* () {
      const scope = new CancelScope()
      yield* use(scope, function* () {
        scope.cancel()
        yield* ending(log, 'wait', sleep(10))
        log('the body ends')
      })
      tell(log, 'scope', scope)
      yield* nap(log, 'after', 1)
    })
  },

  'an error raised instead of the cancellation passes'(log) {
    function* body() {
      scope.cancel()
      try {
        yield* sleep(10)
      } catch {
        throw new Boom()
      }
    }

    const scope = new CancelScope()
    run(function* () {
      yield* ending(log, 'body', use(scope, body))
      tell(log, 'scope', scope)
    })
  },

  'an error of a finally replaces it too'(log) {
    function* body() {
      try {
        yield* nap(log, 'body', 10)
      } finally {
        throw new Boom()
      }
    }

    run(function* () {
      const scope = new CancelScope()
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(later(5, () => { scope.cancel() }))
        yield* ending(log, 'body', use(scope, body))
        tell(log, 'scope', scope)
      })
    })
  },

  'an unrelated error passes'(log) {
    function* body(scope: CancelScope) {
      scope.cancel()
      throw new Boom()
    }

    run(function* () {
      const scope = new CancelScope()
      yield* ending(log, 'body', use(scope, body))
      tell(log, 'scope', scope)
      yield* nap(log, 'after', 1)
    })
  },

  'cancelled twice is cancelled once'(log) {
    run(function* () {
      const scope = new CancelScope()
      yield* use(scope, function* () {
        scope.cancel()
        scope.cancel()
        yield* nap(log, 'body', 5)
      })
      tell(log, 'scope', scope)
      yield* nap(log, 'after', 1)
    })
  },

  'cancelled after its end, it only says so'(log) {
    run(function* () {
      const scope = new CancelScope()
      yield* use(scope, function* () { yield* nap(log, 'body', 1) })
      scope.cancel()
      tell(log, 'scope', scope)
      yield* nap(log, 'after', 1)
    })
  },

  'it can be entered once'(log) {
    function* enter(scope: CancelScope) {
      yield* use(scope, function* () { log('never') })
    }

    function* attemptTo(name: string, scope: CancelScope) {
      try {
        yield* enter(scope)
      } catch (error) {
        log(name, 'throws', error)
      }
    }

    run(function* () {
      const scope = new CancelScope()
      yield* use(scope, function* () {
        yield* attemptTo('within itself', scope)
        yield* nap(log, 'body', 1)
      })
      yield* attemptTo('afterwards', scope)
    })
  },

  'all kinds of waits end'(log) {
    function* hold(lock: Lock) {
      yield* use(lock, function* () { yield* sleep(5) })
    }

    run(function* () {
      const [sender, receiver] = channel(0)
      const limiter = new CapacityLimiter(1)
      limiter.acquireOnBehalfOfNowait('somebody')
      const lock = new Lock()
      const waits: Record<string, () => Awaitable<unknown>> = {
        'sleep': () => sleep(5),
        'short sleep': () => sleep(0),
        'event': () => new Event().wait(),
        'lot': () => new ParkingLot().park(),
        'send': () => sender.send('value'),
        'receive': () => receiver.receive(),
        'limiter': () => limiter.acquire(),
        'lock': () => lock.acquire(),
      }
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(hold(lock))
        yield* sleep(1)
        for (const [name, wait] of Object.entries(waits)) {
          yield* use(new CancelScope(), function* (scope) {
            scope.cancel()
            yield* ending(log, name, wait())
          })
        }
      })
      log(limiter.waiting, limiter.borrowedTokens)
    })
  },

  'all kinds of waits that have begun end'(log) {
    run(function* () {
      const [sender, receiver] = channel(0)
      const limiter = new CapacityLimiter(1)
      limiter.acquireOnBehalfOfNowait('somebody')
      const lot = new ParkingLot()
      const waits: Record<string, () => Awaitable<unknown>> = {
        sleep: () => sleep(5),
        event: () => new Event().wait(),
        lot: () => lot.park(),
        send: () => sender.send('value'),
        receive: () => receiver.receive(),
        limiter: () => limiter.acquire(),
      }
      yield* use(new TaskGroup(), function* (group) {
        for (const [name, wait] of Object.entries(waits)) {
          yield* use(new CancelScope(), function* (scope) {
            group.createTask(later(2, () => { scope.cancel() }))
            yield* ending(log, name, wait())
          })
        }
      })
      log(lot.waiting, limiter.waiting)
      attempt(log, 'send', () => { sender.sendNowait('value') })
      attempt(log, 'receive', () => receiver.receiveNowait())
    })
  },

  'the error of one scope is not caught by another that is not cancelled'(log) {
    function* cancelled(): Coroutine<CancelledError | null | undefined> {
      return yield* use(new CancelScope(), function* (scope) {
        scope.cancel()
        try {
          yield* sleep(1)
        } catch (error) {
          if (error instanceof CancelledError) return error
        }
        return null
      })
    }

    run(function* () {
      const error = yield* cancelled()
      const [other, third] = [new CancelScope(), new CancelScope()]
      yield* ending(log, 'other', use(other, function* () { throw error }))
      tell(log, 'other', other)
      third.cancel()
      yield* ending(log, 'third', use(third, function* () { throw error }))
      tell(log, 'third', third)
    })
  },

  'a scope in a loop: each turn has its own'(log) {
    run(function* () {
      for (let i = 0; i < 3; i++) {
        const scope = new CancelScope()
        yield* use(scope, function* () {
          if (i === 1) scope.cancel()
          yield* nap(log, `${i}`, 2)
        })
        tell(log, `${i}`, scope)
      }
    })
  },

  'a new scope in the finally of a cancelled one'(log) {
    run(function* () {
      const [scope, cleanup] = [new CancelScope(), new CancelScope()]
      yield* use(scope, function* () {
        try {
          scope.cancel()
          yield* nap(log, 'body', 5)
        } finally {
          yield* use(cleanup, function* () { yield* nap(log, 'cleanup', 5) })
          log('never')
        }
      })
      tell(log, 'scope', scope)
      tell(log, 'cleanup', cleanup)
    })
  },
}
