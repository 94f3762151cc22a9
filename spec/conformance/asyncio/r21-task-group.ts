/** R21: a task group waits for all its tasks; the first error ends them all, and all errors come out together. */
import {
  CancelledError, ContextVar, type Coroutine, Event, ExceptionGroup, KeyboardInterrupt, Task, TaskGroup, type Timeout,
  copyContext, createTask, currentTask, eagerTaskFactory, gather, getRunningLoop, shield, sleep, timeout, use, wait,
  waitFor,
} from '../../../lib/index.ts'
import type { Log, Programs } from '../programs.ts'
import { ending, tree } from './support/groups.ts'
import { attempt, turn } from './support/probes.ts'
import { newLoop, run } from './support/virtual.ts'
import { message, names, outcome, ticker } from './support/witness.ts'

class Boom extends Error {}
class Bang extends Error {}
class Crash extends Error {}

type ErrorClass = new () => Error

function* fail(ms: number, Failure: ErrorClass = Boom): Coroutine<void> {
  yield* sleep(ms)
  throw new Failure()
}

/** Waits until it is cancelled, and then takes its time. */
function* cleaning(log: Log, name: string, ms: number) {
  try {
    yield* sleep(1000)
  } finally {
    yield* sleep(ms)
    log(name, 'is through at', now())
  }
}

/** Waits until it is cancelled, and fails some time later. */
function* failingCleanup(ms: number, Failure: ErrorClass) {
  try {
    yield* sleep(1000)
  } catch {
    yield* sleep(ms)
    throw new Failure()
  }
}

function now(): number { return getRunningLoop().time() }

function self(): Task { return currentTask() as Task }

/** Wait for a task that is cancelled, and log its message. */
function* said(log: Log, task: Task): Coroutine<void> {
  try {
    yield* task
  } catch (error) {
    log(error, message(error), now(), task.cancelling())
  }
}

/** Is it closed? If not, it runs now. */
function closed(coroutine: Coroutine<void>): boolean { return coroutine.next().done === true }

function* never(log: Log): Coroutine<void> {
  log('never here')
  yield* sleep(0)
}

