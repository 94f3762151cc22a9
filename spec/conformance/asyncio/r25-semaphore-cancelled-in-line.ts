/**
 * R25, a semaphore cancelled: a task cancelled in line leaves it; if a place was given to it already, the next one gets
 * it.
 */
import { Semaphore, type Task, currentTask, sleep, wait } from '../../../lib/index.ts'
import { type Programs, table } from '../programs.ts'
import { lineUp, start, turns } from './support/crew.ts'
import { room } from './support/semaphores.ts'
import { run } from './support/virtual.ts'
import { message, ticker } from './support/witness.ts'

export const programs: Programs = {
  'a task cancelled in line leaves it, and the room stays the same'(log) {
    function* main() {
      const semaphore = new Semaphore(1)
      yield* semaphore.acquire()
      const [a, b] = lineUp(log, () => semaphore.acquire(), 'a', 'b')
      yield* sleep(0)
      a.cancel()
      yield* turns(3)
      log(b.done())
      semaphore.release()
      yield* b
      log(yield* room(semaphore))
    }

    run(main())
  },

  ...table({
    'cancelled before the release: the next in line is woken at once': { cancelledFirst: true },
    'cancelled after the release: the woken task passes its place on': { cancelledFirst: false },
  }, (log, { cancelledFirst }) => {
    function* main() {
      const semaphore = new Semaphore(1)
      yield* semaphore.acquire()
      const [a, b] = lineUp(log, () => semaphore.acquire(), 'a', 'b')
      yield* sleep(0)
      ticker(log, 3)
      if (cancelledFirst) a.cancel()
      semaphore.release()
      if (!cancelledFirst) a.cancel()
      yield* wait([a, b])
      log(yield* room(semaphore))
    }

    run(main())
  }),

  'woken and cancelled with nobody behind: there is room again'(log) {
    function* main() {
      const semaphore = new Semaphore(1)
      yield* semaphore.acquire()
      const a = start(log, 'a', semaphore.acquire())
      yield* sleep(0)
      semaphore.release()
      a.cancel()
      log(semaphore.locked())
      yield* a
      log(semaphore.locked(), yield* room(semaphore))
    }

    run(main())
  },

  'two are woken and cancelled: the two behind them are admitted'(log) {
    function* main() {
      const semaphore = new Semaphore(0)
      const [a, b, c, d] = lineUp(log, () => semaphore.acquire(), 'a', 'b', 'c', 'd')
      yield* sleep(0)
      semaphore.release()
      semaphore.release()
      a.cancel()
      b.cancel()
      yield* wait([a, b, c, d])
      log(yield* room(semaphore))
    }

    run(main())
  },

  'one of several woken tasks is cancelled: the others are admitted'(log) {
    function* main() {
      for (const victim of [0, 1, 2] as const) {
        const semaphore = new Semaphore(0)
        const tasks = lineUp(log, () => semaphore.acquire(), 'a', 'b', 'c')
        yield* sleep(0)
        for (let i = 0; i < 3; i++) semaphore.release()
        tasks[victim].cancel()
        yield* wait(tasks)
        log(yield* room(semaphore))
      }
    }

    run(main())
  },

  'woken and cancelled one after the other, no place is lost'(log) {
    function* main() {
      const semaphore = new Semaphore(0)
      const tasks = lineUp(log, () => semaphore.acquire(), 'a', 'b', 'c')
      yield* sleep(0)
      semaphore.release()
      for (const task of tasks) {
        task.cancel()
        yield* sleep(0)
      }
      log(tasks.map(task => task.done()), yield* room(semaphore))
    }

    run(main())
  },

  'when all in line are cancelled, a newcomer in the same step is admitted at once'(log) {
    function* main() {
      const semaphore = new Semaphore(0)
      const tasks = lineUp(log, () => semaphore.acquire(), 'a', 'b')
      yield* sleep(0)
      for (const task of tasks) task.cancel()
      semaphore.release()
      log(semaphore.locked(), yield* semaphore.acquire())
      yield* wait(tasks)
      log(semaphore.locked())
    }

    run(main())
  },

  'a newcomer behind a woken and cancelled task is admitted after that has left'(log) {
    function* main() {
      const semaphore = new Semaphore(0)
      const a = start(log, 'a', semaphore.acquire())
      yield* sleep(0)
      semaphore.release()
      a.cancel()
      ticker(log, 3)
      log('main', yield* semaphore.acquire())
      log(a.done(), yield* room(semaphore))
    }

    run(main())
  },

  'the message of the cancellation arrives, and a task that swallows it may ask again'(log) {
    function* stubborn(semaphore: Semaphore) {
      try {
        yield* semaphore.acquire()
      } catch (error) {
        log(error, message(error), (currentTask() as Task).uncancel())
      }
      return yield* semaphore.acquire()
    }

    function* main() {
      const semaphore = new Semaphore(0)
      const a = start(log, 'a', stubborn(semaphore))
      const b = start(log, 'b', semaphore.acquire())
      yield* sleep(0)
      semaphore.release()
      a.cancel('too late')
      yield* b
      log(a.done())
      semaphore.release()
      yield* a
    }

    run(main())
  },
}
