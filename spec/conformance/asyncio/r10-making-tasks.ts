/** R10, making tasks: a task is made of a coroutine, in a loop, with a name and a context. */
import {
  CancelledError, ContextVar, type Coroutine, GeneratorExit, InvalidStateError, StopIteration, Task, type TaskFactory,
  ValueError, allTasks, copyContext, coroutine, createTask, currentTask, ensureFuture, getRunningLoop, sleep,
} from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { attempt } from './support/probes.ts'
import { newLoop, run } from './support/virtual.ts'
import { names, outcome } from './support/witness.ts'

export const programs: Programs = {
  'only a coroutine can be a task'(log) {
    function* child(): Coroutine<void> {
      log('never')
    }

    function* main(): Coroutine<void> {
      const loop = getRunningLoop()
      for (const nothing of [null, 42, 'text', child, loop.createFuture(), loop]) {
        attempt(log, () => createTask(nothing as never))
        attempt(log, () => loop.createTask(nothing as never))
      }
      log(allTasks().size)
    }

    run(main())
  },

  'create_task needs a running loop, loop.create_task does not'(log) {
    function* child(): Coroutine<string> {
      return 'result'
    }

    const [loop, coroutine] = [newLoop(), child()]
    attempt(log, () => createTask(coroutine))
    const task = loop.createTask(coroutine)
    log(task.done(), task.getLoop() === loop)
    log(loop.runUntilComplete(task))
    loop.close()
  },

  'a callback may make a task'(log) {
    function* child(): Coroutine<void> {
      log('child', currentTask() === tasks[0])
      loop.stop()
    }

    function callback() {
      tasks.push(createTask(child()))
      log('callback', currentTask())
    }

    const tasks: Task[] = []
    const loop = newLoop()
    loop.callSoon(callback)
    loop.runForever()
    log(tasks[0]?.done())
    loop.close()
  },

  'a task ends with what its coroutine ends with'(log) {
    function* main(end: () => unknown): Coroutine<unknown> {
      yield
      return end()
    }

    function fail(error: Error) {
      throw error
    }

    const loop = newLoop()
    for (const end of [
      () => 'result', () => null, () => new ValueError('a result'),
      () => fail(new ValueError('mine')), () => fail(new StopIteration(5)),
      () => fail(new GeneratorExit()), () => fail(new CancelledError()), () => fail(new InvalidStateError()),
    ]) {
      const task = loop.createTask(main(end))
      attempt(log, () => loop.runUntilComplete(task))
      log(task.cancelled())
    }
    loop.close()
  },

  'a coroutine runs once: of two tasks made of it, one fails'(log) {
    const child = coroutine(function* child(): Coroutine<string> {
      log('child')
      return 'result'
    })

    function* main(): Coroutine<void> {
      const once = child()
      const [first, second] = [createTask(once), createTask(once)]
      yield* outcome(log, 'first', first)
      yield* outcome(log, 'second', second)
    }

    run(main())
  },

  'a task has its name, its coroutine and its loop'(log) {
    function* child(): Coroutine<void> {}

    function* main(): Coroutine<void> {
      const coroutine = child()
      const task = createTask(coroutine, { name: 'mine' })
      log(task.getName(), task.getCoro() === coroutine, task.getLoop() === getRunningLoop())
      task.setName('other')
      yield* task
      log(task.getName(), task.getCoro() === coroutine)
    }

    run(main())
  },

  'the current task, and the tasks that are not done'(log) {
    function* child(): Coroutine<void> {
      log('current', currentTask()?.getName(), names(allTasks()))
    }

    function* main(): Coroutine<void> {
      currentTask()?.setName('main')
      const tasks = [createTask(child(), { name: 'a' }), createTask(child(), { name: 'b' })] as const
      getRunningLoop().callSoon(() => log('callback', currentTask(), names(allTasks())))
      log('current', currentTask()?.getName(), names(allTasks()))
      yield* tasks[1]
      log('current', currentTask()?.getName(), names(allTasks()))
    }

    run(main())
  },

  'a task has a copy of the context variables as they were when it was made'(log) {
    const variable = new ContextVar('variable', { default: 'none' })

    function* child(n: number): Coroutine<void> {
      log(n, variable.get())
      variable.set(`child ${n}`)
      yield
      log(n, variable.get())
    }

    function* main(): Coroutine<void> {
      variable.set('first')
      const tasks = [createTask(child(0))]
      variable.set('second')
      tasks.push(createTask(child(1)))
      variable.set('third')
      for (const task of tasks) {
        yield* task
      }
      log('main', variable.get())
      yield* child(2)
      log('main', variable.get())
    }

    run(main())
    log('outside', variable.get())
  },

  'a task may be given a context, and shares it'(log) {
    const variable = new ContextVar('variable', { default: 'none' })

    function* child(n: number): Coroutine<void> {
      log(n, variable.get())
      variable.set(`child ${n}`)
      getRunningLoop().callSoon(() => log('callback of', n, variable.get()))
    }

    function* main(): Coroutine<void> {
      const context = copyContext()
      yield* createTask(child(0), { context })
      yield* createTask(child(1), { context })
      log('context', context.get(variable), 'main', variable.get())
      yield* sleep(0)
    }

    run(main())
  },

  'a task factory makes the tasks of the loop, until it is removed'(log) {
    class Mine<T> extends Task<T> {}

    const factory: TaskFactory = (loop, coroutine, options) => {
      log('factory', loop === getRunningLoop(), coroutine === made)
      return new Mine(coroutine, options)
    }

    function* child(): Coroutine<string> {
      return 'result'
    }

    function* main(): Coroutine<void> {
      const loop = getRunningLoop()
      log(loop.getTaskFactory())
      loop.setTaskFactory(factory)
      log(loop.getTaskFactory() === factory)
      for (const make of [createTask, (coroutine: Coroutine<string>) => loop.createTask(coroutine), ensureFuture]) {
        const coroutine = child()
        made = coroutine
        const task = make(coroutine)
        log(task instanceof Mine, yield* task)
      }
      loop.setTaskFactory(null)
      const task = createTask(child())
      log(task instanceof Mine, yield* task)
    }

    let made: unknown = null
    run(main())
  },

  'a task factory must be a function'(log) {
    const loop = newLoop()
    attempt(log, () => loop.setTaskFactory('no function' as never))
    attempt(log, () => loop.setTaskFactory({} as never))
    log(loop.getTaskFactory())
    loop.close()
  },

  'tasks can be made by their class, for another loop too'(log) {
    function* child(n: number): Coroutine<number> {
      log('child', n)
      return n
    }

    function* main(): Coroutine<Task<number>> {
      const task = new Task(child(1))
      const elsewhere = new Task(child(2), { loop: other })
      log(task.getLoop() === getRunningLoop(), elsewhere.getLoop() === other)
      log(yield* task, elsewhere.done())
      return elsewhere
    }

    const other = newLoop()
    const task = run(main())
    log(other.runUntilComplete(task))
    other.close()
  },
}
