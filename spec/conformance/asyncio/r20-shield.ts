/** R20: `shield()` keeps the cancellation of the waiter away from what it waits for. */
import {
  type Task, allTasks, createTask, eagerTaskFactory, gather, getRunningLoop, shield, sleep, wait,
  waitFor,
} from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { Boom } from './support/errors.ts'
import { fail } from './support/failing.ts'
import { runReporting } from './support/reporting.ts'
import { run } from './support/virtual.ts'
import { message, outcome } from './support/witness.ts'

export const programs: Programs = {
  'it gives the result and the error of the inner task'(log) {
    function* child() { throw new Boom() }

    function* main() {
      yield* outcome(log, 'coroutine', shield(sleep(1, 'slept')))
      yield* outcome(log, 'task', shield(createTask(sleep(1, 'slept'))))
      yield* outcome(log, 'error', shield(child()))
    }

    run(main())
  },

  'what is done already needs no shield'(log) {
    function* main() {
      const future = getRunningLoop().createFuture()
      future.setResult('ready')
      log(shield(future) === future)
      const failed = getRunningLoop().createFuture()
      failed.setException(new Boom())
      log(shield(failed) === failed)
      yield* outcome(log, 'failed', shield(failed))
      const pending = createTask(sleep(1))
      log(shield(pending) === pending)
      yield* pending
    }

    run(main())
  },

  'the waiter is cancelled, the task continues'(log) {
    function* waiter(task: Task<string>) { return yield* shield(task) }

    function* main() {
      const task = createTask(sleep(10, 'slept'))
      const waits = createTask(waiter(task))
      yield* sleep(5)
      log(waits.cancel('no more'))
      try {
        yield* waits
      } catch (error) {
        log(error, message(error), getRunningLoop().time())
      }
      log(task.done(), task.cancelling())
      yield* outcome(log, 'task', task)
    }

    run(main())
  },

  'an inner coroutine becomes a task, which continues as well'(log) {
    function* inside() {
      yield* sleep(10)
      log('inside ends at', getRunningLoop().time())
    }

    function* waiter() { yield* shield(inside()) }

    function* main() {
      const waits = createTask(waiter())
      yield* sleep(5)
      waits.cancel()
      yield* outcome(log, 'waiter', waits)
      log(allTasks().size)
      yield* sleep(20)
    }

    run(main())
  },

  'cancelled in the turn in which it was made, it still lets the coroutine run'(log) {
    function* inside() { log('inside') }

    function* main() {
      const outer = shield(inside())
      log(outer.cancel('at once'), outer.cancelled())
      yield* outcome(log, 'outer', outer)
      yield* sleep(0)
    }

    run(main())
  },

  'when the inner task is cancelled, so is the shield, without the message'(log) {
    function* main() {
      const task = createTask(sleep(10))
      const outer = shield(task)
      yield* sleep(1)
      task.cancel('from inside')
      try {
        yield* outer
      } catch (error) {
        log(error, message(error), outer.cancelled())
      }
    }

    run(main())
  },

  'an inner task that swallows its cancellation gives its result'(log) {
    function* inside() {
      yield* outcome(log, 'sleep', sleep(100))
      return 'survived'
    }

    function* main() {
      const task = createTask(inside())
      const outer = shield(task)
      yield* sleep(1)
      task.cancel()
      yield* outcome(log, 'outer', outer)
    }

    run(main())
  },

  'two shields of one task are independent'(log) {
    function* main() {
      const task = createTask(sleep(5, 'slept'))
      const [one, two] = [shield(task), shield(task)]
      one.cancel()
      yield* outcome(log, 'one', one)
      yield* outcome(log, 'two', two)
    }

    run(main())
  },

  'a shield of a shield works too'(log) {
    function* main() {
      const task = createTask(sleep(5, 'slept'))
      const inner = shield(task)
      const outer = shield(inner)
      outer.cancel()
      log(inner.cancelled())
      yield* outcome(log, 'inner', inner)
      const again = shield(shield(createTask(sleep(5, 'slept again'))))
      yield* outcome(log, 'again', again)
    }

    run(main())
  },

  'a cancelled waiter may wait for the end, and then raise the error again'(log) {
    function* save() {
      yield* sleep(10)
      log('saved')
    }

    function* worker() {
      const saving = createTask(save())
      try {
        yield* shield(saving)
      } catch (error) {
        log('cancelled, but first')
        yield* saving
        throw error
      }
    }

    function* main() {
      const task = createTask(worker())
      yield* sleep(5)
      task.cancel()
      yield* outcome(log, 'worker', task)
      log(getRunningLoop().time())
    }

    run(main())
  },

  'cancelling a gather() of shields leaves all the tasks alone'(log) {
    function* main() {
      const tasks = [createTask(sleep(10, 'a')), createTask(sleep(10, 'b'))]
      const all = gather(tasks.map(shield))
      yield* sleep(1)
      all.cancel()
      yield* outcome(log, 'all', all)
      log(yield* gather(tasks))
    }

    run(main())
  },

  'a shield of a gather() protects it as a whole'(log) {
    function* main() {
      const all = gather([sleep(10, 'a'), sleep(10, 'b')])
      const outer = shield(all)
      yield* sleep(1)
      outer.cancel()
      yield* outcome(log, 'outer', outer)
      yield* outcome(log, 'all', all)
    }

    run(main())
  },

  'waitFor() times out, but the task continues'(log) {
    function* main() {
      const task = createTask(sleep(20, 'slept'))
      for (let i = 0; i < 3; i++) yield* outcome(log, `try ${i}`, waitFor(shield(task), 8))
      log(getRunningLoop().time())
    }

    run(main())
  },

  'cancelled together with the end of the task, the shield is cancelled'(log) {
    function* main() {
      const future = getRunningLoop().createFuture()
      const outer = shield(future)
      future.setResult('result')
      log(outer.cancel(), outer.cancelled())
      yield* outcome(log, 'outer', outer)
      yield* outcome(log, 'future', future)
    }

    run(main())
  },

  'an error after the cancellation is reported'(log) {
    function* main() {
      const outer = shield(fail(5))
      yield* sleep(1)
      outer.cancel()
      yield* outcome(log, 'outer', outer)
      yield* sleep(10)
    }

    runReporting(log, main())
  },

  'an error in the turn of the cancellation is not reported'(log) {
    function* main() {
      const future = getRunningLoop().createFuture()
      const outer = shield(future)
      future.setException(new Boom())
      outer.cancel()
      yield* outcome(log, 'outer', outer)
      yield* sleep(10)
    }

    runReporting(log, main())
  },

  'cancelled together with an error of the task, the error counts as read'(log) {
    function* waiter(task: Task<string>) { return yield* shield(task) }

    function* main() {
      const waits = createTask(waiter(createTask(fail(5))))
      yield* sleep(0)
      getRunningLoop().callLater(5, () => { waits.cancel() })
      yield* outcome(log, 'waiter', waits)
      yield* sleep(5)
    }

    runReporting(log, main())
  },

  'run() cancels at its end what a shield has left running'(log) {
    function* inside() { yield* outcome(log, 'inside', sleep(100)) }

    function* main() {
      const outer = shield(inside())
      yield* sleep(1)
      outer.cancel()
      yield* outcome(log, 'outer', outer)
    }

    run(main())
  },

  'an eager coroutine that ends at once needs no shield'(log) {
    function* inside() { return 'at once' }

    function* main() {
      getRunningLoop().setTaskFactory(eagerTaskFactory)
      const outer = shield(inside())
      log(outer.done(), outer.cancel())
      yield* outcome(log, 'outer', outer)
    }

    run(main())
  },

  'several may wait for a shield, and one of them cancelled cancels it for all'(log) {
    function* main() {
      const task = createTask(sleep(10, 'slept'))
      const outer = shield(task)
      const [one, two] = [createTask(outcome(log, 'one', outer)), createTask(outcome(log, 'two', outer))]
      yield* sleep(1)
      one.cancel()
      yield* wait([one, two])
      yield* outcome(log, 'task', task)
    }

    run(main())
  },
}
