/** R25: A semaphore admits as many tasks as its value says, first come, first served. */
import {
  BoundedSemaphore, Semaphore, createTask, eagerTaskFactory, gather, getRunningLoop, sleep, timeout, use, wait, waitFor,
} from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { hold, lineUp, start, turns } from './support/crew.ts'
import { Boom } from './support/errors.ts'
import { attempt } from './support/probes.ts'
import { room } from './support/semaphores.ts'
import { run } from './support/virtual.ts'
import { outcome, ticker } from './support/witness.ts'

export const programs: Programs = {
  'as long as there is room, nobody waits'(log) {
    function* main() {
      const semaphore = new Semaphore(3)
      ticker(log, 1)
      for (let i = 0; i < 3; i++) log(yield* semaphore.acquire(), semaphore.locked())
      yield* sleep(0)
    }

    run(main())
  },

  'its value is one by default, and is never negative'(log) {
    function* main() {
      for (const semaphore of [new Semaphore(), new BoundedSemaphore(), new Semaphore(0)]) {
        log(semaphore.locked(), yield* room(semaphore))
      }
    }

    attempt(log, () => new Semaphore(-1))
    attempt(log, () => new BoundedSemaphore(-1))
    run(main())
  },

  'created with zero, it admits the first task at the first release'(log) {
    function* main() {
      const semaphore = new Semaphore(0)
      const [a, b] = lineUp(log, () => semaphore.acquire(), 'a', 'b')
      yield* turns(3)
      log(a.done())
      semaphore.release()
      yield* turns(3)
      log(a.done(), b.done())
      semaphore.release()
      yield* b
    }

    run(main())
  },

  'tasks are admitted in the order in which they asked'(log) {
    function* main() {
      const semaphore = new Semaphore(2)
      yield* gather(Array.from('abcde', name => hold(log, name, semaphore, 10)))
      log(getRunningLoop().time())
    }

    run(main())
  },

  'whoever leaves, the first in line is next'(log) {
    function* main() {
      const semaphore = new Semaphore(2)
      yield* gather([30, 5, 10, 1, 20].map(ms => hold(log, `for ${ms}`, semaphore, ms)))
      log(getRunningLoop().time(), yield* room(semaphore))
    }

    run(main())
  },

  'with a value of one, tasks take turns'(log) {
    function* work(name: number, semaphore: Semaphore) {
      for (let i = 0; i < 2; i++) {
        yield* use(semaphore, function* () {
          log(name, i)
          yield* sleep(0)
        })
      }
    }

    function* main() {
      const semaphore = new Semaphore(1)
      yield* gather([0, 1, 2].map(name => work(name, semaphore)))
    }

    run(main())
  },

  'a waiter continues in the turn after the release, and has its place already'(log) {
    function* main() {
      const semaphore = new Semaphore(1)
      yield* semaphore.acquire()
      const a = start(log, 'a', semaphore.acquire())
      yield* sleep(0)
      ticker(log, 2)
      semaphore.release()
      log(semaphore.locked())
      yield* a
    }

    run(main())
  },

  'released and acquired again in one step, it goes to the next in line'(log) {
    function* main() {
      const semaphore = new Semaphore(1)
      yield* semaphore.acquire()
      const a = start(log, 'a', semaphore.acquire())
      yield* sleep(0)
      semaphore.release()
      const b = start(log, 'b', semaphore.acquire())
      yield* outcome(log, 'main', waitFor(semaphore.acquire(), 10))
      semaphore.release()
      yield* wait([a, b])
    }

    run(main())
  },

  'several releases in one step admit several'(log) {
    function* main() {
      const semaphore = new Semaphore(0)
      const [a, b, c] = lineUp(log, () => semaphore.acquire(), 'a', 'b', 'c')
      yield* sleep(0)
      semaphore.release()
      semaphore.release()
      yield* wait([a, b])
      log(c.done(), semaphore.locked())
      semaphore.release()
      yield* c
    }

    run(main())
  },

  'even with more room than waiters, a newcomer stands behind those that were woken'(log) {
    function* main() {
      const semaphore = new Semaphore(0)
      const a = start(log, 'a', semaphore.acquire())
      yield* sleep(0)
      for (let i = 0; i < 3; i++) semaphore.release()
      log(semaphore.locked())
      ticker(log, 3)
      log('main', yield* semaphore.acquire())
      log(a.done(), yield* room(semaphore))
    }

    run(main())
  },

  'a newcomer behind a woken task is admitted by it'(log) {
    function* main() {
      const semaphore = new Semaphore(0)
      const a = start(log, 'a', semaphore.acquire())
      yield* sleep(0)
      const [b, c] = lineUp(log, () => semaphore.acquire(), 'b', 'c')
      for (let i = 0; i < 3; i++) semaphore.release()
      ticker(log, 3)
      yield* wait([a, b, c])
      log(yield* room(semaphore))
    }

    run(main())
  },

  'a release without an acquire adds room'(log) {
    function* main() {
      const semaphore = new Semaphore(1)
      semaphore.release()
      semaphore.release()
      log(yield* room(semaphore))
    }

    run(main())
  },

  'a bounded one never has more room than at the beginning'(log) {
    function* main() {
      const semaphore = new BoundedSemaphore(2)
      attempt(log, () => { semaphore.release() })
      yield* semaphore.acquire()
      attempt(log, () => { semaphore.release() })
      attempt(log, () => { semaphore.release() })
      attempt(log, () => { new BoundedSemaphore(0).release() })
      log(yield* room(semaphore))
    }

    run(main())
  },

  'a bounded one misses a release too many while a woken task is on its way'(log) {
    function* main() {
      const semaphore = new BoundedSemaphore(1)
      yield* semaphore.acquire()
      const a = start(log, 'a', semaphore.acquire())
      yield* sleep(0)
      for (let i = 0; i < 3; i++) attempt(log, () => { semaphore.release() })
      yield* a
      log(semaphore.locked())
    }

    run(main())
  },

  'a body that fails or is cancelled makes room again; one that never came in does not'(log) {
    function* fails(semaphore: Semaphore) {
      yield* use(semaphore, function* (value) {
        log(value)
        throw new Boom()
      })
    }

    function* main() {
      const semaphore = new BoundedSemaphore(1)
      yield* outcome(log, 'fails', fails(semaphore))
      const [a, b] = [start(log, 'a', hold(log, 'a', semaphore, 10)), start(log, 'b', hold(log, 'b', semaphore, 10))]
      yield* sleep(0)
      b.cancel()
      yield* b
      log(semaphore.locked())
      a.cancel()
      yield* a
      log(yield* room(semaphore))
    }

    run(main())
  },

  'the deadline passes in line, and in the turn in which there is room'(log) {
    function* waiter(semaphore: Semaphore) { yield* use(timeout(10), () => semaphore.acquire()) }

    function* main() {
      const loop = getRunningLoop()
      const semaphore = new Semaphore(0)
      yield* outcome(log, 'in line', waiter(semaphore))
      loop.callLater(10, () => { semaphore.release() })
      yield* outcome(log, 'at once', waiter(semaphore))
      log(loop.time(), yield* room(semaphore))
      yield* outcome(log, 'without time', waitFor(semaphore.acquire(), 0))
      semaphore.release()
      yield* outcome(log, 'room, but no time', waitFor(semaphore.acquire(), 0))
      log(yield* room(semaphore))
    }

    run(main())
  },

  'eager tasks are admitted before their creator continues, as long as there is room'(log) {
    function* main() {
      getRunningLoop().setTaskFactory(eagerTaskFactory)
      const semaphore = new Semaphore(2)
      const tasks = Array.from('abc', name => start(log, name, hold(log, name, semaphore, 10)))
      log('made')
      yield* wait(tasks)
    }

    run(main())
  },

  'when one child of a gather() fails, the others continue, and release at their end'(log) {
    function* fails(semaphore: Semaphore) {
      yield* use(semaphore, function* () {
        yield* sleep(5)
        throw new Boom()
      })
    }

    function* main() {
      const semaphore = new Semaphore(3)
      const others = Array.from('ab', name => createTask(hold(log, name, semaphore, 10)))
      const both = gather([fails(semaphore), ...others])
      yield* outcome(log, 'all', both)
      log(getRunningLoop().time())
      yield* wait(others)
      log(getRunningLoop().time(), yield* room(semaphore))
    }

    run(main())
  },

  'a semaphore belongs to the loop in which a task first had to wait'(log) {
    function* crowd(semaphore: Semaphore) {
      yield* gather(Array.from('abc', name => outcome(log, name, hold(log, name, semaphore, 10))))
    }

    function* alone(semaphore: Semaphore) { return yield* use(semaphore, function* () { return 'alone' }) }

    const semaphore = new Semaphore(2)
    log(run(alone(semaphore)), run(alone(semaphore)))
    run(crowd(semaphore))
    log(run(alone(semaphore)))
    run(crowd(semaphore))
  },
}
