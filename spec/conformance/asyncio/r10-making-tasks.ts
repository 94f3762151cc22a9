/** R10: a task takes its first step in the next turn; a bare yield passes one turn; what a task cannot wait for. */
import {
  CancelledError, ContextVar, type Coroutine, GeneratorExit, InvalidStateError, KeyboardInterrupt, StopIteration, Task,
  type TaskFactory, ValueError, allTasks, copyContext, coroutine, createTask, currentTask, eagerTaskFactory, ensureFuture,
  getRunningLoop, sleep,
} from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { attempt, ticker, turn } from './support/probes.ts'
import { newLoop, run } from './support/virtual.ts'
import { names, outcome } from './support/witness.ts'

/** A yield in a coroutine. */
function* yields(value?: unknown): Coroutine<unknown> {
  return (yield value as undefined) as unknown
}

export const programs: Programs = {
  'tasks begin in the next turn, in the order in which they were made'(log) {
    function* child(n: number): Coroutine<void> {
      log('child', n)
    }

    function* main(): Coroutine<void> {
      for (let n = 0; n < 3; n++) {
        createTask(child(n))
      }
      log('main')
      yield* sleep(0)
      log('main again')
    }

    run(main())
  },

  'a task runs until it waits, and ends in the turn in which its coroutine returns'(log) {
    function* child(): Coroutine<string> {
      log('begins')
      yield
      log('goes on')
      return 'result'
    }

    const loop = newLoop()
    const task = loop.createTask(child())
    for (let i = 0; i < 2; i++) {
      log('done', task.done())
      turn(loop)
    }
    log('done', task.done(), task.result())
    loop.close()
  },

  'tasks and callbacks take their turns in one queue'(log) {
    function* child(n: number): Coroutine<void> {
      log('child', n)
      yield
      log('child', n, 'again')
    }

    const loop = newLoop()
    loop.callSoon(log, 'callback 0')
    loop.createTask(child(1))
    loop.callSoon(log, 'callback 2')
    loop.createTask(child(3))
    turn(loop)
    log('next turn')
    turn(loop)
    loop.close()
  },

  'a bare yield passes one turn, and gives nothing'(log) {
    function* main(): Coroutine<void> {
      ticker(getRunningLoop(), log, 4)
      for (let i = 0; i < 3; i++) {
        log('got', yield)
      }
      yield* sleep(1)
    }

    run(main())
  },

  'a bare yield passes one turn at any depth of coroutines'(log) {
    function* nested(depth: number): Coroutine<void> {
      if (depth > 0) yield* nested(depth - 1)
      yield
      log('depth', depth)
    }

    function* main(): Coroutine<void> {
      ticker(getRunningLoop(), log, 4)
      yield* nested(2)
      yield* sleep(1)
    }

    run(main())
  },

  'a value that is yielded is an error in the task, a turn later, and the task may go on'(log) {
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

  'a future that is yielded is an error, and goes unharmed'(log) {
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

  'a generator or a task that is yielded is an error'(log) {
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

  'cancelled while the error of a bad yield is on its way, a task gets the CancelledError'(log) {
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

  'a task cannot wait for itself, and may go on'(log) {
    function* main(): Coroutine<string> {
      ticker(getRunningLoop(), log, 3)
      yield* outcome(log, 'itself', currentTask() as Task)
      yield* sleep(1)
      return 'result'
    }

    log(run(main()))
  },

  'a task cannot wait for the future or the task of another loop, and may go on'(log) {
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

  'what cannot be awaited is a TypeError at the await, at once'(log) {
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

  'create_task needs a loop that runs, loop.create_task does not'(log) {
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

  'a task may be made by a callback'(log) {
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

  'what a coroutine ends with is what its task ends with'(log) {
    function* main(end: () => unknown): Coroutine<unknown> {
      yield
      return end()
    }

    function fail(error: Error) {
      throw error
    }

    const loop = newLoop()
    for (const end of [
      () => 'result', () => null, () => new ValueError('a result'), () => fail(new ValueError('mine')), () => fail(new StopIteration(5)),
      () => fail(new GeneratorExit()), () => fail(new CancelledError()), () => fail(new InvalidStateError()),
    ]) {
      const task = loop.createTask(main(end))
      attempt(log, () => loop.runUntilComplete(task))
      log(task.cancelled())
    }
    loop.close()
  },

  'a coroutine runs once: of two tasks that are made of it one fails'(log) {
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

  'the current task and the tasks that are not done'(log) {
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

  'a task has a copy of the variables as they were when it was made'(log) {
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

  'a task may be given its context, and shares it'(log) {
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

  'eager tasks begin at once, and go on in turns when they have waited'(log) {
    function* child(n: number): Coroutine<number> {
      log('begins', n)
      yield
      log('goes on', n)
      return n
    }

    function* main(): Coroutine<void> {
      getRunningLoop().setTaskFactory(eagerTaskFactory)
      const tasks: Task[] = []
      for (let n = 0; n < 2; n++) {
        const task = createTask(child(n))
        tasks.push(task)
        log('main', task.done())
      }
      const [first, second] = tasks as [Task, Task]
      log(yield* second, yield* first)
    }

    run(main())
  },

  'an eager task that does not wait is done at once'(log) {
    function* child(error: Error | null = null): Coroutine<string> {
      log(currentTask() !== current, allTasks().size)
      if (error !== null) throw error
      return 'result'
    }

    function* main(): Coroutine<void> {
      const loop = getRunningLoop()
      loop.setTaskFactory(eagerTaskFactory)
      current = currentTask()
      ticker(loop, log, 1)
      const [finished, failed] = [createTask(child()), createTask(child(new ValueError('mine')))]
      log(finished.done(), failed.done(), currentTask() === current, allTasks().size)
      yield* outcome(log, 'finished', finished)
      yield* outcome(log, 'failed', failed)
      yield* sleep(1)
    }

    let current: Task | null = null
    run(main())
  },

  'eager tasks in eager tasks'(log) {
    function* nested(depth: number): Coroutine<number> {
      log('in', depth)
      if (depth < 3) log('got', yield* createTask(nested(depth + 1)))
      else yield
      log('out', depth)
      return depth
    }

    function* main(): Coroutine<void> {
      getRunningLoop().setTaskFactory(eagerTaskFactory)
      ticker(getRunningLoop(), log, 6)
      yield* nested(0)
      yield* sleep(1)
    }

    run(main())
  },

  'an eager task sees its variables, and whoever made it does not see what it sets'(log) {
    const variable = new ContextVar('variable', { default: 'none' })

    function* child(): Coroutine<void> {
      log('child', variable.get())
      variable.set('set by the child')
      yield
      log('child', variable.get())
    }

    function* main(): Coroutine<void> {
      getRunningLoop().setTaskFactory(eagerTaskFactory)
      variable.set('set by main')
      const task = createTask(child())
      log('main', variable.get())
      yield* task
      log('main', variable.get())
    }

    run(main())
  },

  'KeyboardInterrupt of an eager task comes out where it is made'(log) {
    function* child(): Coroutine<void> {
      throw new KeyboardInterrupt()
    }

    function* main(): Coroutine<string> {
      getRunningLoop().setTaskFactory(eagerTaskFactory)
      attempt(log, () => createTask(child()))
      yield* sleep(1)
      return 'goes on'
    }

    log(run(main()))
  },

  'KeyboardInterrupt of an eager task that a callback makes leaves the loop'(log) {
    function* child(): Coroutine<void> {
      throw new KeyboardInterrupt()
    }

    function callback() {
      createTask(child())
      log('never')
    }

    const loop = newLoop()
    loop.setTaskFactory(eagerTaskFactory)
    loop.callSoon(callback)
    loop.callSoon(log, 'next run')
    attempt(log, () => turn(loop))
    turn(loop)
    loop.close()
  },

  'an eager task that cancels itself, and one that is cancelled where it waits'(log) {
    function* itself(): Coroutine<string> {
      currentTask()?.cancel()
      yield* outcome(log, 'itself', yields())
      return 'itself'
    }

    function* waiting(): Coroutine<string> {
      yield* outcome(log, 'waiting', getRunningLoop().createFuture())
      return 'waiting'
    }

    function* main(): Coroutine<void> {
      getRunningLoop().setTaskFactory(eagerTaskFactory)
      const tasks = [createTask(itself()), createTask(waiting())] as const
      log(tasks.map(task => task.cancelling()))
      log(tasks[1].cancel())
      for (const task of tasks) {
        log(yield* task)
      }
    }

    run(main())
  },

  'an eager task and the queue: what it schedules comes before what its maker schedules afterwards'(log) {
    function* child(): Coroutine<void> {
      getRunningLoop().callSoon(log, 'callback of the child')
      yield
      log('child')
    }

    function* main(): Coroutine<void> {
      const loop = getRunningLoop()
      loop.setTaskFactory(eagerTaskFactory)
      loop.callSoon(log, 'callback before')
      const task = createTask(child())
      loop.callSoon(log, 'callback after')
      yield* task
      log('main')
      yield* sleep(1)
    }

    run(main())
  },

  'without a loop that runs an eager task begins in the next turn'(log) {
    function* child(): Coroutine<void> {
      log('child')
    }

    const loop = newLoop()
    loop.setTaskFactory(eagerTaskFactory)
    const task = loop.createTask(child())
    log('made', task.done())
    loop.runUntilComplete(task)
    loop.close()
  },

  'a task factory makes the tasks of the loop, until it is taken away'(log) {
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

  'a task factory is a function'(log) {
    const loop = newLoop()
    attempt(log, () => loop.setTaskFactory('no function' as never))
    attempt(log, () => loop.setTaskFactory({} as never))
    log(loop.getTaskFactory())
    loop.close()
  },

  'tasks can be made by their class, also of another loop'(log) {
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
