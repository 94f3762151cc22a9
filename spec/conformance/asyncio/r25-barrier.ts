/** R25: A barrier holds tasks until as many have come as it is made for, and can be used again. */
import { Barrier, eagerTaskFactory, gather, getRunningLoop, sleep, use, wait, waitFor } from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { state } from './support/barriers.ts'
import { lineUp, start, turns } from './support/crew.ts'
import { Boom } from './support/errors.ts'
import { attempt } from './support/probes.ts'
import { run } from './support/virtual.ts'
import { outcome, ticker } from './support/witness.ts'

export const programs: Programs = {
  'a barrier is for at least one'(log) {
    attempt(log, () => new Barrier(0))
    attempt(log, () => new Barrier(-2))
    const barrier = new Barrier(3)
    log(barrier.parties, ...state(barrier))
  },

  'a barrier for one holds nobody'(log) {
    function* main() {
      const barrier = new Barrier(1)
      ticker(log, 1)
      log(yield* barrier.wait(), yield* barrier.wait(), ...state(barrier))
      yield* sleep(0)
    }

    run(main())
  },

  'the last one passes at once, the others in the next turn, numbered as they came'(log) {
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

  'all tasks created at once'(log) {
    function* main() {
      const barrier = new Barrier(4)
      ticker(log, 3)
      const tasks = lineUp(log, () => barrier.wait(), 'a', 'b', 'c', 'd')
      yield* wait(tasks)
      log(state(barrier))
    }

    run(main())
  },

  'it can be used round after round'(log) {
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

  'a task that comes back before all have left waits until they have'(log) {
    function* runner(name: string, barrier: Barrier) {
      for (let i = 0; i < 3; i++) log(name, i, yield* barrier.wait())
    }

    function* main() {
      const barrier = new Barrier(2)
      yield* gather([runner('a', barrier), runner('b', barrier)])
    }

    run(main())
  },

  'a task that comes while they leave belongs to the next round'(log) {
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

  'several times as many tasks as it holds pass in several rounds'(log) {
    function* main() {
      const barrier = new Barrier(2)
      yield* wait(lineUp(log, () => barrier.wait(), ...Array.from('abcdef')))
      log(state(barrier))
    }

    run(main())
  },

  'one task too many waits for the next round'(log) {
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

  'an eager last task passes before its creator continues'(log) {
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

  'a barrier belongs to the loop in which a task first waited'(log) {
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
