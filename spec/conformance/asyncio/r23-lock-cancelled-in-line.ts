/**
 * R23, cancelled: a task that is cancelled in line leaves it; if the lock was given to it already, the next one gets
 * it.
 */
import { Lock, type Task, createTask, currentTask, gather, sleep, wait, waitFor } from '../../../lib/index.ts'
import { type Programs, table } from '../programs.ts'
import { hold, lineUp, start, turns } from './support/crew.ts'
import { run } from './support/virtual.ts'
import { message, outcome, ticker } from './support/witness.ts'

export const programs: Programs = {
  'a task cancelled in line leaves it, and the lock stays held'(log) {
    function* main() {
      const lock = new Lock()
      yield* lock.acquire()
      const [a, b] = lineUp(log, () => lock.acquire(), 'a', 'b')
      yield* sleep(0)
      log(a.cancel())
      yield* turns(3)
      log(lock.locked(), b.done())
      lock.release()
      yield* b
    }

    run(main())
  },

  'a task cancelled before its start never stands in line'(log) {
    function* main() {
      const lock = new Lock()
      yield* lock.acquire()
      const a = createTask(hold(log, 'a', lock, 10))
      const b = start(log, 'b', lock.acquire())
      a.cancel()
      yield* sleep(0)
      lock.release()
      yield* b
      log(a.cancelled())
    }

    run(main())
  },

  ...table({
    'cancelled before the release: the next one gets the lock after the first has left': { cancelledFirst: true },
    'cancelled after the release: the woken task passes the lock on': { cancelledFirst: false },
  }, (log, { cancelledFirst }) => {
    function* main() {
      const lock = new Lock()
      yield* lock.acquire()
      const [a, b] = lineUp(log, () => lock.acquire(), 'a', 'b')
      yield* sleep(0)
      ticker(log, 3)
      if (cancelledFirst) a.cancel()
      lock.release()
      if (!cancelledFirst) a.cancel()
      yield* wait([a, b])
      log(lock.locked())
    }

    run(main())
  }),

  'woken and cancelled with nobody behind: the lock is free'(log) {
    function* main() {
      const lock = new Lock()
      yield* lock.acquire()
      const a = start(log, 'a', lock.acquire())
      yield* sleep(0)
      lock.release()
      a.cancel()
      yield* a
      log(lock.locked())
      ticker(log, 1)
      log(yield* lock.acquire())
      yield* sleep(0)
    }

    run(main())
  },

  'when all in line are cancelled, a newcomer in the same step gets it at once'(log) {
    function* main() {
      const lock = new Lock()
      yield* lock.acquire()
      const tasks = lineUp(log, () => lock.acquire(), 'a', 'b')
      yield* sleep(0)
      for (const task of tasks) task.cancel()
      lock.release()
      log('main', yield* lock.acquire())
      yield* wait(tasks)
      log(lock.locked())
    }

    run(main())
  },

  'one task left in line is enough to make a newcomer wait'(log) {
    function* main() {
      const lock = new Lock()
      yield* lock.acquire()
      const [a, b] = lineUp(log, () => lock.acquire(), 'a', 'b')
      yield* sleep(0)
      a.cancel()
      lock.release()
      const newcomer = start(log, 'newcomer', lock.acquire())
      yield* b
      log(a.done(), newcomer.done())
      lock.release()
      yield* newcomer
    }

    run(main())
  },

  'asking in the step of the release goes behind the one left in line'(log) {
    function* main() {
      const lock = new Lock()
      yield* lock.acquire()
      const [a, b] = lineUp(log, () => lock.acquire(), 'a', 'b')
      yield* sleep(0)
      a.cancel()
      lock.release()
      yield* outcome(log, 'main', waitFor(lock.acquire(), 10))
      log(a.done(), b.done())
    }

    run(main())
  },

  'a woken task that is cancelled still keeps newcomers out'(log) {
    function* main() {
      const lock = new Lock()
      yield* lock.acquire()
      const a = start(log, 'a', lock.acquire())
      yield* sleep(0)
      lock.release()
      a.cancel()
      ticker(log, 3)
      log('main', yield* lock.acquire())
      log(a.done())
    }

    run(main())
  },

  'when several in line are cancelled, the others keep their order'(log) {
    function* main() {
      const lock = new Lock()
      yield* lock.acquire()
      const tasks = lineUp(log, () => lock.acquire(), 'a', 'b', 'c', 'd', 'e')
      yield* sleep(0)
      tasks[1].cancel()
      tasks[3].cancel()
      for (let i = 0; i < 3; i++) {
        lock.release()
        yield* turns(3)
      }
      log(lock.locked())
    }

    run(main())
  },

  'when one after the other is woken and cancelled, the last one gets it'(log) {
    function* main() {
      const lock = new Lock()
      yield* lock.acquire()
      const tasks = lineUp(log, () => lock.acquire(), 'a', 'b', 'c')
      yield* sleep(0)
      lock.release()
      for (const task of tasks.slice(0, 2)) {
        task.cancel()
        yield* sleep(0)
        log(lock.locked())
      }
      yield* wait(tasks)
      log(lock.locked())
    }

    run(main())
  },

  'two in line are cancelled, one before and one after the release'(log) {
    function* main() {
      for (const [first, second] of [[0, 1], [1, 0]] as const) {
        const lock = new Lock()
        yield* lock.acquire()
        const tasks = lineUp(log, () => lock.acquire(), 'a', 'b', 'c')
        yield* sleep(0)
        tasks[first].cancel()
        lock.release()
        tasks[second].cancel()
        yield* wait(tasks)
        log(lock.locked())
      }
    }

    run(main())
  },

  'the message of the cancellation arrives'(log) {
    function* waiter(name: string, lock: Lock) {
      try {
        yield* lock.acquire()
      } catch (error) {
        log(name, message(error))
      }
    }

    function* main() {
      const lock = new Lock()
      yield* lock.acquire()
      const [a, b] = [createTask(waiter('a', lock)), createTask(waiter('b', lock))]
      yield* sleep(0)
      b.cancel('in line')
      lock.release()
      a.cancel('woken')
      yield* wait([a, b])
      log(lock.locked())
    }

    run(main())
  },

  'a task that swallows its cancellation may ask again, from the end of the line'(log) {
    function* stubborn(lock: Lock) {
      yield* outcome(log, 'first', lock.acquire())
      const self = currentTask() as Task
      log(self.cancelling(), self.uncancel())
      yield* outcome(log, 'second', lock.acquire())
    }

    function* main() {
      const lock = new Lock()
      yield* lock.acquire()
      const a = createTask(stubborn(lock))
      const b = start(log, 'b', lock.acquire())
      yield* sleep(0)
      a.cancel()
      yield* sleep(0)
      lock.release()
      yield* b
      lock.release()
      yield* a
    }

    run(main())
  },

  'cancelling a gather() takes all its children out of the line'(log) {
    function* main() {
      const lock = new Lock()
      yield* lock.acquire()
      const both = gather([outcome(log, 'a', lock.acquire()), outcome(log, 'b', lock.acquire())])
      const c = start(log, 'c', lock.acquire())
      yield* sleep(0)
      lock.release()
      both.cancel()
      yield* c
      log(lock.locked())
      yield* outcome(log, 'both', both)
    }

    run(main())
  },
}
