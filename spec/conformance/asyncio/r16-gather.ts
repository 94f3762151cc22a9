/**
 * R16: `gather()` returns results in the order of its arguments. The first error ends it, and the others keep running.
 */
import { type Task, createTask, eagerTaskFactory, gather, getRunningLoop, sleep } from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { Boom } from './support/errors.ts'
import { fail } from './support/failing.ts'
import { runReporting } from './support/reporting.ts'
import { newLoop, run } from './support/virtual.ts'
import { message, outcome } from './support/witness.ts'

class Late extends Error {}

export const programs: Programs = {
  'results are in the order of the arguments, whoever ends first'(log) {
    function* main() {
      log(yield* gather([sleep(3, 'a'), sleep(1, 'b'), sleep(2, 'c')]))
      log(getRunningLoop().time())
    }

    run(main())
  },

  'without arguments it is done at once'(log) {
    function* main() {
      const all = gather([])
      log(all.done(), yield* all)
    }

    run(main())
  },

  'an argument given twice runs once'(log) {
    function* child() {
      log('runs')
      return 'result'
    }

    function* main() {
      const coroutine = child()
      const task = createTask(sleep(1, 'task'))
      log(yield* gather([coroutine, task, coroutine, task]))
    }

    run(main())
  },

  'an argument given twice that fails, fails once'(log) {
    function* main() {
      const task = createTask(fail(1, Boom))
      log(yield* gather([task, sleep(2, 'other'), task], { returnExceptions: true }))
    }

    run(main())
  },

  'the first error ends it, and the others continue'(log) {
    function* child() {
      yield* sleep(5)
      log('child ends at', getRunningLoop().time())
    }

    function* main() {
      yield* outcome(log, 'all', gather([child(), fail(3, Late), fail(1, Boom)]))
      log('main at', getRunningLoop().time())
      yield* sleep(10)
    }

    run(main())
  },

  'with returnExceptions errors are results, and it waits for all'(log) {
    function* main() {
      log(yield* gather([fail(3, Late), sleep(5, 'a'), fail(1, Boom)], { returnExceptions: true }))
      log(getRunningLoop().time())
    }

    run(main())
  },

  'a cancelled child is an error, and the gather() itself is not cancelled'(log) {
    function* main() {
      const child = createTask(sleep(10))
      const other = createTask(sleep(5, 'other'))
      const all = gather([child, other])
      yield* sleep(1)
      child.cancel('just you')
      try {
        yield* all
      } catch (error) {
        log(error, message(error))
      }
      log(all.cancelled(), all.exception(), other.done())
      yield* outcome(log, 'other', other)
    }

    run(main())
  },

  'with returnExceptions a cancelled child is a result'(log) {
    function* main() {
      const child = createTask(sleep(10))
      const all = gather([child, sleep(2, 'other')], { returnExceptions: true })
      yield* sleep(1)
      child.cancel('just you')
      const [error, other] = yield* all
      log(error, message(error), other)
    }

    run(main())
  },

  'a cancelled future as a result has its message'(log) {
    function* main() {
      const future = getRunningLoop().createFuture()
      const all = gather([future], { returnExceptions: true })
      future.cancel('a message')
      const [error] = yield* all
      log(error, message(error))
    }

    run(main())
  },

  'a gather() inside another gives its results as one'(log) {
    function* main() { log(yield* gather([gather([sleep(2, 'a'), sleep(1, 'b')]), sleep(0, 'c'), gather([])])) }

    run(main())
  },

  'eager children that end at once end it at once'(log) {
    function* child(name: string) { return name }

    function* main() {
      getRunningLoop().setTaskFactory(eagerTaskFactory)
      const all = gather([child('a'), child('b')])
      log(all.done())
      log(yield* all)
    }

    run(main())
  },

  'done futures and pending ones go together'(log) {
    function* main() {
      const loop = getRunningLoop()
      const [ready, failed] = [loop.createFuture(), loop.createFuture()]
      ready.setResult('ready')
      failed.setException(new Boom())
      log(yield* gather([sleep(1, 'slept'), ready]))
      const all = gather([sleep(1, 'slept'), failed])
      log(all.done())
      yield* outcome(log, 'all', all)
    }

    run(main())
  },

  'a done callback of it runs one turn after the last child'(log) {
    function* main() {
      const tasks: Task[] = [createTask(sleep(1)), createTask(sleep(2))]
      const all = gather(tasks)
      all.addDoneCallback(() => { log('all', getRunningLoop().time()) })
      for (const [i, task] of tasks.entries()) task.addDoneCallback(() => { log('task', i, all.done()) })
      yield* sleep(3)
    }

    run(main())
  },

  'errors after the first are not reported'(log) {
    function* main() {
      yield* outcome(log, 'all', gather([fail(1, Boom), fail(2, Late)]))
      yield* sleep(5)
    }

    runReporting(log, main())
  },

  'its own error is reported if nobody reads it'(log) {
    function* main() {
      gather([fail(1, Boom), sleep(3)])
      yield* sleep(5)
    }

    const loop = newLoop()
    loop.setExceptionHandler((_, context) => { log(context.exception) })
    loop.runUntilComplete(main())
    loop.close()
  },
}
