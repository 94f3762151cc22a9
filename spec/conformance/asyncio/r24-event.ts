/** R24: an event wakes all that wait; a condition gives its lock away while it waits, and always takes it again. */
import {
  type Coroutine, Condition, Event, FIRST_COMPLETED, Lock, type Task, createTask, currentTask, eagerTaskFactory, gather,
  getRunningLoop, sleep, timeout, use, wait, waitFor,
} from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { hold, lineUp, start, turns } from './support/crew.ts'
import { attempt } from './support/probes.ts'
import { run } from './support/virtual.ts'
import { message, outcome, ticker } from './support/witness.ts'

class Boom extends Error {}

function fail(): never { throw new Boom() }

/** Wait for a condition, as one should. */
function* waitInside(condition: Condition): Coroutine<true> { return yield* use(condition, () => condition.wait()) }

/** Notify, as one should. */
function* notify(condition: Condition, n = 1): Coroutine<void> {
  yield* use(condition, function* () { condition.notify(n) })
}

/** The same for all that wait. */
function* notifyAll(condition: Condition): Coroutine<void> {
  yield* use(condition, function* () { condition.notifyAll() })
}

export const programs: Programs = {
  'an event that is set holds nobody up'(log) {
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

  'set() wakes all that wait, in the order in which they came'(log) {
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

  'who comes after it was cleared waits for the next time'(log) {
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

  'in a pulse, a waiter that comes back waits for the next one'(log) {
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

  'where it stays set, a waiter that comes back does not wait'(log) {
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

  'a waiter that is cancelled is not woken, the others are'(log) {
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

  'a woken waiter that is cancelled wakes nobody in its place'(log) {
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

  'the time runs out, and a later set() disturbs nobody'(log) {
    function* main() {
      const event = new Event()
      yield* outcome(log, 'in time', waitFor(event.wait(), 10))
      event.set()
      yield* outcome(log, 'again', waitFor(event.wait(), 10))
      log(getRunningLoop().time())
    }

    run(main())
  },

  'it is set in the turn in which the time is over'(log) {
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

  'an event can be made and set where no loop runs'(log) {
    const event = new Event()
    event.set()
    log(run(event.wait()))
    event.clear()
    log(event.isSet())
  },

  'an event belongs to the loop in which somebody first waited for it'(log) {
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

  'one event leads to the next'(log) {
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

  'eager tasks wait as others do, and do not when it is set'(log) {
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

  'of the first of several events, the others are left'(log) {
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

  'without the lock, there is no wait and no notification'(log) {
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

  'with the lock, nobody to notify is no error, and nobody is told of it later'(log) {
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

  'a wait gives the lock away, and has it again when it comes back'(log) {
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

  'those who are notified go on one after the other, in the order in which they came'(log) {
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

  'where nobody else wants the lock, all who were notified go on in the next turn'(log) {
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

  'as many are notified as is said'(log) {
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

  'notified twice in one step, two of them go on'(log) {
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

  'one that is notified stands behind those who ask for the lock already'(log) {
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

  'the lock that it is given is the one that it uses'(log) {
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

  'it is enough that somebody has the lock'(log) {
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

  'waitFor() of what is true already takes no turn, and needs no lock'(log) {
    function* main() {
      const condition = new Condition()
      ticker(log, 1)
      log(yield* condition.waitFor(() => 'a value'))
      yield* sleep(0)
    }

    run(main())
  },

  'waitFor() looks again at each notification, and gives what it finds'(log) {
    const state = { value: 0 }

    function* waiter(condition: Condition, least: number) {
      function enough() {
        log('looks', least, state.value)
        return state.value >= least ? state.value : null
      }

      return yield* use(condition, () => condition.waitFor(enough))
    }

    function* main() {
      const condition = new Condition()
      const tasks = [2, 1].map(n => start(log, `at least ${n}`, waiter(condition, n)))
      yield* turns(2)
      for (const value of [0, 1, 3]) {
        yield* use(condition, function* () {
          state.value = value
          condition.notifyAll()
        })
        yield* turns(5)
      }
      yield* wait(tasks)
    }

    run(main())
  },

  'when the predicate fails, the lock is taken'(log) {
    function* main() {
      const condition = new Condition()
      yield* condition.acquire()
      yield* outcome(log, 'at once', condition.waitFor(fail))
      log(condition.locked())
      const looks = [() => false, fail]
      const a = start(log, 'later', condition.waitFor(() => looks.shift()?.()))
      yield* sleep(0)
      yield* notify(condition)
      yield* a
      log(condition.locked())
    }

    run(main())
  },

  'what was true when it was notified may be so no more when it looks'(log) {
    const items: string[] = []

    function* consumer(condition: Condition) {
      return yield* use(condition, function* () {
        yield* condition.waitFor(() => items.length > 0)
        return items.shift()
      })
    }

    function* main() {
      const condition = new Condition()
      const a = start(log, 'a', consumer(condition))
      yield* sleep(0)
      const thief = yield* use(condition, function* () {
        const thief = start(log, 'thief', consumer(condition))
        yield* sleep(0)
        items.push('first')
        condition.notify()
        return thief
      })
      yield* thief
      yield* turns(5)
      log(a.done())
      yield* use(condition, function* () {
        items.push('second')
        condition.notify()
      })
      yield* a
    }

    run(main())
  },

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

  'cancelled again and again while it takes the lock, it holds out, and gets the last error'(log) {
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

  'cancelled in each turn, it stands at the end of the line again each time'(log) {
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

  'cancelled when the lock is about to be taken again, it stands in line once more'(log) {
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

  'cancelled first and notified then, the next one gets it, and one more wakes for nothing'(log) {
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

  'a waiter that is cancelled wakes another one, for nothing'(log) {
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

  'who looks again is not misled by that'(log) {
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

  'all who were notified are cancelled: the rest of the line is woken in their place'(log) {
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

  'the time runs out, but the lock has to be taken first'(log) {
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

  'who swallows its cancellation has the lock, and may wait again'(log) {
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

  'plain code may notify, while somebody has the lock'(log) {
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

  'those who make and those who use pass things on through a place for one'(log) {
    const place: string[] = []

    function* producer(condition: Condition, items: string) {
      for (const item of items) {
        yield* use(condition, function* () {
          yield* condition.waitFor(() => place.length === 0)
          place.push(item)
          log('in', item)
          condition.notifyAll()
        })
      }
    }

    function* consumer(condition: Condition, name: string) {
      for (let i = 0; i < 2; i++) {
        yield* use(condition, function* () {
          yield* condition.waitFor(() => place.length > 0)
          log(name, 'out', place.pop())
          condition.notifyAll()
        })
      }
    }

    function* main() {
      const condition = new Condition()
      yield* gather([producer(condition, 'abcd'), consumer(condition, 'one'), consumer(condition, 'two')])
    }

    run(main())
  },

  'eager tasks wait for a condition in the order in which they were made'(log) {
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

  'a body that fails gives the lock back'(log) {
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

  'a condition belongs to the loop in which somebody first waited for it'(log) {
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

  'refused in another loop, a wait does not give the lock away'(log) {
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
