/** R24: An event wakes all its waiters when it is set. */
import {
  Event, FIRST_COMPLETED, createTask, eagerTaskFactory, getRunningLoop, sleep, timeout, use, wait, waitFor,
} from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { lineUp, start, turns } from './support/crew.ts'
import { run } from './support/virtual.ts'
import { outcome, ticker } from './support/witness.ts'

export const programs: Programs = {
  'waiting for a set event takes no turn'(log) {
    function* main() {
      const event = new Event()
      ticker(log, 1)
      log(event.isSet())
      event.set()
      log(event.isSet(), yield* event.wait(), yield* event.wait())
      yield* sleep(0)
    }

    run(main())
  },

  'set() wakes all waiters, in the order in which they came'(log) {
    function* main() {
      const event = new Event()
      const tasks = lineUp(log, () => event.wait(), 'a', 'b', 'c')
      yield* turns(3)
      ticker(log, 2)
      event.set()
      log('set')
      yield* wait(tasks)
    }

    run(main())
  },

  'set and cleared in one step, it wakes them all the same'(log) {
    function* waiter(name: string, event: Event) { log(name, yield* event.wait(), event.isSet()) }

    function* main() {
      const event = new Event()
      const tasks = Array.from('ab', name => createTask(waiter(name, event)))
      yield* sleep(0)
      event.set()
      event.clear()
      yield* wait(tasks)
    }

    run(main())
  },

  'a task that comes after the clear waits for the next set'(log) {
    function* main() {
      const event = new Event()
      const early = start(log, 'early', event.wait())
      yield* sleep(0)
      event.set()
      event.clear()
      const late = start(log, 'late', event.wait())
      yield* early
      yield* turns(2)
      log(late.done())
      event.set()
      yield* late
    }

    run(main())
  },

  'set twice is set once, and cleared twice is cleared once'(log) {
    function* main() {
      const event = new Event()
      const a = start(log, 'a', event.wait())
      yield* sleep(0)
      log(event.set(), event.set(), event.isSet())
      yield* a
      log(event.clear(), event.clear(), event.isSet())
    }

    run(main())
  },

  'set and cleared periodically, it makes a returning waiter wait for the next time'(log) {
    function* waiter(name: string, event: Event) {
      for (let i = 0; i < 3; i++) {
        yield* event.wait()
        log(name, i, getRunningLoop().time())
      }
    }

    function* main() {
      const event = new Event()
      const tasks = Array.from('ab', name => createTask(waiter(name, event)))
      for (let i = 0; i < 3; i++) {
        yield* sleep(10)
        event.set()
        event.clear()
      }
      yield* wait(tasks)
    }

    run(main())
  },

  'while it stays set, a returning waiter does not wait'(log) {
    function* waiter(event: Event) {
      for (let i = 0; i < 3; i++) {
        yield* event.wait()
        log(i)
      }
    }

    function* main() {
      const event = new Event()
      const task = createTask(waiter(event))
      yield* sleep(0)
      ticker(log, 2)
      event.set()
      yield* task
    }

    run(main())
  },

  'a cancelled waiter is not woken, the others are'(log) {
    function* main() {
      const event = new Event()
      const [a, b, c] = lineUp(log, () => event.wait(), 'a', 'b', 'c')
      yield* sleep(0)
      log(b.cancel())
      yield* sleep(0)
      event.set()
      yield* wait([a, b, c])
    }

    run(main())
  },

  'set and cancelled in one step, the waiter is cancelled, whichever came first'(log) {
    function* main() {
      const event = new Event()
      const [a, b, c] = lineUp(log, () => event.wait(), 'a', 'b', 'c')
      yield* sleep(0)
      a.cancel()
      event.set()
      c.cancel()
      yield* wait([a, b, c])
      log(event.isSet())
    }

    run(main())
  },

  'a woken waiter that is cancelled wakes nobody else'(log) {
    function* main() {
      const event = new Event()
      const a = start(log, 'a', event.wait())
      yield* sleep(0)
      const late = start(log, 'late', event.wait())
      event.set()
      event.clear()
      a.cancel()
      yield* a
      yield* turns(3)
      log(late.done())
      event.set()
      yield* late
    }

    run(main())
  },

  'after a timeout, a later set() disturbs nobody'(log) {
    function* main() {
      const event = new Event()
      yield* outcome(log, 'in time', waitFor(event.wait(), 10))
      event.set()
      yield* outcome(log, 'again', waitFor(event.wait(), 10))
      log(getRunningLoop().time())
    }

    run(main())
  },

  'it is set in the turn of the deadline'(log) {
    function* waiter(event: Event) { return yield* use(timeout(10), () => event.wait()) }

    function* main() {
      const loop = getRunningLoop()
      const event = new Event()
      loop.callLater(10, () => { event.set() })
      yield* outcome(log, 'set first', waiter(event))
      event.clear()
      const task = start(log, 'time first', waiter(event))
      yield* sleep(0)
      loop.callLater(10, () => { event.set() })
      yield* task
      log(event.isSet(), loop.time())
    }

    run(main())
  },

  'an event can be created and set without a running loop'(log) {
    const event = new Event()
    event.set()
    log(run(event.wait()))
    event.clear()
    log(event.isSet())
  },

  'an event belongs to the loop in which a task first waited for it'(log) {
    function* setIt(event: Event) {
      getRunningLoop().callLater(10, () => { event.set() })
      yield* event.wait()
      return getRunningLoop().time()
    }

    const event = new Event()
    log(run(setIt(event)), run(setIt(event)))
    event.clear()
    run(outcome(log, 'elsewhere', setIt(event)))
    log(event.isSet())
  },

  'a chain of events'(log) {
    function* link(name: string, before: Event, after: Event) {
      yield* before.wait()
      log(name)
      after.set()
    }

    function* main() {
      const events = [new Event(), new Event(), new Event(), new Event()] as const
      const steps = [[2, 3], [0, 1], [1, 2]] as const
      const tasks = steps.map(([i, j]) => createTask(link(`${i} to ${j}`, events[i], events[j])))
      yield* sleep(0)
      ticker(log, 4)
      events[0].set()
      yield* events[3].wait()
      log('arrived')
      yield* wait(tasks)
    }

    run(main())
  },

  'eager tasks wait like others, and not at all when it is set'(log) {
    function* main() {
      getRunningLoop().setTaskFactory(eagerTaskFactory)
      const event = new Event()
      const [a, b] = lineUp(log, () => event.wait(), 'a', 'b')
      log(a.done())
      event.set()
      const c = start(log, 'c', event.wait())
      log(a.done(), c.done())
      yield* wait([a, b])
    }

    run(main())
  },

  'waiting for the first of several events leaves the others'(log) {
    function* main() {
      const [one, two] = [new Event(), new Event()]
      const tasks = [start(log, 'one', one.wait()), start(log, 'two', two.wait())]
      getRunningLoop().callLater(10, () => { two.set() })
      const [done, pending] = yield* wait(tasks, { returnWhen: FIRST_COMPLETED })
      log(Array.from(done, task => task.getName()), Array.from(pending, task => task.getName()))
      for (const task of pending) task.cancel()
      yield* wait(tasks)
    }

    run(main())
  },
}
