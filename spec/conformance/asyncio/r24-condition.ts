/** R24: A condition gives up its lock while it waits and takes it again before it continues. */
import {
  Condition, Lock, createTask, eagerTaskFactory, getRunningLoop, sleep, use, wait, waitFor,
} from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { notify, notifyAll, waitInside } from './support/conditions.ts'
import { hold, lineUp, start, turns } from './support/crew.ts'
import { Boom } from './support/errors.ts'
import { attempt } from './support/probes.ts'
import { run } from './support/virtual.ts'
import { outcome, ticker } from './support/witness.ts'

export const programs: Programs = {
  'without the lock one can neither wait nor notify'(log) {
    function* main() {
      const condition = new Condition()
      log(condition.locked())
      yield* outcome(log, 'wait', condition.wait())
      yield* outcome(log, 'wait for', condition.waitFor(() => false))
      attempt(log, () => { condition.notify() })
      attempt(log, () => { condition.notifyAll() })
      attempt(log, () => { condition.release() })
    }

    run(main())
  },

  'with the lock, a notification without waiters is lost'(log) {
    function* main() {
      const condition = new Condition()
      yield* condition.acquire()
      log(condition.notify(), condition.notify(5), condition.notify(0), condition.notifyAll(), condition.locked())
      condition.release()
      yield* outcome(log, 'main', waitFor(waitInside(condition), 10))
      log(condition.locked())
    }

    run(main())
  },

  'a wait gives up the lock, and has it again when it continues'(log) {
    function* waiter(condition: Condition) {
      yield* use(condition, function* () {
        log('waits', condition.locked())
        log(yield* condition.wait(), condition.locked())
      })
      log(condition.locked())
    }

    function* main() {
      const condition = new Condition()
      const task = createTask(waiter(condition))
      yield* sleep(0)
      log('given away', !condition.locked())
      yield* use(condition, function* () {
        condition.notify()
        yield* sleep(10)
        log('still mine', condition.locked(), task.done())
      })
      yield* task
    }

    run(main())
  },

  'notified waiters continue one after the other, in the order in which they came'(log) {
    function* waiter(name: string, condition: Condition) {
      yield* use(condition, function* () {
        yield* condition.wait()
        log(name, getRunningLoop().time())
        yield* sleep(10)
      })
    }

    function* main() {
      const condition = new Condition()
      const tasks = Array.from('abc', name => createTask(waiter(name, condition)))
      yield* turns(5)
      yield* notifyAll(condition)
      yield* wait(tasks)
    }

    run(main())
  },

  'if nobody else wants the lock, all notified waiters continue in the next turn'(log) {
    function* main() {
      const condition = new Condition()
      const [a, b] = lineUp(log, () => waitInside(condition), 'a', 'b')
      yield* turns(2)
      ticker(log, 5)
      yield* use(condition, function* () {
        condition.notifyAll()
        log('notified')
      })
      yield* wait([a, b])
      yield* turns(1)
    }

    run(main())
  },

  'notify(n) wakes n waiters'(log) {
    function* main() {
      const condition = new Condition()
      const tasks = lineUp(log, () => waitInside(condition), ...Array.from('abcdefg'))
      yield* turns(2)
      for (const n of [0, -1, 1, 2, 3, 100]) {
        yield* notify(condition, n)
        yield* turns(10)
        log(n, tasks.filter(task => task.done()).length)
      }
    }

    run(main())
  },

  'notified twice in one step, two waiters continue'(log) {
    function* main() {
      const condition = new Condition()
      const [a, b, c] = lineUp(log, () => waitInside(condition), 'a', 'b', 'c')
      yield* turns(2)
      yield* use(condition, function* () {
        condition.notify()
        condition.notify()
      })
      yield* wait([a, b])
      yield* turns(3)
      log(c.done())
      yield* notify(condition)
      yield* c
    }

    run(main())
  },

  'a notified waiter stands behind those who asked for the lock before'(log) {
    function* main() {
      const condition = new Condition()
      const a = start(log, 'a', waitInside(condition))
      yield* sleep(0)
      const other = yield* use(condition, function* () {
        const other = createTask(hold(log, 'other', condition, 10))
        yield* sleep(0)
        condition.notify()
        return other
      })
      yield* wait([a, other])
      log(getRunningLoop().time(), condition.locked())
    }

    run(main())
  },

  'it uses the lock that it is given'(log) {
    function* main() {
      const lock = new Lock()
      const condition = new Condition(lock)
      yield* use(lock, function* () {
        log(condition.locked())
        condition.notify()
      })
      yield* condition.acquire()
      log(lock.locked())
      lock.release()
      log(condition.locked())
    }

    run(main())
  },

  'two conditions may share a lock'(log) {
    function* main() {
      const lock = new Lock()
      const [full, empty] = [new Condition(lock), new Condition(lock)]
      const a = start(log, 'full', waitInside(full))
      const b = start(log, 'empty', waitInside(empty))
      yield* turns(2)
      yield* use(lock, function* () { empty.notifyAll() })
      yield* b
      log(a.done())
      yield* use(lock, function* () { full.notifyAll() })
      yield* a
    }

    run(main())
  },

  'it is enough that somebody holds the lock'(log) {
    function* main() {
      const condition = new Condition()
      yield* condition.acquire()
      const a = start(log, 'a', condition.wait())
      yield* sleep(0)
      log('given away by another one', condition.locked())
      yield* notify(condition)
      yield* a
      log(condition.locked())
    }

    run(main())
  },

  'plain code may notify while somebody holds the lock'(log) {
    function* main() {
      const loop = getRunningLoop()
      const condition = new Condition()
      const tryIt = () => { attempt(log, () => { condition.notify() }) }
      const a = start(log, 'a', waitInside(condition))
      yield* sleep(0)
      loop.callSoon(tryIt)
      yield* turns(2)
      yield* use(condition, function* () {
        loop.callSoon(tryIt)
        yield* turns(2)
      })
      yield* a
    }

    run(main())
  },

  'eager tasks wait for a condition in the order in which they were created'(log) {
    function* main() {
      getRunningLoop().setTaskFactory(eagerTaskFactory)
      const condition = new Condition()
      const tasks = lineUp(log, () => waitInside(condition), 'a', 'b', 'c')
      log(condition.locked())
      yield* condition.acquire()
      condition.notify(2)
      condition.release()
      yield* wait(tasks.slice(0, 2))
      tasks[2].cancel()
      yield* tasks[2]
    }

    run(main())
  },

  'a body that fails releases the lock'(log) {
    function* body(condition: Condition) {
      yield* use(condition, function* (value) {
        log(value, condition.locked())
        throw new Boom()
      })
    }

    function* main() {
      const condition = new Condition()
      yield* outcome(log, 'body', body(condition))
      log(condition.locked())
    }

    run(main())
  },

  'a condition belongs to the loop in which a task first waited for it'(log) {
    function* together(condition: Condition) {
      const task = start(log, 'task', waitInside(condition))
      yield* sleep(0)
      yield* notify(condition)
      yield* task
    }

    const condition = new Condition()
    run(notify(condition))
    run(notify(condition))
    run(together(condition))
    run(notify(condition))
    run(together(condition))
  },

  'a wait that is refused in another loop does not give up the lock'(log) {
    function* first(condition: Condition) { yield* outcome(log, 'first', waitFor(waitInside(condition), 10)) }

    function* second(condition: Condition) {
      yield* condition.acquire()
      const other = createTask(hold(log, 'other', condition, 10))
      yield* sleep(0)
      ticker(log, 1)
      yield* outcome(log, 'second', condition.wait())
      log(condition.locked())
      yield* sleep(0)
      condition.release()
      yield* other
    }

    const condition = new Condition()
    run(first(condition))
    run(second(condition))
  },
}
