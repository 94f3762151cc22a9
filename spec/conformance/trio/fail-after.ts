/** `failAfter()` and `failAt()` are cancel scopes with a deadline that raise TimeoutError at their end. */
import {
  type Coroutine, failAfter, failAt, isCancelled, moveOnAfter, moveOnAt, sleep, use,
} from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { Boom } from './support/failing.ts'
import { attempt, ending, nap, run, shielded, tell } from './support/world.ts'

export const programs: Programs = {
  'failAfter() raises an error when its time is over'(log) {
    function* body(time: number) {
      yield* use(failAfter(5), function* () { yield* nap(log, 'body', time) })
      return 'done'
    }

    run(function* () {
      yield* ending(log, 'short', body(3))
      yield* ending(log, 'long', body(7))
    })
  },

  'failAt() does so too'(log) {
    function* body(moment: number, time: number) {
      yield* use(failAt(moment), function* () { yield* nap(log, 'body', time) })
      return 'done'
    }

    run(function* () {
      yield* ending(log, 'short', body(5, 3))
      yield* ending(log, 'long', body(5, 7))
      yield* ending(log, 'late', body(2, 7))
    })
  },

  'failAfter(): the error comes at the end of the body'(log) {
    function* body() {
      yield* use(failAfter(5), function* () {
        try {
          yield* nap(log, 'body', 10)
        } finally {
          yield* shielded(log, 'cleanup', 4)
        }
      })
    }

    run(function* () { yield* ending(log, 'all', body()) })
  },

  'failAfter(): whoever cancels, the error is the same'(log) {
    function* body() {
      yield* use(failAfter(5), function* (scope) {
        scope.cancel()
        yield* nap(log, 'body', 10)
      })
    }

    run(function* () { yield* ending(log, 'all', body()) })
  },

  'failAfter(): left without a wait, or swallowed, there is no error'(log) {
    function* left() {
      yield* use(failAfter(5), function* (scope) { scope.cancel() })
      return 'left'
    }

    function* swallowed() {
      yield* use(failAfter(5), function* () { yield* ending(log, 'body', sleep(10)) })
      return 'swallowed'
    }

    run(function* () {
      yield* ending(log, 'all', left())
      yield* ending(log, 'all', swallowed())
    })
  },

  'failAfter(): another error wins'(log) {
    function* body() {
      yield* use(failAfter(5), function* () {
        try {
          yield* nap(log, 'body', 10)
        } catch (error) {
          throw isCancelled(error) ? new Boom() : error
        }
      })
    }

    run(function* () { yield* ending(log, 'all', body()) })
  },

  'failAfter(): cancelled from outside, it is a cancellation'(log) {
    run(function* () {
      const [outer, inner] = [moveOnAfter(3), failAfter(5)]
      yield* use(outer, function* () {
        yield* use(inner, function* () { yield* nap(log, 'body', 10) })
      })
      tell(log, 'inner', inner)
      tell(log, 'outer', outer)
    })
  },

  'failAfter() inside failAfter()'(log) {
    function* body(outer: number, inner: number) {
      yield* use(failAfter(outer), function* () {
        yield* ending(log, 'inner', inside(inner))
        yield* nap(log, 'between', 10)
      })
    }

    function* inside(time: number): Coroutine<void> {
      yield* use(failAfter(time), function* () { yield* nap(log, 'inside', 20) })
    }

    run(function* () {
      yield* ending(log, 'outer', body(5, 3))
      yield* ending(log, 'outer', body(3, 5))
    })
  },

  'failAfter(): its deadline can be moved too'(log) {
    function* body() {
      yield* use(failAfter(5), function* (scope) {
        scope.deadline += 4
        yield* nap(log, 'body', 8)
        yield* nap(log, 'more', 8)
      })
    }

    run(function* () { yield* ending(log, 'all', body()) })
  },

  'a negative time is refused; a point in the past is not'(log) {
    run(function* () {
      attempt(log, 'move', () => moveOnAfter(-1))
      attempt(log, 'fail', () => failAfter(-1))
      attempt(log, 'at', () => moveOnAt(-1).cancelCalled)
    })
  },
}