export const programs: Programs = {
  'it waits for all its tasks, which have their results'(log) {
    function* main() {
      const [a, b] = yield* use(new TaskGroup(), function* (group) {
        const tasks = [group.createTask(sleep(5, 'a')), group.createTask(sleep(3, 'b'))] as const
        log('body ends at', now())
        return tasks
      })
      log(a.result(), b.result(), now())
    }

    run(main())
  },

  'an empty group takes no turn'(log) {
    function* main() {
      ticker(log, 3)
      yield* use(new TaskGroup(), function* () { log('body') })
      log('after')
      yield* sleep(1)
    }

    run(main())
  },

  'the end of the last task is the end of the group, one turn later'(log) {
    function* child() { log('child') }

    function* main() {
      ticker(log, 5)
      yield* use(new TaskGroup(), function* (group) { group.createTask(child()) })
      log('after')
      yield* sleep(1)
    }

    run(main())
  },

  'for tasks that are done it takes no turn'(log) {
    function* child() { log('child') }

    function* main() {
      yield* use(new TaskGroup(), function* (group) {
        const task = group.createTask(child())
        ticker(log, 4)
        yield* task
        log('body')
      })
      log('after')
      yield* sleep(1)
    }

    run(main())
  },

  'the value of the body goes out'(log) {
    function* body() {
      return yield* use(new TaskGroup(), function* (group) {
        const task = group.createTask(sleep(5, 'slept'))
        return yield* task
      })
    }

    function* main() { log(yield* body(), now()) }

    run(main())
  },

  'it makes tasks, with a name and a context'(log) {
    function* child() { log(self().getName(), variable.get()) }

    function* main() {
      const context = copyContext()
      context.run(() => variable.set('given'))
      yield* use(new TaskGroup(), function* (group) {
        variable.set('main')
        const task = group.createTask(child(), { name: 'a' })
        variable.set('changed')
        log(task instanceof Task, task.getName())
        group.createTask(child(), { name: 'b', context })
      })
    }

    const variable = new ContextVar('variable', { default: 'default' })
    run(main())
  },

  'an error of a task cancels the others, and comes out in a group'(log) {
    function* main() {
      yield* ending(log, 'group', use(new TaskGroup(), function* (group) {
        group.createTask(fail(1))
        group.createTask(outcome(log, 'other', sleep(10)))
      }))
      log(now(), self().cancelling())
    }

    run(main())
  },

  'it cancels what the body waits for'(log) {
    function* main() {
      yield* ending(log, 'group', use(new TaskGroup(), function* (group) {
        group.createTask(fail(1))
        try {
          yield* sleep(10)
        } catch (error) {
          log(error, message(error), self().cancelling())
          throw error
        }
      }))
      log(now(), self().cancelling())
    }

    run(main())
  },

  'a body that swallows this cancellation can do nothing against the group'(log) {
    function* main() {
      yield* ending(log, 'group', use(new TaskGroup(), function* (group) {
        group.createTask(fail(1))
        yield* outcome(log, 'first', sleep(10))
        yield* outcome(log, 'second', sleep(10))
        log('body ends at', now(), self().cancelling())
      }))
      log(self().cancelling())
    }

    run(main())
  },

  'who takes the request back in the body, has the errors all the same'(log) {
    function* main() {
      yield* ending(log, 'group', use(new TaskGroup(), function* (group) {
        group.createTask(fail(1))
        yield* outcome(log, 'sleep', sleep(10))
        log(self().uncancel())
      }))
      log(self().cancelling())
    }

    run(main())
  },

  'with an error the group waits until all the others have ended'(log) {
    function* main() {
      yield* ending(log, 'group', use(new TaskGroup(), function* (group) {
        group.createTask(fail(1))
        group.createTask(cleaning(log, 'slow', 20))
        group.createTask(cleaning(log, 'quick', 10))
        yield* sleep(100)
      }))
      log(now())
    }

    run(main())
  },

  'errors of those that are cancelled are in the group, in the order of their ends'(log) {
    run(ending(log, 'group', use(new TaskGroup(), function* (group) {
      group.createTask(failingCleanup(20, Crash))
      group.createTask(failingCleanup(10, Bang))
      group.createTask(cleaning(log, 'good', 15))
      group.createTask(fail(1))
    })))
  },

  'two that fail in one turn are both in the group'(log) {
    run(ending(log, 'group', use(new TaskGroup(), function* (group) {
      group.createTask(fail(1, Boom))
      group.createTask(fail(1, Bang))
    })))
  },

  'an error of the body cancels the tasks, and is the last in the group'(log) {
    function* main() {
      yield* ending(log, 'group', use(new TaskGroup(), function* (group) {
        group.createTask(failingCleanup(5, Bang))
        group.createTask(cleaning(log, 'good', 10))
        yield* sleep(1)
        throw new Boom()
      }))
      log(now(), self().cancelling())
    }

    run(main())
  },

  'an error of the body alone comes out in a group, too'(log) {
    function* main() {
      yield* ending(log, 'empty', use(new TaskGroup(), function* () { throw new Boom() }))
      yield* ending(log, 'cancelled', use(new TaskGroup(), function* (group) {
        group.createTask(sleep(10))
        throw new Boom()
      }))
      log(now())
    }

    run(main())
  },

  'a body that answers the cancellation with an error adds it'(log) {
    run(ending(log, 'group', use(new TaskGroup(), function* (group) {
      group.createTask(fail(1))
      try {
        yield* sleep(10)
      } catch {
        throw new Bang()
      }
    })))
  },

  'a task of the body fails, and the body waits for it: it is cancelled'(log) {
    run(ending(log, 'group', use(new TaskGroup(), function* (group) {
      const task = group.createTask(fail(1))
      yield* outcome(log, 'task', task)
      yield* sleep(1)
      log('body ends at', now())
    })))
  },

  'a task waits for one that fails: both errors are in the group'(log) {
    run(ending(log, 'group', use(new TaskGroup(), function* (group) {
      function* waiter() {
        yield* outcome(log, 'waiter', task)
        throw new Bang()
      }

      const task = group.createTask(fail(1))
      group.createTask(waiter())
    })))
  },

  'a task that is cancelled by hand is no error'(log) {
    function* main() {
      const [task, other] = yield* use(new TaskGroup(), function* (group) {
        const tasks = [group.createTask(sleep(100)), group.createTask(sleep(10, 'other'))] as const
        yield* sleep(1)
        tasks[0].cancel()
        return tasks
      })
      log(task.cancelled(), other.result(), now())
    }

    run(main())
  },

  'nor is one that raises CancelledError by itself'(log) {
    function* main() {
      const [task, other] = yield* use(new TaskGroup(), function* (group) {
        return [group.createTask(fail(1, CancelledError)), group.createTask(sleep(10, 'other'))] as const
      })
      log(task.cancelled(), other.result(), now())
    }

    run(main())
  },

  'when all are cancelled by hand, the group ends well'(log) {
    function* main() {
      const tasks = yield* use(new TaskGroup(), function* (group) {
        const tasks = [1, 2, 3].map(() => group.createTask(sleep(100)))
        yield* sleep(1)
        for (const task of tasks) task.cancel()
        return tasks
      })
      log(tasks.map(task => task.cancelled()), now(), self().cancelling())
    }

    run(main())
  },

  'one that is cancelled before its start never runs'(log) {
    function* child() { log('never here') }

    run(ending(log, 'group', use(new TaskGroup(), function* (group) {
      group.createTask(child())
      throw new Boom()
    })))
  },

  'one that swallows its cancellation is waited for'(log) {
    function* stubborn() {
      yield* outcome(log, 'first', sleep(100))
      yield* sleep(50)
      log('stubborn ends at', now(), self().cancelling())
    }

    run(ending(log, 'group', use(new TaskGroup(), function* (group) {
      group.createTask(stubborn())
      group.createTask(fail(1))
    })))
  },

  'cancelled in the body, the group cancels its tasks, and is cancelled'(log) {
    function* parent() {
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(cleaning(log, 'child', 10))
        yield* sleep(100)
      })
    }

    function* main() {
      const task = createTask(parent())
      yield* sleep(1)
      task.cancel('from outside')
      yield* said(log, task)
    }

    run(main())
  },

  'cancelled while it waits at the end, it does the same'(log) {
    function* parent() {
      yield* use(new TaskGroup(), function* (group) { group.createTask(cleaning(log, 'child', 10)) })
    }

    function* main() {
      const task = createTask(parent())
      yield* sleep(1)
      task.cancel('from outside')
      yield* said(log, task)
    }

    run(main())
  },

  'who is cancelled twice waits for the tasks all the same'(log) {
    function* parent() {
      yield* use(new TaskGroup(), function* (group) { group.createTask(cleaning(log, 'child', 10)) })
    }

    function* main() {
      const task = createTask(parent())
      yield* sleep(1)
      task.cancel('first')
      yield* sleep(1)
      task.cancel('second')
      yield* said(log, task)
    }

    run(main())
  },

  'who is cancelled in the body, and again at the end, is cancelled with the first'(log) {
    function* parent() {
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(cleaning(log, 'child', 10))
        yield* sleep(100)
      })
    }

    function* main() {
      const task = createTask(parent())
      yield* sleep(1)
      task.cancel('first')
      yield* sleep(1)
      task.cancel('second')
      yield* said(log, task)
    }

    run(main())
  },

  'a task that swallows it does not keep the parent from being cancelled'(log) {
    function* parent() {
      yield* use(new TaskGroup(), function* (group) { group.createTask(outcome(log, 'child', sleep(100))) })
      log('never here')
    }

    function* main() {
      const task = createTask(parent())
      yield* sleep(1)
      task.cancel()
      yield* outcome(log, 'parent', task)
    }

    run(main())
  },

  'a body that swallows a cancellation from outside goes on'(log) {
    function* parent() {
      const child = yield* use(new TaskGroup(), function* (group) {
        const child = group.createTask(sleep(10, 'slept'))
        yield* outcome(log, 'sleep', sleep(100))
        return child
      })
      log(child.result(), self().cancelling(), now())
    }

    function* main() {
      const task = createTask(parent())
      yield* sleep(1)
      task.cancel()
      yield* outcome(log, 'parent', task)
    }

    run(main())
  },

  'errors beat a cancellation from outside, which is delivered at the next wait'(log) {
    function* parent() {
      yield* ending(log, 'group', use(new TaskGroup(), function* (group) { group.createTask(failingCleanup(5, Boom)) }))
      log(self().cancelling())
      yield* outcome(log, 'sleep', sleep(10))
      log(now())
    }

    function* main() {
      const task = createTask(parent())
      yield* sleep(1)
      task.cancel()
      yield* outcome(log, 'parent', task)
      log(task.cancelling())
    }

    run(main())
  },

  'so it is when it is cancelled after the error'(log) {
    function* parent() {
      yield* ending(log, 'group', use(new TaskGroup(), function* (group) {
        group.createTask(fail(1))
        group.createTask(cleaning(log, 'child', 10))
      }))
      log(self().cancelling(), now())
      yield* outcome(log, 'sleep', sleep(10))
    }

    function* main() {
      const task = createTask(parent())
      yield* sleep(5)
      task.cancel()
      yield* outcome(log, 'parent', task)
      log(task.cancelling())
    }

    run(main())
  },

  'cancelled from outside in the turn of the error, it has both'(log) {
    function* parent() {
      yield* ending(log, 'group', use(new TaskGroup(), function* (group) {
        group.createTask(fail(5))
        yield* sleep(100)
      }))
      log(self().cancelling())
      yield* outcome(log, 'sleep', sleep(10))
    }

    function* main() {
      const task = createTask(parent())
      yield* sleep(5)
      task.cancel()
      yield* outcome(log, 'parent', task)
      log(task.cancelling())
    }

    run(main())
  },

  'a request from before stays one'(log) {
    function* main() {
      self().cancel()
      yield* outcome(log, 'before', sleep(10))
      yield* ending(log, 'group', use(new TaskGroup(), function* (group) {
        group.createTask(fail(1))
        yield* outcome(log, 'body', sleep(10))
      }))
      log(self().cancelling())
      yield* outcome(log, 'after', sleep(10))
    }

    run(main())
  },

  'a body that cancels its own task is cancelled at its end'(log) {
    function* parent(empty: boolean) {
      yield* use(new TaskGroup(), function* (group) {
        if (!empty) group.createTask(outcome(log, 'child', sleep(10)))
        self().cancel('by itself')
      })
      log('after the group', now())
      yield* sleep(1)
    }

    function* main() {
      for (const empty of [false, true]) yield* said(log, createTask(parent(empty)))
    }

    run(main())
  },

  'a child may cancel the parent, and so the group'(log) {
    function* parent() {
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(killer(self()))
        group.createTask(outcome(log, 'sibling', sleep(100)))
      })
    }

    function* killer(task: Task) {
      yield* sleep(1)
      task.cancel('by the child')
      yield* sleep(100)
    }

    function* main() { yield* said(log, createTask(parent())) }

    run(main())
  },

  'groups nest, and so do their errors'(log) {
    function* inner() {
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(fail(1))
        group.createTask(failingCleanup(5, Bang))
      })
    }

    run(ending(log, 'outer', use(new TaskGroup(), function* (group) {
      group.createTask(inner())
      group.createTask(failingCleanup(10, Crash))
    })))
  },

  'an inner group that fails is the error of the outer body'(log) {
    function* main() {
      yield* ending(log, 'outer', use(new TaskGroup(), function* (outer) {
        outer.createTask(failingCleanup(10, Bang))
        yield* use(new TaskGroup(), function* (inner) {
          inner.createTask(fail(1))
          yield* sleep(100)
        })
      }))
      log(self().cancelling(), now())
    }

    run(main())
  },

  'an error of the outer group cancels the inner one'(log) {
    function* main() {
      yield* ending(log, 'outer', use(new TaskGroup(), function* (outer) {
        outer.createTask(fail(1))
        try {
          yield* use(new TaskGroup(), function* (inner) {
            inner.createTask(cleaning(log, 'child', 10))
            yield* sleep(100)
          })
        } catch (error) {
          log('inner', tree(error), self().cancelling())
          throw error
        }
      }))
      log(self().cancelling())
    }

    run(main())
  },

  'when both groups have an error, the outer one has both'(log) {
    function* main() {
      yield* ending(log, 'outer', use(new TaskGroup(), function* (outer) {
        outer.createTask(fail(1))
        try {
          yield* use(new TaskGroup(), function* (inner) { inner.createTask(failingCleanup(10, Bang)) })
        } catch (error) {
          log('inner', tree(error), self().cancelling())
          throw error
        }
      }))
      log(self().cancelling())
      yield* outcome(log, 'sleep', sleep(1))
    }

    run(main())
  },

  'errors of both groups in one turn'(log) {
    function* main() {
      yield* ending(log, 'outer', use(new TaskGroup(), function* (outer) {
        outer.createTask(fail(1, Boom))
        yield* use(new TaskGroup(), function* (inner) {
          inner.createTask(fail(1, Bang))
          yield* sleep(100)
        })
      }))
      log(self().cancelling(), now())
    }

    run(main())
  },

  'an inner error that is handled in the outer body leaves the outer group alone'(log) {
    function* main() {
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(outcome(log, 'other', sleep(10, 'slept')))
        yield* ending(log, 'inner', use(new TaskGroup(), function* (inner) { inner.createTask(fail(1)) }))
        log(self().cancelling())
      })
      log(now())
    }

    run(main())
  },

  'nested groups that are cancelled from outside end from the inside'(log) {
    function* parent() {
      yield* use(new TaskGroup(), function* (outer) {
        outer.createTask(cleaning(log, 'outer child', 5))
        try {
          yield* use(new TaskGroup(), function* (inner) { inner.createTask(cleaning(log, 'inner child', 10)) })
        } finally {
          log('between', now(), self().cancelling())
        }
      })
    }

    function* main() {
      const task = createTask(parent())
      yield* sleep(1)
      task.cancel()
      yield* outcome(log, 'parent', task)
      log(now(), task.cancelling())
    }

    run(main())
  },

  'a cancellation from outside survives an inner group with an error'(log) {
    function* inner() {
      yield* use(new TaskGroup(), function* (group) { group.createTask(failingCleanup(5, Boom)) })
    }

    function* parent() {
      yield* use(new TaskGroup(), function* (outer) {
        outer.createTask(outcome(log, 'outer child', sleep(100)))
        yield* ending(log, 'inner', inner())
        log(self().cancelling())
        yield* outcome(log, 'sleep', sleep(100))
        log('outer body ends at', now())
      })
      log('never here')
    }

    function* main() {
      const task = createTask(parent())
      yield* sleep(1)
      task.cancel()
      yield* sleep(50)
      task.cancel()
      yield* outcome(log, 'parent', task)
      log(now(), task.cancelling())
    }

    run(main())
  },

  'groups of different tasks have nothing to do with each other'(log) {
    function* one() {
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(fail(5))
        yield* sleep(100)
      })
    }

    function* two() {
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(outcome(log, 'child of two', sleep(10, 'slept')))
        yield* sleep(20)
      })
      return 'two'
    }

    function* main() { yield* gather([ending(log, 'one', one()), ending(log, 'two', two())]) }

    run(main())
  },

  'a KeyboardInterrupt of a task leaves the loop bare'(log) {
    function* main() {
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(sleep(10))
        group.createTask(fail(1, KeyboardInterrupt))
        yield* outcome(log, 'body', sleep(100))
      })
    }

    attempt(log, () => run(main()))
  },

  'a KeyboardInterrupt of the body comes out bare, after the tasks have ended'(log) {
    function* main() {
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(failingCleanup(5, Boom))
        group.createTask(cleaning(log, 'child', 10))
        yield* sleep(1)
        throw new KeyboardInterrupt()
      })
    }

    attempt(log, () => run(main()))
  },

  'who goes on after a KeyboardInterrupt of a task has it bare at the end of the group'(log) {
    function* main() {
      yield* ending(log, 'group', use(new TaskGroup(), function* (group) {
        group.createTask(fail(1, KeyboardInterrupt))
        group.createTask(failingCleanup(5, Boom))
      }))
      log(now(), self().cancelling())
    }

    const loop = newLoop()
    const task = loop.createTask(main())
    attempt(log, () => loop.runUntilComplete(task))
    attempt(log, () => loop.runUntilComplete(task))
    loop.close()
  },

  'tasks may make more tasks, also while the group waits'(log) {
    function* child(group: TaskGroup, depth: number): Coroutine<void> {
      yield* sleep(1)
      log(depth, now())
      if (depth > 0) group.createTask(child(group, depth - 1))
    }

    function* main() {
      yield* use(new TaskGroup(), function* (group) { group.createTask(child(group, 3)) })
      log('ended at', now())
    }

    run(main())
  },

  'a task made while the group waits may fail, too'(log) {
    function* child(group: TaskGroup) {
      yield* sleep(1)
      group.createTask(fail(1))
      yield* outcome(log, 'child', sleep(100))
    }

    run(ending(log, 'group', use(new TaskGroup(), function* (group) { group.createTask(child(group)) })))
  },

  'before it is entered it makes no tasks, and closes the coroutine'(log) {
    function* main() {
      const [group, coroutine] = [new TaskGroup(), never(log)]
      attempt(log, () => group.createTask(coroutine))
      log(closed(coroutine))
      yield* use(group, function* () { /* nothing */ })
    }

    run(main())
  },

  'nor does it when it has ended'(log) {
    function* main() {
      for (const busy of [false, true]) {
        const group = yield* use(new TaskGroup(), function* (group) {
          if (busy) group.createTask(sleep(1))
          return group
        })
        const coroutine = never(log)
        attempt(log, () => group.createTask(coroutine))
        log(closed(coroutine))
      }
    }

    run(main())
  },

  'nor when it is shutting down'(log) {
    run(ending(log, 'group', use(new TaskGroup(), function* (group) {
      group.createTask(fail(1))
      yield* outcome(log, 'sleep', sleep(10))
      const coroutine = never(log)
      attempt(log, () => group.createTask(coroutine))
      log(closed(coroutine))
    })))
  },

  'a task that makes another one while it is cancelled adds that error to the group'(log) {
    function* child(group: TaskGroup) {
      try {
        yield* sleep(100)
      } finally {
        group.createTask(coroutine)
      }
    }

    const coroutine = never(log)
    run(ending(log, 'group', use(new TaskGroup(), function* (group) {
      group.createTask(child(group))
      group.createTask(fail(1))
    })))
    log(closed(coroutine))
  },

  'it is entered once'(log) {
    function* enter(group: TaskGroup) { yield* use(group, function* () { log('inside') }) }

    function* main() {
      const group = new TaskGroup()
      yield* use(group, function* () { yield* outcome(log, 'inside itself', enter(group)) })
      yield* outcome(log, 'again', enter(group))
    }

    run(main())
  },

  'it is for tasks'(log) {
    function enter(): void {
      try {
        new TaskGroup().enter().next()
      } catch (error) {
        log(error)
      }
    }

    const loop = newLoop()
    enter()
    loop.callSoon(enter)
    turn(loop)
    loop.close()
  },

  'eager tasks that end at once are no burden to the group'(log) {
    function* child(name: string) {
      log(name)
      return name
    }

    function* main() {
      getRunningLoop().setTaskFactory(eagerTaskFactory)
      ticker(log, 3)
      const [a, b] = yield* use(new TaskGroup(), function* (group) {
        const tasks = [group.createTask(child('a')), group.createTask(child('b'))] as const
        log(...tasks.map(task => task.done()))
        return tasks
      })
      log('after', a.result(), b.result())
      yield* sleep(1)
    }

    run(main())
  },

  'an eager task that fails at once cancels the body at its next wait'(log) {
    function* child() { throw new Boom() }

    function* main() {
      getRunningLoop().setTaskFactory(eagerTaskFactory)
      yield* ending(log, 'group', use(new TaskGroup(), function* (group) {
        group.createTask(outcome(log, 'other', sleep(10)))
        group.createTask(child())
        log('body goes on', self().cancelling())
        attempt(log, () => group.createTask(sleep(1)))
        yield* outcome(log, 'sleep', sleep(10))
      }))
      log(self().cancelling(), now())
    }

    run(main())
  },

  'an eager task that fails at the end of the body'(log) {
    function* child() { throw new Boom() }

    function* main() {
      getRunningLoop().setTaskFactory(eagerTaskFactory)
      yield* ending(log, 'group', use(new TaskGroup(), function* (group) { group.createTask(child()) }))
      log(self().cancelling())
      yield* outcome(log, 'sleep', sleep(1))
    }

    run(main())
  },

  'eager tasks that wait are as others'(log) {
    function* main() {
      getRunningLoop().setTaskFactory(eagerTaskFactory)
      yield* ending(log, 'group', use(new TaskGroup(), function* (group) {
        group.createTask(fail(5))
        group.createTask(outcome(log, 'other', sleep(10)))
        log('body')
      }))
      log(now())
    }

    run(main())
  },

  'a timeout around a group ends it'(log) {
    function* body() {
      yield* use(timeout(10), function* () {
        yield* use(new TaskGroup(), function* (group) { group.createTask(cleaning(log, 'child', 5)) })
      })
    }

    function* main() {
      yield* ending(log, 'body', body())
      log(self().cancelling(), now())
    }

    run(main())
  },

  'a task that fails after the timeout is what comes out'(log) {
    function* body(limit: Timeout) {
      yield* use(limit, function* () {
        yield* use(new TaskGroup(), function* (group) { group.createTask(failingCleanup(5, Boom)) })
      })
    }

    function* main() {
      const limit = timeout(10)
      yield* ending(log, 'body', body(limit))
      log(limit.expired(), self().cancelling())
      yield* outcome(log, 'sleep', sleep(1, 'slept'))
    }

    run(main())
  },

  'a timeout in the body is an error of the body'(log) {
    function* main() {
      yield* ending(log, 'group', use(new TaskGroup(), function* (group) {
        group.createTask(outcome(log, 'child', sleep(100)))
        yield* use(timeout(10), function* () { yield* sleep(50) })
      }))
      log(self().cancelling(), now())
    }

    run(main())
  },

  'a timeout in a task is an error of the task'(log) {
    run(ending(log, 'group', use(new TaskGroup(), function* (group) {
      group.createTask(use(timeout(10), function* () { yield* sleep(50) }))
      group.createTask(outcome(log, 'other', sleep(100)))
    })))
  },

  'the error of a group inside of a timeout is no timeout'(log) {
    function* body(limit: Timeout) {
      yield* use(limit, function* () {
        yield* use(new TaskGroup(), function* (group) {
          group.createTask(fail(1))
          yield* sleep(100)
        })
      })
    }

    function* main() {
      const limit = timeout(10)
      yield* ending(log, 'body', body(limit))
      log(limit.expired(), self().cancelling())
    }

    run(main())
  },

  'the timeout and the error at one time'(log) {
    function* body(limit: Timeout, first: boolean) {
      yield* use(limit, function* () {
        yield* use(new TaskGroup(), function* (group) {
          group.createTask(fail(first ? 10 : 9.5))
          yield* sleep(100)
        })
      })
    }

    function* main() {
      for (const first of [true, false]) {
        const limit = timeout(10)
        yield* ending(log, 'body', body(limit, first))
        log(limit.expired(), self().cancelling())
      }
    }

    run(main())
  },

  'wait_for() with a group in it'(log) {
    function* body() {
      yield* use(new TaskGroup(), function* (group) { group.createTask(cleaning(log, 'child', 5)) })
    }

    function* main() {
      yield* ending(log, 'wait_for', waitFor(body(), 10))
      log(now())
    }

    run(main())
  },

  'gather() in a task of a group'(log) {
    function* child() { return yield* gather([sleep(1, 'a'), sleep(2, 'b')]) }

    function* failing() { yield* gather([fail(5), outcome(log, 'gathered', sleep(10))]) }

    function* main() {
      yield* ending(log, 'group', use(new TaskGroup(), function* (group) {
        const good = group.createTask(child())
        group.createTask(failing())
        yield* sleep(3)
        log(good.result())
        yield* outcome(log, 'body', sleep(100))
      }))
      log(now())
      yield* sleep(10)
    }

    run(main())
  },

  'gather() in the body is cancelled with it'(log) {
    run(ending(log, 'group', use(new TaskGroup(), function* (group) {
      group.createTask(fail(5))
      yield* gather([outcome(log, 'a', sleep(10)), outcome(log, 'b', sleep(10))])
    })))
  },

  'groups inside of a gather()'(log) {
    function* one() { yield* use(new TaskGroup(), function* (group) { group.createTask(fail(5)) }) }

    function* two() {
      return yield* use(new TaskGroup(), function* (group) { return yield* group.createTask(sleep(10, 'two')) })
    }

    function* main() {
      const results = yield* gather([one(), two()], { returnExceptions: true })
      log(results.map(tree), now())
    }

    run(main())
  },

  'what a task shields goes on after the group'(log) {
    function* shielded() {
      yield* sleep(20)
      log('shielded ends at', now())
    }

    function* child() { yield* outcome(log, 'child', shield(createTask(shielded()))) }

    function* main() {
      yield* ending(log, 'group', use(new TaskGroup(), function* (group) {
        group.createTask(child())
        group.createTask(fail(1))
      }))
      yield* sleep(50)
    }

    run(main())
  },

  'tasks may wait for each other'(log) {
    function* first(event: Event) {
      yield* event.wait()
      log('first')
      return 'result'
    }

    function* second(event: Event, task: Task<string>) {
      yield* sleep(1)
      event.set()
      log('second', yield* task)
    }

    function* main() {
      const event = new Event()
      yield* use(new TaskGroup(), function* (group) {
        const task = group.createTask(first(event))
        group.createTask(second(event, task))
      })
      log(now())
    }

    run(main())
  },

  'a done callback that was added in the body comes after that of the group'(log) {
    function* main() {
      const parent = self()
      yield* ending(log, 'group', use(new TaskGroup(), function* (group) {
        const task = group.createTask(fail(1))
        task.addDoneCallback(() => log('callback', currentTask(), parent.cancelling()))
        yield* outcome(log, 'sleep', sleep(10))
      }))
    }

    run(main())
  },

  'an error of a task counts as read'(log) {
    function* main() {
      getRunningLoop().setExceptionHandler((_loop, context) => log('report', context.message))
      yield* ending(log, 'group', use(new TaskGroup(), function* (group) {
        group.createTask(fail(1))
        group.createTask(failingCleanup(5, Bang))
      }))
    }

    run(main())
  },

  'run() ends, and a group with it'(log) {
    function* parent() {
      yield* use(new TaskGroup(), function* (group) { group.createTask(cleaning(log, 'child', 5)) })
    }

    function* main() {
      createTask(outcome(log, 'parent', parent()))
      yield* sleep(1)
    }

    run(main())
  },

  'a hundred tasks, one of which fails'(log) {
    function* child(n: number) {
      yield* sleep(n)
      if (n === 50) throw new Boom()
      through.push(n)
    }

    const through: number[] = []
    const tasks: Task<void>[] = []
    run(ending(log, 'group', use(new TaskGroup(), function* (group) {
      for (let n = 0; n < 100; n++) tasks.push(group.createTask(child(n)))
    })))
    log(through.length, tasks.filter(task => task.cancelled()).length)
  },

  'the tasks of a group are the tasks of the loop'(log) {
    function* main() {
      yield* use(new TaskGroup(), function* (group) {
        const tasks = [0, 1, 2].map(n => group.createTask(sleep(n), { name: `sleep ${n}` }))
        const [done, pending] = yield* wait(tasks, { timeout: 1.5 })
        log(names(done), names(pending))
      })
    }

    run(main())
  },

  'an error that is thrown again, of a group, is in the group as it is'(log) {
    function* child() {
      yield* sleep(1)
      throw new ExceptionGroup('of the child', [new Boom(), new Bang()])
    }

    run(ending(log, 'group', use(new TaskGroup(), function* (group) { group.createTask(child()) })))
  },
}
