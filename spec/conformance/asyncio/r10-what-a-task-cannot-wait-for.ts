/** R10, errors: what a task cannot wait for raises an error at that place, and the task may handle it. */
import { type Coroutine, type Task, createTask, currentTask, getRunningLoop, sleep } from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { ticker, turn } from './support/probes.ts'
import { newLoop, run } from './support/virtual.ts'
import { outcome } from './support/witness.ts'
import { yields } from './support/yields.ts'

export const programs: Programs = {
  'a yielded value is an error in the task, one turn later, and the task may continue'(log) {
    function* main(): Coroutine<string> {
      ticker(getRunningLoop(), log, 6)
      for (const value of [42, 'text', false, [], log]) {
        try {
          yield* yields(value)
        } catch (error) {
          log(error)
        }
      }
      yield* sleep(1)
      return 'result'
    }

    log(run(main()))
  },

  'a yielded future is an error, and is left alone'(log) {
    function* main(): Coroutine<void> {
      const loop = getRunningLoop()
      ticker(loop, log, 3)
      const future = loop.createFuture()
      yield* outcome(log, 'yield', yields(future))
      log(future.done())
      future.setResult('result')
      yield* outcome(log, 'yield', yields(future))
      yield* outcome(log, 'await', future)
      yield* sleep(1)
    }

    run(main())
  },

  'a yielded generator or task is an error'(log) {
    function* child(): Coroutine<void> {
      log('child')
    }

    function* generator() {
      yield 'never'
    }

    function* main(): Coroutine<void> {
      ticker(getRunningLoop(), log, 3)
      yield* outcome(log, 'generator', yields(generator()))
      const task = createTask(child())
      yield* outcome(log, 'task', yields(task))
      log(task.done())
      yield* sleep(1)
    }

    run(main())
  },

  'a task that does not handle a bad yield fails with it'(log) {
    function* main(): Coroutine<void> {
      try {
        yield* yields(42)
      } finally {
        log('leaves')
      }
    }

    const loop = newLoop()
    const task = loop.createTask(main())
    turn(loop)
    log(task.done())
    turn(loop)
    log(task.done(), task.exception())
    loop.close()
  },

  'cancelled before the error of a bad yield arrives, a task gets the CancelledError'(log) {
    function* main(): Coroutine<string> {
      yield* outcome(log, 'yield', yields(42))
      return 'result'
    }

    const loop = newLoop()
    const task = loop.createTask(main())
    turn(loop)
    log(task.cancel('mine'), task.done())
    turn(loop)
    log(task.result())
    loop.close()
  },

  'a task cannot wait for itself, and may continue'(log) {
    function* main(): Coroutine<string> {
      ticker(getRunningLoop(), log, 3)
      yield* outcome(log, 'itself', currentTask() as Task)
      yield* sleep(1)
      return 'result'
    }

    log(run(main()))
  },

  'a task cannot wait for the future or task of another loop, and may continue'(log) {
    function* child(): Coroutine<string> {
      return 'child'
    }

    function* main(): Coroutine<string> {
      ticker(getRunningLoop(), log, 3)
      yield* outcome(log, 'future', future)
      yield* outcome(log, 'task', task)
      yield* sleep(1)
      return 'result'
    }

    const other = newLoop()
    const [future, task] = [other.createFuture(), other.createTask(child())]
    log(run(main()))
    log(other.runUntilComplete(task), future.done())
    other.close()
  },

  'awaiting what cannot be awaited is a TypeError, at once'(log) {
    function* main(): Coroutine<void> {
      ticker(getRunningLoop(), log, 1)
      for (const nothing of [null, 42, log]) {
        try {
          yield* nothing as unknown as Coroutine<void>
        } catch (error) {
          log(error)
        }
      }
      yield* sleep(1)
    }

    run(main())
  },
}
