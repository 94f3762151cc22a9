/**
 * R25, a barrier reset or broken: `reset()` sends the waiting tasks away with an error, `abort()` also all that come
 * after.
 */
import { Barrier, BrokenBarrierError, createTask, gather, sleep, wait } from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { state } from './support/barriers.ts'
import { lineUp, start, turns } from './support/crew.ts'
import { Boom } from './support/errors.ts'
import { run } from './support/virtual.ts'
import { outcome, ticker } from './support/witness.ts'

export const programs: Programs = {
  'reset without waiters changes nothing'(log) {
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

  'a task that comes while those from before the reset leave belongs to the next round'(log) {
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

  'reset while they leave: those that have not left yet get an error'(log) {
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

  'reset twice while they leave is the same as once'(log) {
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

  'abort breaks it: those that wait, and all that come, get an error'(log) {
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

  'abort without waiters breaks it too'(log) {
    function* main() {
      const barrier = new Barrier(2)
      yield* barrier.abort()
      yield* barrier.abort()
      log(barrier.parties, state(barrier))
      yield* wait(lineUp(log, () => barrier.wait(), 'a', 'b'))
    }

    run(main())
  },

  'abort while they leave: those that have not left yet get an error'(log) {
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

  'abort while some wait for the previous round to leave'(log) {
    function* main() {
      const barrier = new Barrier(2)
      const [a, b, c, d] = lineUp(log, () => barrier.wait(), 'a', 'b', 'c', 'd')
      const abort = createTask(barrier.abort())
      yield* wait([a, b, c, d, abort])
      log(state(barrier))
    }

    run(main())
  },

  'reset repairs a broken barrier'(log) {
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

  'aborted and reset before the waiters have left'(log) {
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

  'reset and aborted before the waiters have left'(log) {
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

  'one of the tasks breaks it for the others'(log) {
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
}
