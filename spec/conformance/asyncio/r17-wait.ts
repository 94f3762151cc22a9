/**
 * R17: `wait()` tells which are done and which are not. It never raises their errors, and its own cancellation leaves
 * them alone.
 */
import {
  FIRST_COMPLETED, FIRST_EXCEPTION, type Future, type Task, createTask, eagerTaskFactory, getRunningLoop, sleep, wait,
} from '../../../lib/index.ts'
import type { Log, Programs } from '../programs.ts'
import { fail } from './support/failing.ts'
import { runReporting } from './support/reporting.ts'
import { run } from './support/virtual.ts'
import { names, outcome } from './support/witness.ts'

function* work(ms: number) {
  yield* sleep(ms)
}

/** Three tasks named after the milliseconds they take. */
function three(): Task<void>[] { return [10, 20, 30].map(ms => createTask(work(ms), { name: `t${ms}` })) }

function show(log: Log, [done, pending]: [Set<Task<void>>, Set<Task<void>>]): void {
  log('done', names(done), 'pending', names(pending), 'at', getRunningLoop().time())
}

export const programs: Programs = {
  'it waits for all'(log) {
    function* main() { show(log, yield* wait(three())) }

    run(main())
  },

  'FIRST_COMPLETED waits for one'(log) {
    function* main() { show(log, yield* wait(three(), { returnWhen: FIRST_COMPLETED })) }

    run(main())
  },

  'FIRST_COMPLETED gives all that ended in the same turn'(log) {
    function* main() {
      const tasks = ['a', 'b', 'c'].map((name, i) => createTask(work(i === 2 ? 20 : 10), { name }))
      show(log, yield* wait(tasks, { returnWhen: FIRST_COMPLETED }))
    }

    run(main())
  },

  'it can be called again with those that are pending'(log) {
    function* main() {
      let left: Iterable<Task<void>> = three()
      for (let i = 0; i < 3; i++) {
        const result = yield* wait(left, { returnWhen: FIRST_COMPLETED })
        show(log, result)
        left = result[1]
      }
    }

    run(main())
  },

  'FIRST_EXCEPTION waits for an error'(log) {
    function* main() {
      const result = yield* wait([...three(), createTask(fail(15), { name: 'fails' })], { returnWhen: FIRST_EXCEPTION })
      show(log, result)
      for (const task of result[0]) if (task.getName() === 'fails') log(task.exception())
    }

    run(main())
  },

  'FIRST_EXCEPTION without an error waits for all'(log) {
    function* main() { show(log, yield* wait(three(), { returnWhen: FIRST_EXCEPTION })) }

    run(main())
  },

  'FIRST_EXCEPTION ignores a cancelled task'(log) {
    function* main() {
      const tasks = three()
      getRunningLoop().callLater(5, () => { tasks[0]?.cancel() })
      show(log, yield* wait(tasks, { returnWhen: FIRST_EXCEPTION }))
    }

    run(main())
  },

  'FIRST_COMPLETED counts a cancelled task'(log) {
    function* main() {
      const tasks = three()
      getRunningLoop().callLater(5, () => { tasks[1]?.cancel() })
      show(log, yield* wait(tasks, { returnWhen: FIRST_COMPLETED }))
    }

    run(main())
  },

  'at its deadline it raises nothing and cancels nobody'(log) {
    function* main() {
      const tasks = three()
      const result = yield* wait(tasks, { timeout: 15 })
      show(log, result)
      show(log, yield* wait(result[1]))
      log(tasks.map(task => task.cancelled()))
    }

    run(main())
  },

  'a timer that is not needed any more does not hold up the loop'(log) {
    function* main() {
      yield* wait(three(), { timeout: 1000 })
      yield* sleep(1)
      log(getRunningLoop().time())
    }

    run(main())
  },

  'with a timeout of zero it takes two turns, and counts what is done then'(log) {
    function* nothing() {}

    function* main() {
      const tasks = [createTask(nothing(), { name: 'short' }), createTask(work(10), { name: 'long' })]
      show(log, yield* wait(tasks, { timeout: 0 }))
      show(log, yield* wait(tasks, { timeout: -5 }))
    }

    run(main())
  },

  'a deadline and an end at the same moment'(log) {
    function* main() {
      const before = createTask(work(10), { name: 'before' })
      yield* sleep(0)
      const after = [createTask(work(10), { name: 'after' })]
      show(log, yield* wait([before, ...after], { timeout: 10 }))
    }

    run(main())
  },

  'what is done already still takes a turn'(log) {
    function* main() {
      const tasks = three()
      yield* wait(tasks)
      getRunningLoop().callSoon(log, 'a turn')
      show(log, yield* wait(tasks))
    }

    run(main())
  },

  'it does not raise their errors'(log) {
    function* main() {
      const failed = createTask(fail(1))
      const cancelled = createTask(fail(5))
      getRunningLoop().callLater(2, () => { cancelled.cancel() })
      const [done, pending] = yield* wait([failed, cancelled])
      log(done.size, pending.size, failed.exception(), cancelled.cancelled())
    }

    run(main())
  },

  'cancelling the waiter leaves the tasks alone'(log) {
    function* waiter(tasks: Task<void>[]) { yield* wait(tasks) }

    function* main() {
      const tasks = three()
      const task = createTask(waiter(tasks))
      yield* sleep(5)
      task.cancel()
      yield* outcome(log, 'waiter', task)
      log(tasks.map(each => each.cancelling()))
      show(log, yield* wait(tasks))
    }

    run(main())
  },

  'cancelling the waiter in the turn in which it would end still cancels'(log) {
    function* waiter(future: Future) {
      yield* wait([future])
      log('never here')
    }

    function* main() {
      const future = getRunningLoop().createFuture()
      const task = createTask(waiter(future))
      yield* sleep(0)
      future.setResult('done')
      future.addDoneCallback(() => { task.cancel() })
      yield* outcome(log, 'waiter', task)
    }

    run(main())
  },

  'an empty list is a ValueError, and so is an unknown condition'(log) {
    function* main() {
      yield* outcome(log, 'none', wait([]))
      const task = createTask(work(1))
      yield* outcome(log, 'condition', wait([task], { returnWhen: 'SOMETIMES' as never }))
      yield* task
    }

    run(main())
  },

  'a coroutine is a TypeError, alone or among others'(log) {
    function* main() {
      const coroutine = work(1)
      yield* outcome(log, 'alone', wait(coroutine as never))
      yield* outcome(log, 'among others', wait([coroutine as never]))
      yield* coroutine
      const task = createTask(work(1))
      yield* outcome(log, 'a task alone', wait(task as never))
      yield* task
    }

    run(main())
  },

  'a task given twice counts once'(log) {
    function* main() {
      const task = createTask(work(1), { name: 'once' })
      show(log, yield* wait([task, task]))
    }

    run(main())
  },

  'eager tasks that ended at once are done'(log) {
    function* nothing() {}

    function* main() {
      getRunningLoop().setTaskFactory(eagerTaskFactory)
      const ended = createTask(nothing())
      const waits = createTask(work(10))
      const [done, pending] = yield* wait([ended, waits], { returnWhen: FIRST_COMPLETED })
      log(done.has(ended), pending.has(waits), getRunningLoop().time())
    }

    run(main())
  },

  'an error in its result that nobody reads is reported'(log) {
    function* main() {
      const [done] = yield* wait([createTask(fail(1))])
      log(done.size)
    }

    runReporting(log, main())
  },

  'FIRST_EXCEPTION reads the errors by looking for them'(log) {
    function* main() {
      const [done] = yield* wait([createTask(fail(1)), createTask(work(5))], { returnWhen: FIRST_EXCEPTION })
      log(done.size)
      yield* sleep(5)
    }

    runReporting(log, main())
  },
}
