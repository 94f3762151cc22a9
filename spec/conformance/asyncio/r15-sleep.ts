/** R15: `sleep()` of zero or less lets one turn pass; any other sleep is a timer. */
import { createTask, currentTask, gather, getRunningLoop, sleep, wait } from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { run } from './support/virtual.ts'
import { outcome, ticker } from './support/witness.ts'

export const programs: Programs = {
  'it returns the result that it was given'(log) {
    function* main() {
      log(yield* sleep(1, 'slept'), yield* sleep(0, 'turned'), yield* sleep(-1, 'turned back'), yield* sleep(1))
    }

    run(main())
  },

  'sleepers wake by deadline, whoever began first'(log) {
    function* sleeper(ms: number) {
      yield* sleep(ms)
      log(ms, 'at', getRunningLoop().time())
    }

    function* main() { yield* gather([30, 10, 20].map(sleeper)) }

    run(main())
  },

  'sleepers with the same deadline wake in the order in which they began'(log) {
    function* sleeper(i: number, ms: number) {
      yield* sleep(ms)
      log(i)
    }

    function* main() { yield* gather(Array.from({ length: 12 }, (_, i) => sleeper(i, i % 3 === 0 ? 20 : 10))) }

    run(main())
  },

  'no time passes within a turn'(log) {
    function* main() {
      for (const ms of [0, -5, 0]) {
        yield* sleep(ms)
        log(getRunningLoop().time())
      }
    }

    run(main())
  },

  'two tasks that sleep for zero alternate'(log) {
    function* turns(name: string) {
      for (let i = 0; i < 3; i++) {
        log(name, i)
        yield* sleep(0)
      }
    }

    function* main() { yield* gather([turns('a'), turns('b')]) }

    run(main())
  },

  'time counts from the await, not from the call'(log) {
    function* main() {
      const later = sleep(10)
      yield* sleep(5)
      yield* later
      log(getRunningLoop().time())
    }

    run(main())
  },

  'it can be made a task'(log) {
    function* main() {
      const task = createTask(sleep(5, 'from the task'))
      log(yield* gather([task, sleep(3, 'from gather'), createTask(sleep(0, 'at once'))]))
      log(getRunningLoop().time())
    }

    run(main())
  },

  'interrupted, it does not hold up the loop'(log) {
    function* main() {
      const task = createTask(sleep(50))
      yield* sleep(5)
      task.cancel()
      yield* outcome(log, 'task', task)
      yield* sleep(1)
      log(getRunningLoop().time())
    }

    run(main())
  },

  'interrupted in the turn of its deadline, it raises the error'(log) {
    function* main() {
      const task = createTask(outcome(log, 'sleeper', sleep(5)))
      yield* sleep(0)
      getRunningLoop().callLater(5, () => { log('cancel', task.cancel()) })
      yield* task
      log(getRunningLoop().time(), task.cancelling())
    }

    run(main())
  },

  'cancelled beforehand, it ends at once, and in no time'(log) {
    function* main() {
      currentTask()?.cancel()
      ticker(log, 3)
      yield* outcome(log, 'long', sleep(100))
      currentTask()?.cancel()
      yield* outcome(log, 'turn', sleep(0))
      yield* sleep(0)
      log(getRunningLoop().time())
    }

    run(main())
  },

  'the clean-up after an interrupted sleep may sleep'(log) {
    function* child() {
      try {
        yield* sleep(100)
      } finally {
        yield* sleep(7)
      }
    }

    function* main() {
      const task = createTask(child())
      yield* sleep(1)
      task.cancel()
      yield* wait([task])
      log(getRunningLoop().time(), task.cancelled())
    }

    run(main())
  },

  'it cannot be awaited twice'(log) {
    function* main() {
      const once = sleep(1, 'once')
      log(yield* once)
      yield* outcome(log, 'again', once)
    }

    run(main())
  },

  'what is not a number is a ValueError'(log) {
    function* main() {
      try {
        yield* sleep(NaN)
      } catch (error) {
        log(error)
      }
    }

    run(main())
  },
}
