/** R25, a barrier cancelled: a task that is cancelled or times out leaves, and another one has to come in its place. */
import {
  type Awaitable, Barrier, type Task, currentTask, getRunningLoop, sleep, wait, waitFor,
} from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { state } from './support/barriers.ts'
import { lineUp, start, turns } from './support/crew.ts'
import { run } from './support/virtual.ts'
import { outcome } from './support/witness.ts'

export const programs: Programs = {

  'when all waiters are cancelled, it is empty and works'(log) {
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

  'cancelled while waiting for the previous round to leave'(log) {
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

  'one task times out, and the others continue waiting'(log) {
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

  'the deadline passes in the turn in which the last one comes'(log) {
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

  'a task that swallows its cancellation may come back to the barrier'(log) {
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
}
