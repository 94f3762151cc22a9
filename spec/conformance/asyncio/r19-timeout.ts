/**
 * R19: At its deadline `timeout()` cancels the current task once, and turns that CancelledError into a TimeoutError at
 * the end of the body.
 */
import {
  type Timeout, createTask, eagerTaskFactory, gather, getRunningLoop, sleep, timeout, timeoutAt, use, waitFor,
} from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { Boom } from './support/errors.ts'
import { newLoop, run } from './support/virtual.ts'
import { outcome, self } from './support/witness.ts'

export const programs: Programs = {
  'in time, nothing happens, and no timer is left behind'(log) {
    function* main() {
      const t = yield* use(timeout(10), function* (t) {
        yield* sleep(5)
        return t
      })
      log(t.expired(), t.when())
      yield* sleep(1)
      log(getRunningLoop().time())
    }

    run(main())
  },

  'too late, the body gets a CancelledError, and the code around it a TimeoutError'(log) {
    function* body() {
      yield* use(timeout(10), function* () {
        try {
          yield* sleep(100)
        } catch (error) {
          log('inside', error, self().cancelling())
          throw error
        }
      })
    }

    function* main() {
      yield* outcome(log, 'outside', body())
      log(self().cancelling(), getRunningLoop().time())
    }

    run(main())
  },

  'null is no limit, until one is set'(log) {
    function* body() {
      yield* use(timeout(null), function* (t) {
        log(t.when())
        yield* sleep(100)
        t.reschedule(120)
        log(t.when())
        yield* sleep(100)
      })
    }

    function* main() {
      yield* outcome(log, 'body', body())
      log(getRunningLoop().time())
    }

    run(main())
  },

  'a timeout of zero fires at the first wait, and not before'(log) {
    function* body(ms: number, waits: boolean) {
      yield* use(timeout(ms), function* (t) {
        log('inside', t.expired())
        if (waits) yield* sleep(0)
        log('still inside', t.expired())
      })
    }

    function* main() {
      yield* outcome(log, 'does not wait', body(0, false))
      yield* outcome(log, 'waits', body(0, true))
      yield* outcome(log, 'less than none', body(-5, true))
    }

    run(main())
  },

  'timeoutAt() takes a time of the loop'(log) {
    function* body(when: number | null) {
      yield* use(timeoutAt(when), function* (t) {
        log(t.when())
        yield* sleep(20)
      })
    }

    function* main() {
      yield* sleep(7)
      for (const when of [15, 10, 40, null]) {
        yield* outcome(log, `until ${when ?? 'the end'}`, body(when))
        log(getRunningLoop().time())
      }
    }

    run(main())
  },

  'the deadline can be postponed'(log) {
    function* body() {
      yield* use(timeout(10), function* (t) {
        yield* sleep(5)
        t.reschedule(30)
        yield* sleep(20)
        t.reschedule(null)
        yield* sleep(20)
        log(t.when(), t.expired())
      })
    }

    function* main() {
      yield* outcome(log, 'body', body())
      log(getRunningLoop().time())
    }

    run(main())
  },

  'the deadline can be moved closer, even into the past'(log) {
    function* body(when: number) {
      yield* use(timeout(100), function* (t) {
        yield* sleep(5)
        t.reschedule(when)
        log('not yet')
        yield* sleep(50)
      })
    }

    function* main() {
      for (const when of [8, 10]) {
        yield* outcome(log, `until ${when}`, body(when))
        log(getRunningLoop().time())
      }
    }

    run(main())
  },

  'the deadline can be moved inside the body only'(log) {
    function* reschedule(t: Timeout) { t.reschedule(100) }

    function* main() {
      const t = timeout(10)
      yield* outcome(log, 'before', reschedule(t))
      yield* use(t, function* () { yield* outcome(log, 'inside', reschedule(t)) })
      yield* outcome(log, 'after', reschedule(t))
      yield* use(timeout(1), function* (short) {
        yield* outcome(log, 'sleep', sleep(10))
        yield* outcome(log, 'expired', reschedule(short))
      })
    }

    run(main())
  },

  'it can be used once'(log) {
    function* main() {
      const t = timeout(10)
      yield* use(t, function* () { yield* outcome(log, 'inside itself', use(t, function* () { log('never here') })) })
      yield* outcome(log, 'again', use(t, function* () { log('never here') }))
    }

    run(main())
  },

  'it needs a task'(log) {
    const loop = newLoop()

    function enter(): void {
      try {
        timeoutAt(10).enter().next()
      } catch (error) {
        log(error)
      }
    }

    enter()
    loop.callSoon(enter)
    loop.callSoon(() => { loop.stop() })
    loop.runForever()
    loop.close()
  },

  'a body that swallows the cancellation ends normally, but the timeout has expired'(log) {
    function* main() {
      const t = yield* use(timeout(10), function* (t) {
        yield* outcome(log, 'sleep', sleep(100))
        log(t.expired(), self().cancelling())
        yield* sleep(5)
        return t
      })
      log(t.expired(), self().cancelling(), getRunningLoop().time())
    }

    run(main())
  },

  'another error raised instead passes'(log) {
    function* body() {
      yield* use(timeout(10), function* () {
        try {
          yield* sleep(100)
        } catch {
          throw new Boom()
        }
      })
    }

    function* main() {
      yield* outcome(log, 'body', body())
      log(self().cancelling())
    }

    run(main())
  },

  'an error before the deadline passes'(log) {
    function* main() {
      const t = timeout(10)
      yield* outcome(log, 'body', use(t, function* () { throw new Boom() }))
      log(t.expired())
      yield* sleep(20)
    }

    run(main())
  },

  'the clean-up after the deadline takes its time'(log) {
    function* body() {
      yield* use(timeout(10), function* () {
        try {
          yield* sleep(100)
        } finally {
          yield* sleep(50)
          log('cleaned up')
        }
      })
    }

    function* main() {
      yield* outcome(log, 'body', body())
      log(getRunningLoop().time())
    }

    run(main())
  },

  'a TimeoutError raised inside is not its own'(log) {
    function* main() {
      const t = timeout(50)
      yield* use(t, function* () {
        yield* outcome(log, 'waitFor', waitFor(sleep(100), 10))
        yield* sleep(10)
      })
      log(t.expired())
    }

    run(main())
  },

  'each task has its own limit'(log) {
    function* child(ms: number) { yield* use(timeout(ms), function* () { yield* sleep(15) }) }

    function* main() { log(yield* gather([child(10), child(20), child(12)], { returnExceptions: true })) }

    run(main())
  },

  'an eager task has its own limit from its first step'(log) {
    function* child() { yield* use(timeout(5), function* () { yield* sleep(100) }) }

    function* main() {
      getRunningLoop().setTaskFactory(eagerTaskFactory)
      const task = createTask(child())
      yield* outcome(log, 'task', task)
      log(task.cancelling(), self().cancelling(), getRunningLoop().time())
    }

    run(main())
  },
}
