/** R14, KeyboardInterrupt: in a task it leaves the loop at once, and is kept in the task. */
import {
  KeyboardInterrupt, createTask, currentTask, eagerTaskFactory, getRunningLoop, sleep,
} from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { newLoop, run } from './support/virtual.ts'
import { outcome } from './support/witness.ts'

export const programs: Programs = {
  'KeyboardInterrupt in a task leaves the loop at once, and is kept in the task'(log) {
    function* child() { throw new KeyboardInterrupt() }

    const loop = newLoop()
    const other = loop.createFuture()
    const task = loop.createTask(child())
    task.addDoneCallback(() => { log('callback of the task') })
    loop.callSoon(log, 'never in this run')
    try {
      loop.runUntilComplete(other)
    } catch (error) {
      log('out comes', error, task.done(), task.exception())
    }
    loop.callSoon(() => { loop.stop() })
    loop.runForever()
    loop.close()
  },

  'KeyboardInterrupt in the main task leaves run(), after the others were cancelled'(log) {
    function* child() {
      try {
        yield* sleep(100)
      } finally {
        log('child cleans up')
      }
    }

    function* main() {
      createTask(child())
      yield* sleep(1)
      throw new KeyboardInterrupt()
    }

    run(main())
  },

  'KeyboardInterrupt in another task leaves run() too, and the main task is cancelled'(log) {
    function* child() {
      yield* sleep(1)
      throw new KeyboardInterrupt()
    }

    function* main() {
      yield* outcome(log, 'main', createTask(child()))
      yield* outcome(log, 'main', sleep(100))
    }

    run(main())
  },

  'a subclass of KeyboardInterrupt does the same'(log) {
    class Enough extends KeyboardInterrupt {}

    function* child() { throw new Enough() }

    function* main() {
      createTask(child())
      yield* outcome(log, 'main', sleep(100))
    }

    run(main())
  },

  'KeyboardInterrupt in a callback leaves the loop, and no handler gets it'(log) {
    const loop = newLoop()
    loop.setExceptionHandler(() => { log('never here') })
    loop.callSoon(() => { throw new KeyboardInterrupt() })
    loop.callSoon(log, 'next')
    try {
      loop.runForever()
    } catch (error) {
      log('out comes', error, loop.isRunning())
    }
    loop.callSoon(() => { loop.stop() })
    loop.runForever()
    loop.close()
  },

  'a task that catches KeyboardInterrupt keeps it from the loop'(log) {
    function* inner() { throw new KeyboardInterrupt() }

    function* main() {
      yield* outcome(log, 'inner', inner())
      return 'as if nothing had happened'
    }

    log(run(main()))
  },

  'KeyboardInterrupt of an eager task goes to its creator'(log) {
    function* child() { throw new KeyboardInterrupt() }

    function* main() {
      getRunningLoop().setTaskFactory(eagerTaskFactory)
      try {
        createTask(child())
      } catch (error) {
        log('main catches', error, currentTask() !== null)
      }
      yield* sleep(1)
      return 'main goes on'
    }

    log(run(main()))
  },

  'KeyboardInterrupt in a done callback leaves the loop too'(log) {
    function* main() {
      const task = createTask(sleep(1))
      task.addDoneCallback(() => { throw new KeyboardInterrupt() })
      yield* outcome(log, 'main', sleep(10))
    }

    run(main())
  },
}
