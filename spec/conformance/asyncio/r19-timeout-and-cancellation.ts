/** R19, cancelled: a cancellation from elsewhere stays a CancelledError, even at the deadline. */
import {
  CancelledError, type Future, type Timeout, createTask, gather, getRunningLoop, sleep, timeout, use,
} from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { run } from './support/virtual.ts'
import { message, outcome, self } from './support/witness.ts'

export const programs: Programs = {
  'a CancelledError raised by the body passes'(log) {
    function* main() {
      const t = timeout(10)
      yield* outcome(log, 'body', use(t, function* () { throw new CancelledError() }))
      log(t.expired())
    }

    run(main())
  },

  'a subclass of CancelledError becomes a TimeoutError too'(log) {
    class Mine extends CancelledError {}

    function* body() {
      yield* use(timeout(10), function* () {
        try {
          yield* sleep(100)
        } catch {
          throw new Mine()
        }
      })
    }

    function* main() { yield* outcome(log, 'body', body()) }

    run(main())
  },

  'cancelled from outside before the deadline, it is no timeout'(log) {
    function* child(t: Timeout) { yield* use(t, function* () { yield* sleep(100) }) }

    function* main() {
      const t = timeout(10)
      const task = createTask(child(t))
      yield* sleep(5)
      task.cancel('from outside')
      try {
        yield* task
      } catch (error) {
        log(error, message(error))
      }
      log(t.expired(), task.cancelling())
    }

    run(main())
  },

  'cancelled from outside at the deadline, it is cancelled, whichever came first'(log) {
    function* child(t: Timeout) { yield* use(t, function* () { yield* sleep(100) }) }

    function* main() {
      for (const first of [true, false]) {
        const t = timeout(10)
        const cancel = (): void => { task.cancel() }
        if (first) getRunningLoop().callLater(10, cancel)
        const task = createTask(child(t))
        yield* sleep(0)
        if (!first) getRunningLoop().callLater(10, cancel)
        yield* outcome(log, 'task', task)
        log(t.expired(), task.cancelling())
      }
    }

    run(main())
  },

  'cancelled from outside during the clean-up after the deadline, it is cancelled'(log) {
    function* child(t: Timeout) {
      yield* use(t, function* () {
        try {
          yield* sleep(100)
        } finally {
          yield* sleep(10)
          log('never here')
        }
      })
    }

    function* main() {
      const t = timeout(10)
      const task = createTask(child(t))
      yield* sleep(15)
      task.cancel()
      yield* outcome(log, 'task', task)
      log(t.expired(), task.cancelling(), getRunningLoop().time())
    }

    run(main())
  },

  'a result that arrives at the deadline is lost'(log) {
    function* body(future: Future) { yield* use(timeout(10), function* () { log('gets', yield* future) }) }

    function* main() {
      const loop = getRunningLoop()
      const future = loop.createFuture()
      loop.callLater(10, () => { future.setResult('lost') })
      yield* outcome(log, 'body', body(future))
      log(future.result())
    }

    run(main())
  },

  'earlier requests do not count'(log) {
    function* body() { yield* use(timeout(10), function* () { yield* sleep(100) }) }

    function* main() {
      self().cancel()
      yield* outcome(log, 'sleep', sleep(1))
      log(self().cancelling())
      yield* outcome(log, 'body', body())
      log(self().cancelling())
    }

    run(main())
  },

  'a cancellation pending at the entry is delivered inside, and is no timeout'(log) {
    function* main() {
      const t = timeout(10)
      self().cancel('pending')
      try {
        yield* use(t, function* () { yield* sleep(100) })
      } catch (error) {
        log(error, message(error))
      }
      log(t.expired(), self().cancelling())
    }

    run(main())
  },

  'what the body waits for is cancelled'(log) {
    function* child(name: string) { yield* outcome(log, name, sleep(100)) }

    function* main() {
      const task = createTask(child('task'))
      yield* outcome(log, 'one task', use(timeout(10), function* () { yield* task }))
      yield* outcome(log, 'gather', use(timeout(10), function* () { yield* gather([child('a'), child('b')]) }))
    }

    run(main())
  },

  'uncancel() inside the body does not prevent the TimeoutError'(log) {
    function* body() {
      yield* use(timeout(10), function* () {
        try {
          yield* sleep(100)
        } catch (error) {
          log(error, self().uncancel())
          throw error
        }
      })
    }

    function* main() {
      yield* outcome(log, 'body', body())
      log(self().cancelling())
    }

    run(main())
  },
}
