/** R10, eager tasks: an eager task takes its first step while it is being created. */
import {
  ContextVar, type Coroutine, KeyboardInterrupt, type Task, ValueError, allTasks, createTask, currentTask,
  eagerTaskFactory, getRunningLoop, sleep,
} from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { attempt, ticker, turn } from './support/probes.ts'
import { newLoop, run } from './support/virtual.ts'
import { outcome } from './support/witness.ts'
import { yields } from './support/yields.ts'

export const programs: Programs = {
  'an eager task begins at once, and continues in turns after it has waited'(log) {
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

  'eager tasks inside eager tasks'(log) {
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

  'an eager task sees its own context variables, and its maker does not see what it sets'(log) {
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

  'KeyboardInterrupt of an eager task is raised where the task is made'(log) {
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

  'KeyboardInterrupt of an eager task made by a callback leaves the loop'(log) {
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

  'an eager task that cancels itself, and one cancelled where it waits'(log) {
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

  'what an eager task schedules comes before what its maker schedules afterwards'(log) {
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

  'without a running loop an eager task begins in the next turn'(log) {
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
}
