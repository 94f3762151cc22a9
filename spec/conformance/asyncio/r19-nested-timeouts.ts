/** R19, nested: of several timeouts the one that expires first counts; with equal deadlines, the outermost. */
import { getRunningLoop, sleep, timeout, use } from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { run } from './support/virtual.ts'
import { outcome, self } from './support/witness.ts'

export const programs: Programs = {
  'the inner one may be shorter'(log) {
    function* main() {
      const [outer, inner] = [timeout(30), timeout(10)]
      yield* use(outer, function* () {
        yield* outcome(log, 'inner', use(inner, function* () { yield* sleep(100) }))
        yield* sleep(10)
      })
      log(outer.expired(), inner.expired(), getRunningLoop().time())
    }

    run(main())
  },

  'the outer one may be shorter'(log) {
    function* main() {
      const [outer, inner] = [timeout(10), timeout(30)]
      yield* outcome(log, 'outer', use(outer, function* () {
        try {
          yield* use(inner, function* () { yield* sleep(100) })
        } finally {
          log('between', self().cancelling())
        }
      }))
      log(outer.expired(), inner.expired(), self().cancelling())
    }

    run(main())
  },

  'of two with one deadline, the outer one counts'(log) {
    function* main() {
      const [outer, inner] = [timeout(10), timeout(10)]
      yield* outcome(log, 'outer', use(outer, function* () {
        try {
          yield* use(inner, function* () { yield* sleep(100) })
        } catch (error) {
          log('between', error, self().cancelling())
          throw error
        }
      }))
      log(outer.expired(), inner.expired(), self().cancelling())
    }

    run(main())
  },

  'of two with a timeout of zero, the outer one counts'(log) {
    function* main() {
      const [outer, inner] = [timeout(0), timeout(0)]
      yield* outcome(log, 'outer', use(outer, function* () { yield* use(inner, function* () { yield* sleep(100) }) }))
      log(outer.expired(), inner.expired(), self().cancelling(), getRunningLoop().time())
    }

    run(main())
  },

  'the outer one may expire while the inner one cleans up'(log) {
    function* main() {
      const [outer, inner] = [timeout(15), timeout(10)]
      yield* outcome(log, 'outer', use(outer, function* () {
        yield* use(inner, function* () {
          try {
            yield* sleep(100)
          } finally {
            yield* sleep(50)
            log('never here')
          }
        })
      }))
      log(outer.expired(), inner.expired(), self().cancelling(), getRunningLoop().time())
    }

    run(main())
  },

  'three with one deadline raise one TimeoutError, from the outermost'(log) {
    function* main() {
      const [a, b, c] = [timeout(10), timeout(10), timeout(10)]
      yield* outcome(log, 'outermost', use(a, function* () {
        try {
          yield* use(b, function* () { yield* use(c, function* () { yield* sleep(100) }) })
        } catch (error) {
          log(error, self().cancelling())
          throw error
        }
      }))
      log([a, b, c].map(t => t.expired()), self().cancelling())
    }

    run(main())
  },

  'a body that swallows the inner timeout is still subject to the outer one'(log) {
    function* main() {
      const [outer, inner] = [timeout(20), timeout(10)]
      yield* outcome(log, 'outer', use(outer, function* () {
        yield* use(inner, function* () {
          yield* outcome(log, 'first', sleep(100))
          yield* outcome(log, 'second', sleep(100))
          log('inner body ends at', getRunningLoop().time())
        })
        log('after inner', self().cancelling())
        yield* sleep(100)
      }))
      log(outer.expired(), inner.expired(), self().cancelling(), getRunningLoop().time())
    }

    run(main())
  },
}
