/**
 * R14: A task has a name and an outcome that only its coroutine sets; the loop knows the current task and all that are
 * not done.
 */
import {
  type Coroutine, InvalidStateError, Task, allTasks, createTask, currentTask, eagerTaskFactory, ensureFuture,
  getRunningLoop, sleep, wait,
} from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { Boom } from './support/errors.ts'
import { newLoop, run } from './support/virtual.ts'
import { names, outcome } from './support/witness.ts'

function nameOfCurrent(): string | undefined { return currentTask()?.getName() }

export const programs: Programs = {
  'the result of a task cannot be set by hand'(log) {
    function* child() { return 'its own' }

    function* main() {
      const task = createTask(child()) as Task
      for (const set of [() => { task.setResult() }, () => { task.setException() }]) {
        try {
          set()
        } catch (error) {
          log(error)
        }
      }
      log(yield* task)
    }

    run(main())
  },

  'a task has a name, which can be changed'(log) {
    function* main() {
      const task = createTask(sleep(0), { name: 'first' })
      log(task.getName())
      task.setName('second')
      log(task.getName())
      yield* task
      log(task.getName())
    }

    run(main())
  },

  'without a name it gets a number, and the next task the next number'(log) {
    function* main() {
      const [one, two] = [createTask(sleep(0)), createTask(sleep(0))]
      const [first, second] = [one, two].map(task => task.getName().split('-')) as [string[], string[]]
      log(first[0], Number(second[1]) - Number(first[1]))
      yield* wait([one, two])
    }

    run(main())
  },

  'all tasks are those that are not done'(log) {
    function* main() {
      currentTask()?.setName('main')
      const tasks = ['a', 'b', 'c'].map((name, i) => createTask(sleep(i), { name }))
      log(names(allTasks()))
      yield* sleep(0)
      yield* sleep(0)
      log(names(allTasks()))
      tasks[1]?.cancel()
      log(names(allTasks()))
      yield* wait(tasks)
      log(names(allTasks()))
    }

    run(main())
  },

  'a loop can be asked for its tasks while it does not run'(log) {
    const loop = newLoop()
    const task = loop.createTask(sleep(1), { name: 'waits' })
    log(names(allTasks(loop)))
    loop.runUntilComplete(task)
    log(names(allTasks(loop)))
    loop.close()
    try {
      allTasks()
    } catch (error) {
      log(error)
    }
  },

  'the current task is the one whose turn it is, in all its coroutines'(log) {
    function* inner() {
      log('inner', nameOfCurrent())
      yield* sleep(0)
      log('inner', nameOfCurrent())
    }

    function* main() {
      currentTask()?.setName('main')
      const task = createTask(inner(), { name: 'task' })
      yield* inner()
      yield* task
      log('main', nameOfCurrent())
    }

    run(main())
  },

  'there is no current task in a callback'(log) {
    function* main() {
      const loop = getRunningLoop()
      loop.callSoon(() => { log('soon', currentTask()) })
      loop.callLater(1, () => { log('later', currentTask()) })
      const task = createTask(sleep(0))
      task.addDoneCallback(() => { log('done', currentTask()) })
      yield* sleep(2)
      log(currentTask() === null)
    }

    run(main())
  },

  'a loop that does not run has no current task'(log) {
    const loop = newLoop()
    log(currentTask(loop))
    loop.callSoon(() => { loop.stop() })
    loop.runForever()
    log(currentTask(loop))
    loop.close()
  },

  'while an eager task begins, it is the current one, and then its creator again'(log) {
    function* child() {
      log('current', nameOfCurrent(), names(allTasks()))
    }

    function* main() {
      currentTask()?.setName('main')
      const task = new Task(child(), { name: 'child', eagerStart: true })
      log('current', nameOfCurrent(), names(allTasks()), task.done())
      yield* task
    }

    run(main())
  },

  'eager tasks may begin inside each other'(log) {
    function* child(n: number): Coroutine<void> {
      log('begin', nameOfCurrent())
      if (n > 0) new Task(child(n - 1), { name: `child ${n - 1}`, eagerStart: true })
      log('end', nameOfCurrent())
    }

    function* main() {
      currentTask()?.setName('main')
      yield* child(2)
    }

    run(main())
  },

  'the waiter of an eager task that failed at once gets the error'(log) {
    function* child() { throw new Boom() }

    function* main() {
      getRunningLoop().setTaskFactory(eagerTaskFactory)
      const task = createTask(child())
      log(task.done(), task.exception())
      yield* outcome(log, 'task', task)
    }

    run(main())
  },

  'every waiter of a failed task gets the same error'(log) {
    const boom = new Boom()

    function* child() { throw boom }

    function* waiter(task: Task<void>) {
      try {
        yield* task
      } catch (error) {
        log(error, error === boom)
      }
    }

    function* main() {
      const task = createTask(child())
      yield* wait([createTask(waiter(task)), createTask(waiter(task))])
      yield* waiter(task)
      log(task.exception() === boom)
    }

    run(main())
  },

  'the outcome of a task can be asked for once it is done'(log) {
    function* main() {
      const waits = createTask(sleep(5))
      const returns = createTask(sleep(1, 'result'))
      const cancelled = createTask(sleep(5))
      yield* sleep(2)
      cancelled.cancel()
      yield* sleep(0)
      yield* sleep(0)
      for (const task of [waits, returns, cancelled] as Task[]) {
        log(task.done(), task.cancelled())
        for (const ask of [() => task.result(), () => task.exception()]) {
          try {
            log(ask())
          } catch (error) {
            log(error, error instanceof InvalidStateError)
          }
        }
      }
    }

    run(main())
  },

  'a task cannot wait for itself'(log) {
    function* child() { yield* outcome(log, 'itself', currentTask() as Task) }

    function* main() { yield* outcome(log, 'child', createTask(child())) }

    run(main())
  },

  'a task keeps its coroutine, and is its own future'(log) {
    function* child() {}

    function* main() {
      const coroutine = child()
      const task = createTask(coroutine)
      log(task.getCoro() === coroutine, ensureFuture(task) === task, task.getLoop() === getRunningLoop())
      yield* task
      log(task.getCoro() === coroutine)
    }

    run(main())
  },
}
