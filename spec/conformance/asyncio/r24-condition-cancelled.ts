/**
 * R24, `Condition.wait()` cancelled: it takes the lock before it raises the error, and a notification that it had
 * received goes to another waiter.
 */
import {
  Condition, type Task, createTask, currentTask, getRunningLoop, sleep, timeout, use, wait, waitFor,
} from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { notify, notifyAll, waitInside } from './support/conditions.ts'
import { hold, lineUp, start, turns } from './support/crew.ts'
import { run } from './support/virtual.ts'
import { message, outcome, ticker } from './support/witness.ts'

export const programs: Programs = {
  'cancelled while it waits, it takes the lock before it gets the error'(log) {
    function* waiter(condition: Condition) {
      yield* use(condition, function* () {
        try {
          yield* condition.wait()
        } catch (error) {
          log(error, message(error), condition.locked(), getRunningLoop().time())
          throw error
        }
      })
    }

    function* main() {
      const condition = new Condition()
      const task = createTask(waiter(condition))
      yield* sleep(0)
      yield* use(condition, function* () {
        task.cancel('no more')
        yield* sleep(10)
        log(task.done())
      })
      yield* outcome(log, 'task', task)
      log(condition.locked())
    }

    run(main())
  },

  'cancelled while the lock is free, it gets the error in its turn'(log) {
    function* main() {
      const condition = new Condition()
      const a = start(log, 'a', waitInside(condition))
      yield* sleep(0)
      ticker(log, 2)
      a.cancel()
      yield* a
      log(condition.locked())
    }

    run(main())
  },

  'cancelled repeatedly while it takes the lock, it keeps trying, and gets the last error'(log) {
    function* waiter(condition: Condition) {
      yield* use(condition, function* () {
        try {
          yield* condition.wait()
        } catch (error) {
          log(error, message(error), condition.locked(), (currentTask() as Task).cancelling())
        }
      })
    }

    function* main() {
      const condition = new Condition()
      const task = createTask(waiter(condition))
      yield* sleep(0)
      yield* use(condition, function* () {
        for (let i = 0; i < 4; i++) {
          log(task.cancel(`number ${i}`))
          yield* turns(2)
        }
        log(task.done())
      })
      yield* task
      log(condition.locked())
    }

    run(main())
  },

  'cancelled in each turn, it goes to the end of the line each time'(log) {
    function* main() {
      const condition = new Condition()
      const a = start(log, 'a', waitInside(condition))
      yield* sleep(0)
      yield* condition.acquire()
      a.cancel()
      yield* sleep(0)
      const b = start(log, 'b', condition.acquire())
      yield* sleep(0)
      a.cancel()
      yield* sleep(0)
      condition.release()
      yield* b
      log(a.done())
      condition.release()
      yield* a
    }

    run(main())
  },

  'cancelled just before it takes the lock again, it stands in line once more'(log) {
    function* main() {
      const condition = new Condition()
      const a = start(log, 'a', waitInside(condition))
      yield* sleep(0)
      const b = yield* use(condition, function* () {
        condition.notify()
        yield* sleep(0)
        const b = start(log, 'b', hold(log, 'b', condition, 10))
        yield* sleep(0)
        return b
      })
      a.cancel()
      ticker(log, 3)
      yield* wait([a, b])
      log(condition.locked(), getRunningLoop().time())
    }

    run(main())
  },

  'notified and cancelled in one step: another one is notified instead'(log) {
    function* main() {
      const condition = new Condition()
      const [a, b, c] = lineUp(log, () => waitInside(condition), 'a', 'b', 'c')
      yield* turns(2)
      yield* use(condition, function* () {
        condition.notify()
        a.cancel()
      })
      yield* wait([a, b])
      yield* turns(3)
      log(c.done())
      yield* notify(condition)
      yield* c
    }

    run(main())
  },

  'notified, and cancelled on the way to the lock: another one is notified instead'(log) {
    function* main() {
      const condition = new Condition()
      const [a, b] = lineUp(log, () => waitInside(condition), 'a', 'b')
      yield* turns(2)
      yield* use(condition, function* () {
        condition.notify()
        yield* turns(3)
        a.cancel()
        yield* turns(3)
        log(a.done(), b.done())
      })
      yield* wait([a, b])
      log(condition.locked())
    }

    run(main())
  },

  'cancelled and then notified: the next one gets it, and one more wakes in vain'(log) {
    function* main() {
      const condition = new Condition()
      const [a, b, c] = lineUp(log, () => waitInside(condition), 'a', 'b', 'c')
      yield* turns(2)
      yield* use(condition, function* () {
        a.cancel()
        condition.notify()
      })
      yield* wait([a, b, c])
    }

    run(main())
  },

  'a cancelled waiter wakes another one in vain'(log) {
    function* main() {
      const condition = new Condition()
      const [a, b, c] = lineUp(log, () => waitInside(condition), 'a', 'b', 'c')
      yield* turns(2)
      a.cancel()
      yield* a
      yield* turns(3)
      log(b.done(), c.done())
      yield* notify(condition)
      yield* wait([b, c])
    }

    run(main())
  },

  'a waiter with a predicate checks again, and is not misled'(log) {
    function* main() {
      const state = { ready: false }
      const condition = new Condition()

      function* waiter() { return yield* use(condition, () => condition.waitFor(() => state.ready)) }

      const [a, b, c] = lineUp(log, waiter, 'a', 'b', 'c')
      yield* turns(2)
      a.cancel()
      yield* turns(5)
      log(a.done(), b.done(), c.done())
      yield* use(condition, function* () {
        state.ready = true
        condition.notifyAll()
      })
      yield* wait([b, c])
    }

    run(main())
  },

  'when all notified waiters are cancelled, the rest of the line is woken instead'(log) {
    function* main() {
      const condition = new Condition()
      const [a, b, c, d, e] = lineUp(log, () => waitInside(condition), 'a', 'b', 'c', 'd', 'e')
      yield* turns(2)
      yield* use(condition, function* () {
        condition.notify(2)
        a.cancel()
        b.cancel()
      })
      yield* wait([a, b, c, d])
      yield* turns(3)
      log(e.done())
      yield* notifyAll(condition)
      yield* e
    }

    run(main())
  },

  'notifyAll() after some were cancelled'(log) {
    function* main() {
      const condition = new Condition()
      const tasks = lineUp(log, () => waitInside(condition), 'a', 'b', 'c', 'd')
      yield* turns(2)
      tasks[0].cancel()
      tasks[2].cancel()
      yield* notifyAll(condition)
      yield* wait(tasks)
      log(condition.locked())
    }

    run(main())
  },

  'at the deadline the lock has to be taken first'(log) {
    function* waiter(condition: Condition) {
      yield* use(condition, function* () {
        yield* outcome(log, 'wait', waitFor(condition.wait(), 10))
        log(condition.locked(), getRunningLoop().time())
      })
    }

    function* main() {
      const condition = new Condition()
      const task = createTask(waiter(condition))
      yield* sleep(5)
      yield* use(condition, function* () { yield* sleep(20) })
      yield* task
    }

    run(main())
  },

  'a timeout around a condition, and the notification in the same turn'(log) {
    function* waiter(condition: Condition) { yield* use(timeout(10), () => waitInside(condition)) }

    function* main() {
      const loop = getRunningLoop()
      const condition = new Condition()
      loop.callLater(10, () => { loop.createTask(notify(condition)) })
      const [a, b] = [start(log, 'a', waiter(condition)), start(log, 'b', waitInside(condition))]
      yield* wait([a, b])
      log(condition.locked(), loop.time())
    }

    run(main())
  },

  'a waiter that swallows its cancellation holds the lock, and may wait again'(log) {
    function* stubborn(condition: Condition) {
      yield* use(condition, function* () {
        yield* outcome(log, 'first', condition.wait())
        log(condition.locked(), (currentTask() as Task).uncancel())
        yield* outcome(log, 'second', condition.wait())
      })
      return 'done'
    }

    function* main() {
      const condition = new Condition()
      const task = start(log, 'task', stubborn(condition))
      yield* sleep(0)
      task.cancel()
      yield* turns(3)
      log(condition.locked())
      yield* notify(condition)
      yield* task
    }

    run(main())
  },
}
