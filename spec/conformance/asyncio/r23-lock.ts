/** R23: what is free is had without a wait; for a lock that is held, they stand in line. */
import {
  Event, Lock, Queue, Semaphore, type Task, createTask, currentTask, eagerTaskFactory, gather, getRunningLoop, sleep,
  timeout, use, wait, waitFor,
} from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { hold, lineUp, start, turns } from './support/crew.ts'
import { attempt } from './support/probes.ts'
import { run } from './support/virtual.ts'
import { message, outcome, ticker } from './support/witness.ts'

class Boom extends Error {}

export const programs: Programs = {
  'what is free is taken without a turn'(log) {
    function* main() {
      const lock = new Lock()
      ticker(log, 2)
      log(yield* lock.acquire(), lock.locked())
      lock.release()
      log(lock.locked())
      yield* use(lock, function* () { log('inside', lock.locked()) })
      log('outside', lock.locked())
      yield* turns(2)
    }

    run(main())
  },

  'the same goes for events, semaphores and queues'(log) {
    function* main() {
      const [event, semaphore, queue] = [new Event(), new Semaphore(2), new Queue<string>(1)]
      ticker(log, 2)
      event.set()
      log(yield* event.wait(), yield* semaphore.acquire(), yield* semaphore.acquire())
      log(yield* queue.put('an item'), yield* queue.get(), yield* queue.put('another'))
      yield* turns(2)
    }

    run(main())
  },

  'a chain of tasks with locks that are free takes no more turns than without them'(log) {
    function* link(name: string, lock: Lock) {
      for (let i = 0; i < 3; i++) {
        yield* use(lock, function* () { log(name, i) })
        yield* sleep(0)
      }
    }

    function* main() {
      ticker(log, 4)
      yield* gather([link('a', new Lock()), link('b', new Lock())])
    }

    run(main())
  },

  'releasing what nobody holds is an error'(log) {
    function* main() {
      const lock = new Lock()
      attempt(log, () => { lock.release() })
      yield* lock.acquire()
      attempt(log, () => { lock.release() })
      attempt(log, () => { lock.release() })
    }

    run(main())
  },

  'a lock can be made, and released, where no loop runs'(log) {
    const lock = new Lock()
    log(lock.locked())
    attempt(log, () => { lock.release() })
    run(lock.acquire())
    log(lock.locked())
    attempt(log, () => { lock.release() })
    log(lock.locked())
  },

  'they get it in the order in which they came'(log) {
    function* main() {
      const lock = new Lock()
      yield* gather(Array.from('abcd', name => hold(log, name, lock, 10)))
      log(lock.locked(), getRunningLoop().time())
    }

    run(main())
  },

  'who comes back goes to the end of the line'(log) {
    function* work(name: string, lock: Lock) {
      for (let i = 0; i < 2; i++) {
        yield* use(lock, function* () {
          log(name, i)
          yield* sleep(0)
        })
      }
    }

    function* main() {
      const lock = new Lock()
      yield* gather(Array.from('abc', name => work(name, lock)))
    }

    run(main())
  },

  'who waits goes on in the turn after the release'(log) {
    function* main() {
      const lock = new Lock()
      yield* lock.acquire()
      const a = start(log, 'a', lock.acquire())
      yield* sleep(0)
      ticker(log, 3)
      lock.release()
      log('released', lock.locked())
      yield* a
      log('joined', lock.locked())
      yield* turns(2)
    }

    run(main())
  },

  'one release is for one of them'(log) {
    function* main() {
      const lock = new Lock()
      yield* lock.acquire()
      const tasks = lineUp(log, () => lock.acquire(), 'a', 'b', 'c')
      yield* sleep(0)
      for (let i = 0; i < 3; i++) {
        lock.release()
        yield* turns(3)
        log(lock.locked(), tasks.map(task => task.done()))
      }
    }

    run(main())
  },

  'between the release and the turn of the next one, nobody else gets in'(log) {
    function* main() {
      const lock = new Lock()
      yield* lock.acquire()
      const a = start(log, 'a', lock.acquire())
      yield* sleep(0)
      lock.release()
      log('free', !lock.locked())
      yield* outcome(log, 'main', waitFor(lock.acquire(), 5))
      yield* a
      lock.release()
      yield* outcome(log, 'main', waitFor(lock.acquire(), 5))
    }

    run(main())
  },

  'a newcomer whose turn comes first stands behind the one that was woken'(log) {
    function* main() {
      const lock = new Lock()
      yield* lock.acquire()
      const a = start(log, 'a', lock.acquire())
      yield* sleep(0)
      const newcomer = start(log, 'newcomer', lock.acquire())
      lock.release()
      yield* a
      log(newcomer.done())
      lock.release()
      yield* newcomer
    }

    run(main())
  },

  'who releases and asks again at once goes behind the others'(log) {
    function* main() {
      const lock = new Lock()
      yield* lock.acquire()
      const other = createTask(hold(log, 'other', lock, 10))
      yield* sleep(0)
      lock.release()
      yield* hold(log, 'main', lock, 10)
      yield* other
      log(getRunningLoop().time())
    }

    run(main())
  },

  'with nobody in line, who releases it can have it again at once'(log) {
    function* main() {
      const lock = new Lock()
      ticker(log, 1)
      for (let i = 0; i < 3; i++) {
        yield* lock.acquire()
        lock.release()
      }
      log('three times')
      yield* sleep(0)
    }

    run(main())
  },

  'a second release before the next one runs is an error'(log) {
    function* main() {
      const lock = new Lock()
      yield* lock.acquire()
      const a = start(log, 'a', lock.acquire())
      yield* sleep(0)
      attempt(log, () => { lock.release() })
      attempt(log, () => { lock.release() })
      yield* a
      log(lock.locked())
    }

    run(main())
  },

  'anybody may release it: another task, or plain code'(log) {
    function* releaser(lock: Lock) { lock.release() }

    function* main() {
      const lock = new Lock()
      const loop = getRunningLoop()
      yield* lock.acquire()
      const tasks = lineUp(log, () => lock.acquire(), 'a', 'b')
      createTask(releaser(lock))
      loop.callLater(10, () => { lock.release() })
      yield* wait(tasks)
      log(loop.time(), lock.locked())
    }

    run(main())
  },

  'it does not know who holds it: who asks again waits for ever'(log) {
    function* main() {
      const lock = new Lock()
      yield* lock.acquire()
      log('once')
      yield* outcome(log, 'twice', lock.acquire())
    }

    run(main())
  },

  'cancelled in line, a task leaves it, and the lock stays where it is'(log) {
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

  'cancelled before it began, a task never stands in line'(log) {
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

  'cancelled first and released then, the next one gets it when the first is gone'(log) {
    function* main() {
      const lock = new Lock()
      yield* lock.acquire()
      const [a, b] = lineUp(log, () => lock.acquire(), 'a', 'b')
      yield* sleep(0)
      ticker(log, 3)
      a.cancel()
      lock.release()
      yield* wait([a, b])
      log(lock.locked())
    }

    run(main())
  },

  'released first and cancelled then, the one that was woken passes it on'(log) {
    function* main() {
      const lock = new Lock()
      yield* lock.acquire()
      const [a, b] = lineUp(log, () => lock.acquire(), 'a', 'b')
      yield* sleep(0)
      ticker(log, 3)
      lock.release()
      a.cancel()
      yield* wait([a, b])
      log(lock.locked())
    }

    run(main())
  },

  'woken, cancelled, and nobody behind: the lock is free'(log) {
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

  'all in line are cancelled: who asks in the same step gets it at once'(log) {
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

  'one that is left in line is enough to have to wait'(log) {
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

  'who asks in the step of the release stands behind the one that is left in line'(log) {
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

  'a woken one that is cancelled still keeps newcomers out'(log) {
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

  'several of a line are cancelled, the others keep their order'(log) {
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

  'one after the other is woken and cancelled, the last one gets it'(log) {
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

  'two of a line are cancelled with the release between them'(log) {
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

  'who swallows its cancellation may ask again, from the end of the line'(log) {
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

  'async with gives nothing, and releases however its body ends'(log) {
    function* returns(lock: Lock) {
      return yield* use(lock, function* (value) {
        log('value', value)
        return lock.locked()
      })
    }

    function* fails(lock: Lock) { yield* use(lock, function* () { throw new Boom() }) }

    function* main() {
      const lock = new Lock()
      yield* outcome(log, 'returns', returns(lock))
      log(lock.locked())
      yield* outcome(log, 'fails', fails(lock))
      log(lock.locked())
      const sleeper = createTask(hold(log, 'sleeper', lock, 100))
      yield* sleep(0)
      sleeper.cancel()
      yield* outcome(log, 'sleeper', sleeper)
      log(lock.locked())
    }

    run(main())
  },

  'cancelled on its way in, async with does not release'(log) {
    function* main() {
      const lock = new Lock()
      yield* lock.acquire()
      const a = start(log, 'a', hold(log, 'a', lock, 10))
      yield* sleep(0)
      a.cancel()
      yield* a
      log(lock.locked())
    }

    run(main())
  },

  'a body that releases by itself makes the end of it an error'(log) {
    function* body(lock: Lock, fails: boolean) {
      yield* use(lock, function* () {
        lock.release()
        if (fails) throw new Boom()
      })
    }

    function* main() {
      const lock = new Lock()
      yield* outcome(log, 'ends', body(lock, false))
      yield* outcome(log, 'fails', body(lock, true))
    }

    run(main())
  },

  'a body that lets others in, and takes it again'(log) {
    function* main() {
      const lock = new Lock()
      const other = yield* use(lock, function* () {
        const other = createTask(hold(log, 'other', lock, 10))
        yield* sleep(0)
        lock.release()
        log('let go')
        yield* lock.acquire()
        log('again', getRunningLoop().time())
        return other
      })
      yield* other
      log(lock.locked())
    }

    run(main())
  },

  'waitFor() gives up, and leaves the line'(log) {
    function* main() {
      const lock = new Lock()
      const owner = createTask(hold(log, 'owner', lock, 20))
      yield* sleep(0)
      const late = createTask(hold(log, 'late', lock, 10))
      yield* outcome(log, 'main', waitFor(lock.acquire(), 10))
      log(getRunningLoop().time(), lock.locked())
      yield* wait([owner, late])
      log(lock.locked())
    }

    run(main())
  },

  'waitFor() without time does not take what is free'(log) {
    function* main() {
      const lock = new Lock()
      yield* outcome(log, 'no time', waitFor(lock.acquire(), 0))
      log(lock.locked())
      ticker(log, 1)
      yield* outcome(log, 'some time', waitFor(lock.acquire(), 10))
      log(lock.locked())
      yield* sleep(0)
    }

    run(main())
  },

  'the lock comes free in the turn in which the time is over'(log) {
    function* waiter(lock: Lock) { yield* use(timeout(10), () => lock.acquire()) }

    function* main() {
      const loop = getRunningLoop()
      for (const releaseFirst of [true, false]) {
        const lock = new Lock()
        yield* lock.acquire()
        if (releaseFirst) loop.callLater(10, () => { lock.release() })
        const a = start(log, 'a', waiter(lock))
        yield* sleep(0)
        const b = start(log, 'b', lock.acquire())
        if (!releaseFirst) loop.callLater(10, () => { lock.release() })
        yield* wait([a, b])
        log(lock.locked(), loop.time())
      }
    }

    run(main())
  },

  'an eager task takes what is free before anybody sees the task'(log) {
    function* main() {
      getRunningLoop().setTaskFactory(eagerTaskFactory)
      const lock = new Lock()
      const a = start(log, 'a', lock.acquire())
      const b = start(log, 'b', lock.acquire())
      log(a.done(), b.done(), lock.locked())
      lock.release()
      const c = start(log, 'c', lock.acquire())
      log('released')
      yield* b
      log(c.done())
      lock.release()
      yield* c
    }

    run(main())
  },

  'it guards what takes more than one turn'(log) {
    const account = { value: 0 }

    function* unsafe() {
      const { value } = account
      yield* sleep(0)
      account.value = value + 1
    }

    function* safe(lock: Lock) { yield* use(lock, unsafe) }

    function* main() {
      const lock = new Lock()
      yield* gather(Array.from({ length: 5 }, () => unsafe()))
      log(account.value)
      account.value = 0
      yield* gather(Array.from({ length: 5 }, () => safe(lock)))
      log(account.value)
    }

    run(main())
  },

  'cancelling a gather() takes all of its children out of the line'(log) {
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

  'a done callback may release it'(log) {
    function* main() {
      const lock = new Lock()
      yield* lock.acquire()
      const a = start(log, 'a', lock.acquire())
      const sleeper = createTask(sleep(10))
      sleeper.addDoneCallback(() => { lock.release() })
      yield* a
      log(getRunningLoop().time())
    }

    run(main())
  },

  'two that take two locks in opposite order wait for each other, until one is cancelled'(log) {
    function* take(name: string, first: Lock, second: Lock) {
      yield* use(first, function* () {
        yield* sleep(1)
        yield* use(second, function* () { log(name, 'has both') })
      })
    }

    function* main() {
      const [one, two] = [new Lock(), new Lock()]
      const tasks = [createTask(take('a', one, two)), createTask(take('b', two, one))] as const
      yield* wait(tasks, { timeout: 10 })
      log(tasks.map(task => task.done()), one.locked(), two.locked())
      tasks[0].cancel()
      yield* wait(tasks)
      log(tasks.map(task => task.cancelled()), one.locked(), two.locked())
    }

    run(main())
  },

  'it belongs to the loop in which somebody first had to wait'(log) {
    function* waitInLine(lock: Lock) {
      yield* lock.acquire()
      const other = start(log, 'other', hold(log, 'other', lock, 10))
      yield* sleep(0)
      lock.release()
      yield* other
      log(lock.locked())
    }

    function* alone(lock: Lock) { return yield* use(lock, function* () { return 'alone' }) }

    const lock = new Lock()
    log(run(alone(lock)), run(alone(lock)))
    run(waitInLine(lock))
    log(run(alone(lock)))
    run(waitInLine(lock))
  },
}
