/**
 * R12: `cancel()` cancels what the task waits for. If it waits for nothing, CancelledError is raised at its next step.
 */
import {
  type Future, type Task, createTask, currentTask, eagerTaskFactory, gather, getRunningLoop, shield, sleep, wait,
} from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { run } from './support/virtual.ts'
import { message, names, outcome } from './support/witness.ts'

export const programs: Programs = {
  'cancelled before its start, a task never runs its body'(log) {
    function* child() { log('never here') }

    function* main() {
      const task = createTask(child())
      log(task.cancel(), task.cancelled())
      yield* outcome(log, 'task', task)
      log(task.cancelled(), task.cancelling())
    }

    run(main())
  },

  'a task that is done cannot be cancelled'(log) {
    function* child() { return 'done' }

    function* main() {
      const task = createTask(child())
      yield* task
      log(task.cancel(), task.cancelled(), task.cancelling(), task.result())
    }

    run(main())
  },

  'a task that is cancelled cannot be cancelled again'(log) {
    function* main() {
      const task = createTask(sleep(10))
      task.cancel()
      yield* wait([task])
      log(task.cancel(), task.cancelling())
    }

    run(main())
  },

  'the future that a task waits for is cancelled with it'(log) {
    function* child(future: Future) { yield* future }

    function* main() {
      const future = getRunningLoop().createFuture()
      const task = createTask(child(future))
      yield* sleep(0)
      task.cancel()
      log('future', future.cancelled(), 'task', task.cancelled())
      yield* outcome(log, 'task', task)
    }

    run(main())
  },

  'through a chain of tasks it reaches the innermost, and they end from there'(log) {
    function* link(name: string, next: Task<void> | null) {
      try {
        yield* next ?? sleep(100)
      } catch (error) {
        log(name, 'gets', error)
        throw error
      }
    }

    function* main() {
      const c = createTask(link('c', null))
      const b = createTask(link('b', c))
      const a = createTask(link('a', b))
      yield* sleep(1)
      a.cancel()
      yield* wait([a])
      log([a, b, c].map(task => task.cancelled()), [a, b, c].map(task => task.cancelling()))
    }

    run(main())
  },

  'a task with several waiters is cancelled for all of them'(log) {
    function* shared() { yield* sleep(100) }

    function* main() {
      const task = createTask(shared())
      const one = createTask(outcome(log, 'one', task))
      const two = createTask(outcome(log, 'two', task))
      yield* sleep(1)
      one.cancel()
      yield* wait([one, two])
      log(one.cancelling(), two.cancelling(), task.cancelled())
    }

    run(main())
  },

  'cancelled while its result is on the way, a task gets CancelledError instead'(log) {
    function* child(future: Future) { log('gets', yield* future) }

    function* main() {
      const future = getRunningLoop().createFuture()
      const task = createTask(child(future))
      yield* sleep(0)
      future.setResult('a result')
      log(task.cancel('too bad'), future.cancelled())
      yield* outcome(log, 'task', task)
    }

    run(main())
  },

  'cancelled while an error is on the way, a task gets CancelledError instead'(log) {
    function* child(future: Future) { yield* outcome(log, 'child', future) }

    function* main() {
      const future = getRunningLoop().createFuture()
      const task = createTask(child(future))
      yield* sleep(0)
      future.setException(new Error('mine'))
      task.cancel()
      yield* outcome(log, 'task', task)
    }

    run(main())
  },

  'cancelled at sleep(0), a task gets the error in its turn'(log) {
    function* child() { yield* outcome(log, 'sleep', sleep(0)) }

    function* main() {
      const task = createTask(child())
      yield* sleep(0)
      task.cancel()
      log('cancelled', task.cancelling())
      yield* outcome(log, 'task', task)
    }

    run(main())
  },

  'an inner task that swallows the cancellation keeps the outer one alive'(log) {
    function* inner() {
      yield* outcome(log, 'sleep', sleep(100))
      return 'survived'
    }

    function* outer(task: Task<string>) { return yield* task }

    function* main() {
      const innerTask = createTask(inner())
      const task = createTask(outer(innerTask))
      yield* sleep(1)
      task.cancel()
      yield* outcome(log, 'task', task)
      log(task.cancelling(), innerTask.cancelling())
    }

    run(main())
  },

  'a cancelled sleep leaves no timer behind'(log) {
    function* main() {
      const task = createTask(sleep(1000))
      yield* sleep(1)
      task.cancel()
      yield* wait([task])
      log(getRunningLoop().time())
    }

    run(main())
  },

  'cancelling the waiter of a gather() cancels all children'(log) {
    function* child(name: string) { yield* outcome(log, name, sleep(100)) }

    function* parent() { yield* gather([child('a'), child('b')]) }

    function* main() {
      const task = createTask(parent())
      yield* sleep(1)
      task.cancel()
      yield* outcome(log, 'task', task)
    }

    run(main())
  },

  'a done callback may cancel another task'(log) {
    function* main() {
      const first = createTask(sleep(5))
      const second = createTask(sleep(100))
      first.addDoneCallback(() => { log('cancel', second.cancel('by the callback')) })
      try {
        yield* second
      } catch (error) {
        log(error, message(error), getRunningLoop().time())
      }
    }

    run(main())
  },

  'a task cancelled by the task that it waits for does not wait any longer'(log) {
    function* killer(victim: () => Task<void>) {
      yield* sleep(1)
      log('cancel', victim().cancel())
      yield* sleep(1)
      log('never here')
    }

    function* main() {
      const victim: Task<void> = createTask(outcome(log, 'victim', createTask(killer(() => victim))))
      yield* victim
    }

    run(main())
  },

  'an eager task that waits can be cancelled like any other'(log) {
    function* child() { yield* outcome(log, 'child', sleep(100)) }

    function* main() {
      getRunningLoop().setTaskFactory(eagerTaskFactory)
      const task = createTask(child())
      log(task.cancel(), task.cancelling())
      yield* outcome(log, 'task', task)
    }

    run(main())
  },

  'cancelling a shield leaves the task inside, cancelling the task ends both'(log) {
    function* main() {
      const a = createTask(sleep(10, 'a'), { name: 'a' })
      const b = createTask(sleep(10, 'b'), { name: 'b' })
      const [one, two] = [shield(a), shield(b)]
      one.cancel()
      b.cancel()
      const [done] = yield* wait([a, b])
      log(names(done), a.cancelled(), one.cancelled(), b.cancelled(), two.cancelled())
      yield* sleep(0)
      log(two.cancelled())
    }

    run(main())
  },

  'cancelling the main task ends run() with the error'(log) {
    function* killer(task: Task | null) {
      yield* sleep(1)
      task?.cancel('by the killer')
    }

    function* main() {
      createTask(killer(currentTask()))
      yield* sleep(100)
    }

    try {
      run(main())
    } catch (error) {
      log(error, message(error))
    }
  },

  'of two tasks that would cancel each other in one turn, the second never does'(log) {
    function* child(name: string, other: () => Task<void>) {
      try {
        yield* sleep(1)
        log(name, 'cancels', other().cancel())
        yield* sleep(1)
      } finally {
        log(name, 'ends')
      }
    }

    function* main() {
      const a: Task<void> = createTask(child('a', () => b))
      const b: Task<void> = createTask(child('b', () => a))
      yield* wait([a, b])
      log(a.cancelled(), b.cancelled())
    }

    run(main())
  },
}
