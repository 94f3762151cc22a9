/** R23: A free lock is taken without waiting. For a lock that is held, tasks wait in line, first come, first served. */
import {
  Event, Lock, Queue, Semaphore, createTask, eagerTaskFactory, gather, getRunningLoop, sleep, use, wait, waitFor,
} from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { hold, lineUp, start, turns } from './support/crew.ts'
import { attempt } from './support/probes.ts'
import { run } from './support/virtual.ts'
import { outcome, ticker } from './support/witness.ts'

export const programs: Programs = {
  'a free lock is taken without a turn'(log) {
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

  'the same holds for events, semaphores and queues'(log) {
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

  'locks that are free add no turns to a chain of tasks'(log) {
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

  'releasing a lock that nobody holds is an error'(log) {
    function* main() {
      const lock = new Lock()
      attempt(log, () => { lock.release() })
      yield* lock.acquire()
      attempt(log, () => { lock.release() })
      attempt(log, () => { lock.release() })
    }

    run(main())
  },

  'a lock can be created and released without a running loop'(log) {
    const lock = new Lock()
    log(lock.locked())
    attempt(log, () => { lock.release() })
    run(lock.acquire())
    log(lock.locked())
    attempt(log, () => { lock.release() })
    log(lock.locked())
  },

  'tasks get the lock in the order in which they asked'(log) {
    function* main() {
      const lock = new Lock()
      yield* gather(Array.from('abcd', name => hold(log, name, lock, 10)))
      log(lock.locked(), getRunningLoop().time())
    }

    run(main())
  },

  'a task that comes back goes to the end of the line'(log) {
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

  'a waiter continues in the turn after the release'(log) {
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

  'one release lets one task in'(log) {
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

  'releasing and asking again at once goes behind the others'(log) {
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

  'with nobody in line, it can be had again at once after the release'(log) {
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

  'any task may release it, and so may plain code'(log) {
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

  'it does not know its holder: asking again waits forever'(log) {
    function* main() {
      const lock = new Lock()
      yield* lock.acquire()
      log('once')
      yield* outcome(log, 'twice', lock.acquire())
    }

    run(main())
  },

  'an eager task takes a free lock before its creator continues'(log) {
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

  'two tasks that take two locks in opposite order wait for each other, until one is cancelled'(log) {
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

  'it belongs to the loop in which a task first had to wait'(log) {
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
