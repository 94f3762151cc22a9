/** R16, cancelled: cancelling a `gather()` cancels all its children. */
import { type Future, createTask, gather, getRunningLoop, sleep, wait } from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { Boom } from './support/errors.ts'
import { cleaning, fail } from './support/failing.ts'
import { run } from './support/virtual.ts'
import { message, outcome } from './support/witness.ts'

export const programs: Programs = {
  'it ends with the first child that has ended'(log) {
    function* main() {
      const all = gather([cleaning(log, 'a', 1), cleaning(log, 'b', 3)])
      yield* sleep(1)
      log(all.cancel(), all.done())
      yield* outcome(log, 'all', all)
      log(getRunningLoop().time(), all.cancelled())
      yield* sleep(5)
    }

    run(main())
  },

  'with returnExceptions it waits for all children'(log) {
    function* main() {
      const all = gather([cleaning(log, 'a', 1), cleaning(log, 'b', 3)], { returnExceptions: true })
      yield* sleep(1)
      all.cancel()
      yield* outcome(log, 'all', all)
      log(getRunningLoop().time())
    }

    run(main())
  },

  'with returnExceptions it raises the error and gives no results'(log) {
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

  'the message goes to the children and comes back'(log) {
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

  'children that swallow the cancellation do not save it'(log) {
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

  'with returnExceptions it hides the other error of a child'(log) {
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

  'cancelling has no effect when it is done, or when all children are'(log) {
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

  'after the first error, cancelling does not touch the other children'(log) {
    function* main() {
      const other = createTask(sleep(5, 'other'))
      const all = gather([other, fail(1, Boom)])
      yield* outcome(log, 'all', all)
      log(all.cancel(), other.cancelling())
      yield* outcome(log, 'other', other)
    }

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

  'its waiter may be cancelled while one child is slow to end'(log) {
    function* slow() {
      try {
        yield* sleep(100)
      } finally {
        yield* sleep(10)
        log('slow ends at', getRunningLoop().time())
      }
    }

    function* parent() { yield* gather([slow(), fail(1, Boom)], { returnExceptions: true }) }

    function* main() {
      const task = createTask(parent())
      yield* sleep(5)
      task.cancel()
      yield* outcome(log, 'task', task)
      log(getRunningLoop().time(), task.cancelled())
    }

    run(main())
  },

  'cancelling its waiter when all children are done already still cancels'(log) {
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

  'cancelled twice while the children clean up, it interrupts them'(log) {
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

  'a child given three times is cancelled three times'(log) {
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

  'with returnExceptions it has the message of the last argument, if that has one'(log) {
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
