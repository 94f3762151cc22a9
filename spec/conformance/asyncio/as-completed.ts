/** `asCompleted()` gives results in the order in which they arrive. */
import {
  asCompleted, createTask, eagerTaskFactory, gather, getRunningLoop, sleep, timeout, use,
} from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { fail } from './support/failing.ts'
import { run } from './support/virtual.ts'
import { outcome, ticker } from './support/witness.ts'

export const programs: Programs = {
  'results arrive in the order in which their tasks end'(log) {
    function* main() {
      for (const next of asCompleted([sleep(3, 'c'), sleep(1, 'a'), sleep(2, 'b')])) {
        log(yield* next, getRunningLoop().time())
      }
    }

    run(main())
  },

  'without tasks there are no results'(log) {
    function* main() {
      for (const next of asCompleted([], { timeout: 5 })) yield* next
      log('through')
      yield* sleep(1)
      log(getRunningLoop().time())
    }

    run(main())
  },

  'tasks that end in the same turn arrive in the order of their ends'(log) {
    function* main() {
      const futures = ['a', 'b', 'c'].map(() => getRunningLoop().createFuture<string>())
      getRunningLoop().callLater(1, () => {
        for (const i of [2, 0, 1]) futures[i]?.setResult(`future ${i}`)
      })
      for (const next of asCompleted(futures)) log(yield* next)
    }

    run(main())
  },

  'an error is raised in its place, and the others follow'(log) {
    function* main() {
      for (const next of asCompleted([sleep(3, 'c'), fail(2), sleep(1, 'a')])) yield* outcome(log, 'next', next)
    }

    run(main())
  },

  'a cancelled task gives an error like any other'(log) {
    function* main() {
      const tasks = [createTask(sleep(5, 'slow')), createTask(sleep(10))]
      getRunningLoop().callLater(2, () => { tasks[1]?.cancel() })
      for (const next of asCompleted(tasks)) yield* outcome(log, 'next', next)
    }

    run(main())
  },

  'a task that is given twice arrives once'(log) {
    function* main() {
      const task = createTask(sleep(1, 'task'))
      for (const next of asCompleted([task, task, sleep(2, 'other')])) log(yield* next)
    }

    run(main())
  },

  'tasks that are done already arrive too'(log) {
    function* main() {
      const [done, failed] = [createTask(sleep(1, 'done')), createTask(fail(2))]
      yield* sleep(5)
      for (const next of asCompleted([done])) yield* outcome(log, 'next', next)
      for (const next of asCompleted([failed])) yield* outcome(log, 'next', next)
      log(getRunningLoop().time())
    }

    run(main())
  },

  'at the deadline each missing task gives a TimeoutError, and goes on'(log) {
    function* main() {
      const tasks = [30, 10, 20].map(ms => createTask(sleep(ms, ms)))
      for (const next of asCompleted(tasks, { timeout: 15 })) {
        yield* outcome(log, 'next', next)
        log(getRunningLoop().time())
      }
      log(tasks.map(task => task.done()))
      log(yield* gather(tasks))
    }

    run(main())
  },

  'with a timeout of zero only what is done already arrives'(log) {
    function* main() {
      const done = createTask(sleep(0, 'done'))
      yield* done
      for (const ms of [0, -1]) {
        for (const next of asCompleted([done, sleep(5, 'slept')], { timeout: ms })) yield* outcome(log, 'next', next)
      }
      log(getRunningLoop().time())
    }

    run(main())
  },

  'a deadline that is not reached does not hold up the loop'(log) {
    function* main() {
      for (const next of asCompleted([sleep(1, 'a'), sleep(2, 'b')], { timeout: 1000 })) log(yield* next)
      yield* sleep(5)
      log(getRunningLoop().time())
    }

    run(main())
  },

  'leaving early leaves the other tasks running'(log) {
    function* child(ms: number) {
      yield* sleep(ms)
      log('child', ms)
    }

    function* main() {
      for (const next of asCompleted([1, 2, 3].map(child))) {
        yield* next
        log('enough')
        break
      }
      yield* sleep(5)
    }

    run(main())
  },

  'there are as many awaitables as tasks, and they may be awaited at the same time'(log) {
    function* main() {
      const comings = [...asCompleted([sleep(3, 'c'), sleep(1, 'a'), sleep(2, 'b')])]
      log(comings.length)
      log(yield* gather(comings))
    }

    run(main())
  },

  'if the first in line is cancelled, the next one gets the result'(log) {
    function* main() {
      const future = getRunningLoop().createFuture<string>()
      const [first, second] = [...asCompleted([future, sleep(10, 'slept')])].map(next => createTask(next))
      yield* sleep(1)
      future.setResult('result')
      future.addDoneCallback(() => { log('cancel', first?.cancel()) })
      if (second !== undefined) yield* outcome(log, 'second', second)
      if (first !== undefined) yield* outcome(log, 'first', first)
    }

    run(main())
  },

  'a surrounding timeout() ends it, and the tasks go on'(log) {
    function* loop(tasks: ReturnType<typeof createTask<number>>[]) {
      yield* use(timeout(15), function* () {
        for (const next of asCompleted(tasks)) log(yield* next)
      })
    }

    function* main() {
      const tasks = [10, 20].map(ms => createTask(sleep(ms, ms)))
      yield* outcome(log, 'loop', loop(tasks))
      log(tasks.map(task => task.cancelled()), yield* gather(tasks))
    }

    run(main())
  },

  'a single task or coroutine is a TypeError'(log) {
    function* main() {
      const task = createTask(sleep(1))
      const coroutine = fail(0)
      for (const wrong of [task, coroutine]) {
        try {
          asCompleted(wrong as never)
        } catch (error) {
          log(error)
        }
      }
      yield* task
      yield* outcome(log, 'coroutine', coroutine)
    }

    run(main())
  },

  'what is done already arrives without any turn'(log) {
    function* main() {
      const tasks = ['a', 'b'].map(name => createTask(sleep(1, name)))
      const comings = asCompleted(tasks)
      yield* sleep(5)
      ticker(log, 2)
      for (const next of comings) log(yield* next)
      yield* sleep(0)
      yield* sleep(0)
    }

    run(main())
  },

  'eager tasks that ended at once arrive in the next turn'(log) {
    function* child(name: string) { return name }

    function* main() {
      getRunningLoop().setTaskFactory(eagerTaskFactory)
      const tasks = ['a', 'b'].map(name => createTask(child(name)))
      ticker(log, 3)
      for (const next of asCompleted(tasks.slice(0, 1))) log(yield* next)
      yield* sleep(0)
      yield* sleep(0)
    }

    run(main())
  },
}
