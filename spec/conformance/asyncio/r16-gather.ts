/** R16: gather(): results in order, the first error wins, cancellation goes to all. */
import {
  type Coroutine, type Future, type Task, createTask, eagerTaskFactory, gather, getRunningLoop, sleep, wait,
} from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { newLoop, run } from './support/virtual.ts'
import { message, outcome } from './support/witness.ts'

class Boom extends Error {}
class Late extends Error {}

function* fail(ms: number, error: Error): Coroutine<string> {
  yield* sleep(ms)
  throw error
}

export const programs: Programs = {
  'results stand in the order of the arguments, whoever is first'(log) {
    function* main() {
      log(yield* gather([sleep(3, 'a'), sleep(1, 'b'), sleep(2, 'c')]))
      log(getRunningLoop().time())
    }

    run(main())
  },

  'of nothing it is done at once'(log) {
    function* main() {
      const all = gather([])
      log(all.done(), yield* all)
    }

    run(main())
  },

  'what is given twice runs once'(log) {
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

  'what is given twice and fails, fails once'(log) {
    function* main() {
      const task = createTask(fail(1, new Boom()))
      log(yield* gather([task, sleep(2, 'other'), task], { returnExceptions: true }))
    }

    run(main())
  },

  'the first error ends it, and the others go on'(log) {
    function* child() {
      yield* sleep(5)
      log('child ends at', getRunningLoop().time())
    }

    function* main() {
      yield* outcome(log, 'all', gather([child(), fail(3, new Late()), fail(1, new Boom())]))
      log('main at', getRunningLoop().time())
      yield* sleep(10)
    }

    run(main())
  },

  'with returnExceptions errors are results, and it waits for all'(log) {
    function* main() {
      log(yield* gather([fail(3, new Late()), sleep(5, 'a'), fail(1, new Boom())], { returnExceptions: true }))
      log(getRunningLoop().time())
    }

    run(main())
  },

  'a child that is cancelled is an error, and the whole is not cancelled'(log) {
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

  'a child that is cancelled is a result with returnExceptions'(log) {
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

  'a future that is cancelled as a result has its message'(log) {
    function* main() {
      const future = getRunningLoop().createFuture()
      const all = gather([future], { returnExceptions: true })
      future.cancel('a message')
      const [error] = yield* all
      log(error, message(error))
    }

    run(main())
  },

  'cancelled as a whole, it cancels all children, and ends with the first that has ended'(log) {
    function* child(name: string, ms: number) {
      try {
        yield* sleep(100)
      } finally {
        yield* sleep(ms)
        log(name, 'is through at', getRunningLoop().time())
      }
    }

    function* main() {
      const all = gather([child('a', 1), child('b', 3)])
      yield* sleep(1)
      log(all.cancel(), all.done())
      yield* outcome(log, 'all', all)
      log(getRunningLoop().time(), all.cancelled())
      yield* sleep(5)
    }

    run(main())
  },

  'cancelled as a whole with returnExceptions, it waits for all children'(log) {
    function* child(name: string, ms: number) {
      try {
        yield* sleep(100)
      } finally {
        yield* sleep(ms)
        log(name, 'is through at', getRunningLoop().time())
      }
    }

    function* main() {
      const all = gather([child('a', 1), child('b', 3)], { returnExceptions: true })
      yield* sleep(1)
      all.cancel()
      yield* outcome(log, 'all', all)
      log(getRunningLoop().time())
    }

    run(main())
  },

  'cancelled as a whole with returnExceptions, it gives the error and no results'(log) {
    function* child(name: string) { yield* outcome(log, name, sleep(100)) }

    function* main() {
      const all = gather([sleep(100), child('b')], { returnExceptions: true })
      yield* sleep(1)
      all.cancel('all of you')
      yield* outcome(log, 'all', all)
      log(all.cancelled(), all.done())
    }

    run(main())
  },

  'cancelled as a whole, the message goes to the children and comes back'(log) {
    function* child() {
      try {
        yield* sleep(100)
      } catch (error) {
        log('child:', message(error))
        throw error
      }
    }

    function* main() {
      const all = gather([child(), child()])
      yield* sleep(1)
      all.cancel('all of you')
      try {
        yield* all
      } catch (error) {
        log('main:', message(error))
      }
    }

    run(main())
  },

  'children that swallow the cancellation do not save the whole'(log) {
    function* child() {
      yield* outcome(log, 'child', sleep(100))
      return 'survived'
    }

    function* main() {
      const tasks = [createTask(child()), createTask(child())]
      const all = gather(tasks)
      yield* sleep(1)
      all.cancel()
      yield* outcome(log, 'all', all)
      log(tasks.map(task => task.result()), all.cancelled())
    }

    run(main())
  },

  'cancelled as a whole with returnExceptions, it hides the other error of a child'(log) {
    function* child() {
      try {
        yield* sleep(100)
      } catch {
        throw new Boom()
      }
    }

    function* main() {
      const all = gather([child(), child()], { returnExceptions: true })
      yield* sleep(1)
      all.cancel()
      yield* outcome(log, 'all', all)
    }

    run(main())
  },

  'cancelling it is nothing when it is done, or when all children are'(log) {
    function* main() {
      const tasks = [createTask(sleep(1, 'a')), createTask(sleep(1, 'b'))]
      yield* wait(tasks)
      const all = gather(tasks)
      log(all.cancel())
      yield* outcome(log, 'all', all)
      log(all.cancel())
    }

    run(main())
  },

  'after the first error, cancelling the whole does not touch the others'(log) {
    function* main() {
      const other = createTask(sleep(5, 'other'))
      const all = gather([other, fail(1, new Boom())])
      yield* outcome(log, 'all', all)
      log(all.cancel(), other.cancelling())
      yield* outcome(log, 'other', other)
    }

    run(main())
  },

  'one inside another gives its results as one'(log) {
    function* main() { log(yield* gather([gather([sleep(2, 'a'), sleep(1, 'b')]), sleep(0, 'c'), gather([])])) }

    run(main())
  },

  'cancelling the outer one reaches the children of the inner one'(log) {
    function* child(name: string) {
      try {
        yield* sleep(100)
      } finally {
        log(name, 'is cancelled')
      }
    }

    function* main() {
      const inner = gather([child('a'), child('b')])
      const outer = gather([inner, child('c')])
      yield* sleep(1)
      outer.cancel()
      yield* outcome(log, 'outer', outer)
      yield* outcome(log, 'inner', inner)
      log(inner.cancelled(), outer.cancelled())
    }

    run(main())
  },

  'the task that waits for it may be cancelled while one child is slow to end'(log) {
    function* slow() {
      try {
        yield* sleep(100)
      } finally {
        yield* sleep(10)
        log('slow ends at', getRunningLoop().time())
      }
    }

    function* parent() { yield* gather([slow(), fail(1, new Boom())], { returnExceptions: true }) }

    function* main() {
      const task = createTask(parent())
      yield* sleep(5)
      task.cancel()
      yield* outcome(log, 'task', task)
      log(getRunningLoop().time(), task.cancelled())
    }

    run(main())
  },

  'eager children that end at once make it end at once'(log) {
    function* child(name: string) { return name }

    function* main() {
      getRunningLoop().setTaskFactory(eagerTaskFactory)
      const all = gather([child('a'), child('b')])
      log(all.done())
      log(yield* all)
    }

    run(main())
  },

  'futures that are done already and ones that are not go together'(log) {
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

  'a callback of the whole runs a turn after the last child'(log) {
    function* main() {
      const tasks: Task[] = [createTask(sleep(1)), createTask(sleep(2))]
      const all = gather(tasks)
      all.addDoneCallback(() => { log('all', getRunningLoop().time()) })
      for (const [i, task] of tasks.entries()) task.addDoneCallback(() => { log('task', i, all.done()) })
      yield* sleep(3)
    }

    run(main())
  },

  'cancelling who waits for it when all children are done already still cancels'(log) {
    function* parent(futures: Future[]) { log('never here', yield* gather(futures)) }

    function* main() {
      const futures = [getRunningLoop().createFuture(), getRunningLoop().createFuture()]
      const task = createTask(parent(futures))
      yield* sleep(0)
      for (const future of futures) future.setResult('lost')
      log(task.cancel())
      yield* outcome(log, 'task', task)
    }

    run(main())
  },

  'cancelled twice while the children clean up, it interrupts that'(log) {
    function* child() {
      try {
        yield* sleep(100)
      } finally {
        yield* outcome(log, 'cleanup', sleep(50))
      }
    }

    function* parent() { yield* gather([child(), child()]) }

    function* main() {
      const task = createTask(parent())
      yield* sleep(1)
      task.cancel()
      yield* sleep(1)
      log(task.cancel(), task.cancelling())
      yield* outcome(log, 'task', task)
      log(getRunningLoop().time())
    }

    run(main())
  },

  'errors that come later are not for the handler'(log) {
    function* main() {
      yield* outcome(log, 'all', gather([fail(1, new Boom()), fail(2, new Late())]))
      yield* sleep(5)
    }

    const loop = newLoop()
    loop.setExceptionHandler((_, context) => { log(context.message, context.exception) })
    loop.runUntilComplete(main())
    loop.close()
  },

  'an error of the whole that nobody reads is for the handler'(log) {
    function* main() {
      gather([fail(1, new Boom()), sleep(3)])
      yield* sleep(5)
    }

    const loop = newLoop()
    loop.setExceptionHandler((_, context) => { log(context.exception) })
    loop.runUntilComplete(main())
    loop.close()
  },

  'cancelled as a whole, a child that was given three times is asked three times'(log) {
    function* main() {
      const task = createTask(sleep(100))
      const all = gather([task, task, task])
      yield* sleep(1)
      all.cancel()
      yield* outcome(log, 'all', all)
      log(task.cancelling())
    }

    run(main())
  },

  'cancelled as a whole with returnExceptions, it has the message of the last child in the list, if that has one'(log) {
    function* main() {
      for (const position of [0, 1]) {
        const loop = getRunningLoop()
        const futures = [loop.createFuture(), loop.createFuture()]
        const all = gather(futures, { returnExceptions: true })
        futures[position]?.setResult('done')
        all.cancel('a message')
        try {
          yield* all
        } catch (error) {
          log(error, message(error))
        }
      }
    }

    run(main())
  },
}
