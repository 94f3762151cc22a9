/** R25: a semaphore lets in as many as there is room for, in order; a barrier holds all up until the last one comes. */
import {
  type Awaitable, Barrier, BoundedSemaphore, BrokenBarrierError, type Coroutine, Semaphore, type Task, createTask,
  currentTask, eagerTaskFactory, gather, getRunningLoop, sleep, timeout, use, wait, waitFor,
} from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { hold, lineUp, start, turns } from './support/crew.ts'
import { attempt } from './support/probes.ts'
import { run } from './support/virtual.ts'
import { message, outcome, ticker } from './support/witness.ts'

class Boom extends Error {}

/** How many may still come in; it takes what is left. */
function* room(semaphore: Semaphore): Coroutine<number> {
  let count = 0
  for (; !semaphore.locked(); count++) yield* semaphore.acquire()
  return count
}

/** How many wait, and whether it is broken. */
function state(barrier: Barrier): [number, boolean] { return [barrier.nWaiting, barrier.broken] }

export const programs: Programs = {
  'while there is room, nobody waits'(log) {
    function* main() {
      const semaphore = new Semaphore(3)
      ticker(log, 1)
      for (let i = 0; i < 3; i++) log(yield* semaphore.acquire(), semaphore.locked())
      yield* sleep(0)
    }

    run(main())
  },

  'there is room for one, if nothing else is said, and never for less than none'(log) {
    function* main() {
      for (const semaphore of [new Semaphore(), new BoundedSemaphore(), new Semaphore(0)]) {
        log(semaphore.locked(), yield* room(semaphore))
      }
    }

    attempt(log, () => new Semaphore(-1))
    attempt(log, () => new BoundedSemaphore(-1))
    run(main())
  },

  'begun without room, it is the first release that lets somebody in'(log) {
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

  'they come in in the order in which they came'(log) {
    function* main() {
      const semaphore = new Semaphore(2)
      yield* gather(Array.from('abcde', name => hold(log, name, semaphore, 10)))
      log(getRunningLoop().time())
    }

    run(main())
  },

  'where it is left at different times, the next one is always the first in line'(log) {
    function* main() {
      const semaphore = new Semaphore(2)
      yield* gather([30, 5, 10, 1, 20].map(ms => hold(log, `for ${ms}`, semaphore, ms)))
      log(getRunningLoop().time(), yield* room(semaphore))
    }

    run(main())
  },

  'with room for one, they take turns'(log) {
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

  'who waits goes on in the turn after the release, and has its room already'(log) {
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

  'left and entered again in one step, it is for the next one in line'(log) {
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

  'several releases in one step let several in'(log) {
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

  'more room than there are in line: still, who comes stands behind those who were woken'(log) {
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

  'a newcomer that had to stand behind one that was woken is let in by it'(log) {
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

  'a release that nobody asked for makes more room'(log) {
    function* main() {
      const semaphore = new Semaphore(1)
      semaphore.release()
      semaphore.release()
      log(yield* room(semaphore))
    }

    run(main())
  },

  'a bounded one has never more room than at the beginning'(log) {
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

  'a bounded one does not see a release too many while one that was woken is on its way'(log) {
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

  'cancelled in line, a task leaves it, and the room stays what it was'(log) {
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

  'cancelled first and left then, the next one in line is woken at once'(log) {
    function* main() {
      const semaphore = new Semaphore(1)
      yield* semaphore.acquire()
      const [a, b] = lineUp(log, () => semaphore.acquire(), 'a', 'b')
      yield* sleep(0)
      ticker(log, 3)
      a.cancel()
      semaphore.release()
      yield* wait([a, b])
      log(yield* room(semaphore))
    }

    run(main())
  },

  'left first and cancelled then, the one that was woken passes it on'(log) {
    function* main() {
      const semaphore = new Semaphore(1)
      yield* semaphore.acquire()
      const [a, b] = lineUp(log, () => semaphore.acquire(), 'a', 'b')
      yield* sleep(0)
      ticker(log, 3)
      semaphore.release()
      a.cancel()
      yield* wait([a, b])
      log(yield* room(semaphore))
    }

    run(main())
  },

  'woken, cancelled, and nobody behind: the room is there again'(log) {
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

  'two are woken and cancelled, the two behind them come in'(log) {
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

  'one of several that were woken is cancelled, the others come in'(log) {
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

  'woken and cancelled one after the other, no room is lost'(log) {
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

  'all in line are cancelled: who asks in the same step comes in at once'(log) {
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

  'a newcomer behind one that was woken and cancelled comes in when that is gone'(log) {
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

  'the message of the cancellation arrives, and who swallows it may ask again'(log) {
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

  'a body that fails, or is cancelled, makes room again; one that never came in does not'(log) {
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

  'the time runs out in line, and in the turn in which there is room'(log) {
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

  'eager tasks come in before anybody sees them, as long as there is room'(log) {
    function* main() {
      getRunningLoop().setTaskFactory(eagerTaskFactory)
      const semaphore = new Semaphore(2)
      const tasks = Array.from('abc', name => start(log, name, hold(log, name, semaphore, 10)))
      log('made')
      yield* wait(tasks)
    }

    run(main())
  },

  'of those in a gather() that fails, the others go on, and leave when they are through'(log) {
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

  'a semaphore belongs to the loop in which somebody first had to wait'(log) {
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

  'a barrier is for one at least'(log) {
    attempt(log, () => new Barrier(0))
    attempt(log, () => new Barrier(-2))
    const barrier = new Barrier(3)
    log(barrier.parties, ...state(barrier))
  },

  'a barrier for one holds nobody up'(log) {
    function* main() {
      const barrier = new Barrier(1)
      ticker(log, 1)
      log(yield* barrier.wait(), yield* barrier.wait(), ...state(barrier))
      yield* sleep(0)
    }

    run(main())
  },

  'the last one goes through at once, the others in the next turn, numbered as they came'(log) {
    function* main() {
      const barrier = new Barrier(3)
      const tasks = lineUp(log, () => barrier.wait(), 'a', 'b')
      yield* turns(3)
      log(state(barrier))
      ticker(log, 3)
      log('main', yield* barrier.wait(), state(barrier))
      yield* wait(tasks)
      log(state(barrier))
    }

    run(main())
  },

  'all of them made at once'(log) {
    function* main() {
      const barrier = new Barrier(4)
      ticker(log, 3)
      const tasks = lineUp(log, () => barrier.wait(), 'a', 'b', 'c', 'd')
      yield* wait(tasks)
      log(state(barrier))
    }

    run(main())
  },

  'it can be used again, round after round'(log) {
    function* runner(name: string, ms: number, barrier: Barrier) {
      for (let i = 0; i < 3; i++) {
        yield* sleep(ms)
        log(name, i, 'is number', yield* barrier.wait(), 'at', getRunningLoop().time())
      }
    }

    function* main() {
      const barrier = new Barrier(3)
      yield* gather([3, 1, 2].map(ms => runner(`every ${ms}`, ms, barrier)))
      log(state(barrier))
    }

    run(main())
  },

  'who comes back before all have left waits until they have'(log) {
    function* runner(name: string, barrier: Barrier) {
      for (let i = 0; i < 3; i++) log(name, i, yield* barrier.wait())
    }

    function* main() {
      const barrier = new Barrier(2)
      yield* gather([runner('a', barrier), runner('b', barrier)])
    }

    run(main())
  },

  'who comes while they leave is one of the next round'(log) {
    function* main() {
      const barrier = new Barrier(2)
      const [a, b, c] = lineUp(log, () => barrier.wait(), 'a', 'b', 'c')
      yield* turns(2)
      log(a.done(), b.done(), c.done(), state(barrier))
      yield* barrier.wait()
      yield* c
      log(state(barrier))
    }

    run(main())
  },

  'twice as many as it holds up go through in two rounds'(log) {
    function* main() {
      const barrier = new Barrier(2)
      yield* wait(lineUp(log, () => barrier.wait(), ...Array.from('abcdef')))
      log(state(barrier))
    }

    run(main())
  },

  'one too many waits for the next round'(log) {
    function* main() {
      const barrier = new Barrier(3)
      const tasks = lineUp(log, () => barrier.wait(), 'a', 'b', 'c', 'd')
      yield* wait(tasks, { timeout: 10 })
      log(tasks.map(task => task.done()), state(barrier))
      tasks[3].cancel()
      yield* wait(tasks)
      log(state(barrier))
    }

    run(main())
  },

  'cancelled while it waits, one leaves, and another one is needed'(log) {
    function* main() {
      const barrier = new Barrier(3)
      const [a, b] = lineUp(log, () => barrier.wait(), 'a', 'b')
      yield* turns(2)
      log(state(barrier))
      a.cancel()
      yield* a
      log(state(barrier))
      const [c, d] = lineUp(log, () => barrier.wait(), 'c', 'd')
      yield* wait([b, c, d])
      log(state(barrier))
    }

    run(main())
  },

  'the numbers after one was cancelled: two may have the same'(log) {
    function* main() {
      const barrier = new Barrier(4)
      const [a, b, c] = lineUp(log, () => barrier.wait(), 'a', 'b', 'c')
      yield* turns(2)
      a.cancel()
      yield* turns(3)
      const [d, e] = lineUp(log, () => barrier.wait(), 'd', 'e')
      yield* wait([b, c, d, e])
    }

    run(main())
  },

  'all who wait are cancelled: it is empty, and works'(log) {
    function* main() {
      const barrier = new Barrier(3)
      const tasks = lineUp(log, () => barrier.wait(), 'a', 'b')
      yield* turns(2)
      for (const task of tasks) task.cancel()
      yield* wait(tasks)
      log(state(barrier))
      yield* wait(lineUp(log, () => barrier.wait(), 'c', 'd', 'e'))
    }

    run(main())
  },

  'cancelled in the step in which the last one comes'(log) {
    function* main() {
      for (const cancelFirst of [true, false]) {
        const barrier = new Barrier(3)
        const [a, b] = lineUp(log, () => barrier.wait(), 'a', 'b')
        yield* turns(2)
        if (cancelFirst) a.cancel()
        log('main', yield* barrier.wait())
        a.cancel()
        yield* wait([a, b])
        log(state(barrier))
      }
    }

    run(main())
  },

  'one of those who wait for the leaving to end is cancelled'(log) {
    function* main() {
      const barrier = new Barrier(2)
      const tasks = lineUp(log, () => barrier.wait(), 'a', 'b', 'c', 'd', 'e')
      yield* sleep(0)
      tasks[2].cancel()
      yield* wait(tasks)
      log(state(barrier))
    }

    run(main())
  },

  'async with waits at the beginning, gives the number, and does nothing at the end'(log) {
    function* body(name: string, barrier: Barrier, fails: boolean) {
      yield* use(barrier, function* (number) {
        log(name, number, state(barrier))
        if (fails) throw new Boom()
      })
      return name
    }

    function* main() {
      const barrier = new Barrier(3)
      yield* wait(Array.from('abc', name => start(log, name, body(name, barrier, name === 'b'))))
      log(state(barrier))
    }

    run(main())
  },

  'the numbers in a gather() are all different'(log) {
    function* main() {
      const barrier = new Barrier(5)
      log(yield* gather(Array.from({ length: 5 }, () => barrier.wait())))
    }

    run(main())
  },

  'reset with nobody there changes nothing'(log) {
    function* main() {
      const barrier = new Barrier(2)
      ticker(log, 2)
      yield* barrier.reset()
      log(state(barrier))
      yield* wait(lineUp(log, () => barrier.wait(), 'a', 'b'))
    }

    run(main())
  },

  'reset while they wait: they get an error, and the barrier is empty'(log) {
    function* main() {
      const barrier = new Barrier(3)
      const tasks = lineUp(log, () => barrier.wait(), 'a', 'b')
      yield* turns(2)
      ticker(log, 2)
      yield* barrier.reset()
      log('reset', state(barrier))
      yield* wait(tasks)
      log(state(barrier))
      yield* wait(lineUp(log, () => barrier.wait(), 'c', 'd', 'e'))
    }

    run(main())
  },

  'who comes while those of before the reset leave is one of the next round'(log) {
    function* main() {
      const barrier = new Barrier(2)
      const a = start(log, 'a', barrier.wait())
      yield* turns(2)
      const [b, c] = lineUp(log, () => barrier.wait(), 'b', 'c')
      yield* barrier.reset()
      yield* wait([a, b, c])
      log(state(barrier))
    }

    run(main())
  },

  'reset while they leave: who has not left yet gets an error'(log) {
    function* main() {
      const barrier = new Barrier(3)
      const tasks = lineUp(log, () => barrier.wait(), 'a', 'b')
      yield* turns(2)
      log('main', yield* barrier.wait())
      yield* barrier.reset()
      log(state(barrier))
      yield* wait(tasks)
      yield* wait(lineUp(log, () => barrier.wait(), 'c', 'd', 'e'))
      log(state(barrier))
    }

    run(main())
  },

  'reset twice while they leave is as good as once'(log) {
    function* main() {
      const barrier = new Barrier(2)
      const a = start(log, 'a', barrier.wait())
      yield* turns(2)
      yield* barrier.reset()
      yield* barrier.reset()
      yield* a
      yield* barrier.reset()
      yield* wait(lineUp(log, () => barrier.wait(), 'b', 'c'))
      log(state(barrier))
    }

    run(main())
  },

  'abort breaks it: those who wait, and all who come, get an error'(log) {
    function* main() {
      const barrier = new Barrier(3)
      const tasks = lineUp(log, () => barrier.wait(), 'a', 'b')
      yield* turns(2)
      ticker(log, 3)
      yield* barrier.abort()
      log('broken', state(barrier))
      yield* outcome(log, 'main', barrier.wait())
      yield* wait(tasks)
      yield* outcome(log, 'main', barrier.wait())
      log(state(barrier))
    }

    run(main())
  },

  'abort with nobody there breaks it as well'(log) {
    function* main() {
      const barrier = new Barrier(2)
      yield* barrier.abort()
      yield* barrier.abort()
      log(barrier.parties, state(barrier))
      yield* wait(lineUp(log, () => barrier.wait(), 'a', 'b'))
    }

    run(main())
  },

  'abort while they leave: who has not left yet gets an error'(log) {
    function* main() {
      const barrier = new Barrier(3)
      const tasks = lineUp(log, () => barrier.wait(), 'a', 'b')
      yield* turns(2)
      log('main', yield* barrier.wait())
      yield* barrier.abort()
      yield* wait(tasks)
      log(state(barrier))
    }

    run(main())
  },

  'abort while some wait for the leaving to end'(log) {
    function* main() {
      const barrier = new Barrier(2)
      const [a, b, c, d] = lineUp(log, () => barrier.wait(), 'a', 'b', 'c', 'd')
      const abort = createTask(barrier.abort())
      yield* wait([a, b, c, d, abort])
      log(state(barrier))
    }

    run(main())
  },

  'reset mends what is broken'(log) {
    function* main() {
      const barrier = new Barrier(2)
      yield* barrier.abort()
      yield* outcome(log, 'broken', barrier.wait())
      yield* barrier.reset()
      log(state(barrier))
      yield* wait(lineUp(log, () => barrier.wait(), 'a', 'b'))
    }

    run(main())
  },

  'broken and reset before those who wait have left'(log) {
    function* main() {
      const barrier = new Barrier(2)
      const a = start(log, 'a', barrier.wait())
      yield* turns(2)
      yield* barrier.abort()
      yield* barrier.reset()
      log(state(barrier))
      yield* a
      yield* wait(lineUp(log, () => barrier.wait(), 'b', 'c'))
      log(state(barrier))
    }

    run(main())
  },

  'reset and broken before those who wait have left'(log) {
    function* main() {
      const barrier = new Barrier(2)
      const a = start(log, 'a', barrier.wait())
      yield* turns(2)
      yield* barrier.reset()
      yield* barrier.abort()
      yield* a
      yield* outcome(log, 'main', barrier.wait())
      log(state(barrier))
    }

    run(main())
  },

  'one of those who wait breaks it for the others'(log) {
    function* worker(name: string, barrier: Barrier, fails: boolean) {
      try {
        yield* sleep(10)
        if (fails) throw new Boom()
        log(name, yield* barrier.wait())
      } catch (error) {
        log(name, error)
        if (!(error instanceof BrokenBarrierError)) yield* barrier.abort()
      }
    }

    function* main() {
      const barrier = new Barrier(3)
      yield* gather(Array.from('abc', name => worker(name, barrier, name === 'b')))
      log(state(barrier))
    }

    run(main())
  },

  'the time runs out for one, and the others go on waiting'(log) {
    function* main() {
      const barrier = new Barrier(2)
      yield* outcome(log, 'impatient', waitFor(barrier.wait(), 10))
      log(state(barrier))
      const a = start(log, 'a', barrier.wait())
      yield* sleep(5)
      yield* outcome(log, 'in time', waitFor(barrier.wait(), 10))
      yield* a
      log(getRunningLoop().time())
    }

    run(main())
  },

  'the time runs out in the turn in which the last one comes'(log) {
    function* late(barrier: Barrier) {
      yield* sleep(10)
      return yield* barrier.wait()
    }

    function* main() {
      for (const lateFirst of [true, false]) {
        const barrier = new Barrier(2)
        const parts: Record<string, Awaitable<number>> = { late: late(barrier), impatient: waitFor(barrier.wait(), 10) }
        const names = lateFirst ? ['late', 'impatient'] : ['impatient', 'late']
        const tasks = names.map(name => start(log, name, parts[name] as Awaitable<number>))
        yield* wait(tasks, { timeout: 20 })
        log(tasks.map(task => task.done()), state(barrier))
        yield* barrier.abort()
        yield* wait(tasks)
      }
    }

    run(main())
  },

  'who swallows its cancellation may come back to the barrier'(log) {
    function* stubborn(barrier: Barrier) {
      yield* outcome(log, 'first', barrier.wait())
      log(state(barrier), (currentTask() as Task).uncancel())
      return yield* barrier.wait()
    }

    function* main() {
      const barrier = new Barrier(2)
      const a = start(log, 'a', stubborn(barrier))
      yield* turns(2)
      a.cancel()
      yield* turns(3)
      log(state(barrier))
      log('main', yield* barrier.wait())
      yield* a
    }

    run(main())
  },

  'eager tasks: the last one goes through before anybody sees it'(log) {
    function* main() {
      getRunningLoop().setTaskFactory(eagerTaskFactory)
      const barrier = new Barrier(3)
      const [a, b] = lineUp(log, () => barrier.wait(), 'a', 'b')
      log(state(barrier))
      const [c, d] = lineUp(log, () => barrier.wait(), 'c', 'd')
      log(a.done(), c.done(), d.done(), state(barrier))
      yield* wait([a, b])
      yield* turns(3)
      log(state(barrier))
      d.cancel()
      yield* d
    }

    run(main())
  },

  'a barrier belongs to the loop in which somebody first waited'(log) {
    function* meet(barrier: Barrier) {
      yield* gather([outcome(log, 'a', barrier.wait()), outcome(log, 'b', barrier.wait())])
    }

    function* alone(barrier: Barrier) {
      yield* outcome(log, 'alone', waitFor(barrier.wait(), 10))
      log(state(barrier))
    }

    const barrier = new Barrier(2)
    run(meet(barrier))
    run(alone(barrier))
  },
}
