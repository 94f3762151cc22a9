/** R23, in a body: the lock is released however the body ends, and a timeout takes a task out of the line. */
import { Lock, createTask, getRunningLoop, sleep, timeout, use, wait, waitFor } from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { hold, start } from './support/crew.ts'
import { Boom } from './support/errors.ts'
import { run } from './support/virtual.ts'
import { outcome, ticker } from './support/witness.ts'

export const programs: Programs = {
  'async with gives nothing, and releases the lock however its body ends'(log) {
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

  'cancelled while it waits to enter, async with does not release'(log) {
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

  'a body that releases the lock itself makes its end an error'(log) {
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

  'a body may release the lock for others and take it again'(log) {
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

  'waitFor() gives up and leaves the line'(log) {
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

  'waitFor() with a timeout of zero does not take a free lock'(log) {
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

  'the lock becomes free in the turn of the deadline'(log) {
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
}
