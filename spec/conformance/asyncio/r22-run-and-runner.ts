/**
 * R22: A runner runs coroutines in one loop and one context. At the end it cancels, awaits and reports what is left.
 */
import {
  ContextVar, type EventLoop, Runner, type Task, allTasks, copyContext, createTask, currentTask, gather,
  getRunningLoop, shield, sleep,
} from '../../../lib/index.ts'
import type { Log, Programs } from '../programs.ts'
import { Boom } from './support/errors.ts'
import { newLoop, run } from './support/virtual.ts'
import { message, names, outcome } from './support/witness.ts'

/** Do something with a runner, and close it however that ends: Python's `with Runner() as runner`. */
function withRunner(log: Log, body: (runner: Runner) => void, loopFactory: () => EventLoop = newLoop): void {
  const runner = new Runner({ loopFactory })
  try {
    body(runner)
  } finally {
    runner.close()
    log('closed')
  }
}

function attempt(log: Log, f: () => unknown): void {
  try {
    log('gives', f())
  } catch (error) {
    log('throws', error)
  }
}

export const programs: Programs = {
  'run() gives the result of main'(log) {
    function* main() {
      yield* sleep(1)
      return 'result'
    }

    log(run(main()))
  },

  'run() raises the error of main'(log) {
    function* main() {
      yield* sleep(1)
      throw new Boom()
    }

    attempt(log, () => run(main()))
  },

  'tasks that main leaves running are cancelled and awaited'(log) {
    function* child(name: string, ms: number) {
      try {
        yield* sleep(100)
      } finally {
        yield* sleep(ms)
        log(name, 'is through at', getRunningLoop().time())
      }
    }

    function* main() {
      createTask(child('a', 5))
      createTask(child('b', 3))
      yield* sleep(1)
      log('main ends')
      return 'result'
    }

    log(run(main()))
  },

  'tasks that a failing main leaves running are cancelled and awaited'(log) {
    function* child() { yield* outcome(log, 'child', sleep(100)) }

    function* main() {
      createTask(child())
      yield* sleep(1)
      throw new Boom()
    }

    attempt(log, () => run(main()))
  },

  'a task that had not begun never does'(log) {
    function* child() { log('never here') }

    function* main() {
      currentTask()?.addDoneCallback(() => { createTask(child()) })
      return 'result'
    }

    log(run(main()))
  },

  'errors at the end are reported, each to the handler of the loop'(log) {
    function* child() {
      try {
        yield* sleep(100)
      } catch {
        throw new Boom()
      }
    }

    function* main() {
      getRunningLoop().setExceptionHandler((_, context) => {
        log('report', context.exception)
        reported.push(context.task as Task)
      })
      createTask(child(), { name: 'a' })
      createTask(sleep(100), { name: 'b' })
      createTask(child(), { name: 'c' })
      yield* sleep(1)
      return 'result'
    }

    const reported: Task[] = []
    log(run(main()), names(reported))
  },

  'a task that swallows its cancellation may finish'(log) {
    function* child() {
      yield* outcome(log, 'child', sleep(100))
      yield* sleep(50)
      log('child ends at', getRunningLoop().time())
    }

    function* main() {
      createTask(child())
      yield* sleep(1)
    }

    run(main())
  },

  'a task that waits for another is cancelled together with it'(log) {
    const tell: Log = (...line) => { lines.push(line as [string]) }

    function* main() {
      const inner = createTask(outcome(tell, 'inner', sleep(100)))
      createTask(outcome(tell, 'outer', inner))
      createTask(outcome(tell, 'shield', shield(inner)))
      createTask(outcome(tell, 'gather', gather([inner, sleep(200)])))
      yield* sleep(1)
    }

    const lines: [string][] = []
    run(main())
    for (const line of lines.sort(([a], [b]) => a < b ? -1 : 1)) log(...line)
  },

  'a main that cancels itself ends with the error'(log) {
    function* main() {
      currentTask()?.cancel('enough')
      yield* outcome(log, 'sleep', sleep(1))
      currentTask()?.cancel('really')
      yield* sleep(1)
    }

    try {
      run(main())
    } catch (error) {
      log(error, message(error))
    }
  },

  'run() is refused inside a running loop'(log) {
    function* inner() { log('never here') }

    function* main() {
      const coroutine = inner()
      attempt(log, () => { run(coroutine) })
      yield* sleep(0)
      return 'main goes on'
    }

    log(run(main()))
  },

  'after run() the loop is closed, and none is running'(log) {
    function* main() { return getRunningLoop() }

    const loop = run(main())
    log(loop.isClosed(), loop.isRunning())
    attempt(log, getRunningLoop)
  },

  'a main that waits forever is detected and cleaned up'(log) {
    function* main() {
      try {
        yield* getRunningLoop().createFuture()
      } finally {
        log('main cleans up')
      }
    }

    attempt(log, () => { run(main()) })
  },

  'a runner runs coroutines one after the other in one loop, whose time continues'(log) {
    function* main() {
      yield* sleep(5)
      log(getRunningLoop().time())
      return getRunningLoop()
    }

    withRunner(log, runner => {
      const loop = runner.run(main())
      log(runner.run(main()) === loop, runner.getLoop() === loop, loop.isRunning(), loop.isClosed())
    })
  },

  'a runner has one context for all its runs, and nobody else has it'(log) {
    const variable = new ContextVar<string>('variable', { default: 'default' })

    function* main(value: string) {
      log(variable.get())
      variable.set(value)
      yield* sleep(0)
      log(variable.get())
    }

    withRunner(log, runner => {
      variable.set('outside')
      runner.run(main('first'))
      runner.run(main('second'))
      log(variable.get())
    })
  },

  'the context is a copy made at the first use'(log) {
    const variable = new ContextVar<string>('variable', { default: 'default' })

    function* main() { log(variable.get()) }

    withRunner(log, runner => {
      variable.set('before')
      runner.getLoop()
      variable.set('after')
      runner.run(main())
    })
  },

  'one run may have its own context'(log) {
    const variable = new ContextVar<string>('variable', { default: 'default' })

    function* main(value: string) {
      log(variable.get())
      variable.set(value)
    }

    withRunner(log, runner => {
      const context = copyContext()
      runner.run(main('of its own'), { context })
      log(context.get(variable), variable.get())
      runner.run(main('shared'))
      runner.run(main('of its own again'), { context })
    })
  },

  'a task left by one run continues in the next, and is cancelled at the end'(log) {
    function* child() {
      try {
        for (;;) {
          yield* sleep(10)
          log('child at', getRunningLoop().time())
        }
      } finally {
        log('child ends')
      }
    }

    function* first() {
      createTask(child(), { name: 'child' })
      yield* sleep(15)
      log('first ends')
    }

    function* second() {
      log(names(allTasks()).includes('child'))
      yield* sleep(15)
      log('second ends')
    }

    withRunner(log, runner => {
      runner.run(first())
      log('between')
      runner.run(second())
    })
  },

  'a failing run does not end the runner'(log) {
    function* fail() { throw new Boom() }

    function* main() { return 'result' }

    withRunner(log, runner => {
      attempt(log, () => { runner.run(fail()) })
      attempt(log, () => runner.run(main()))
    })
  },

  'a closed runner does nothing more, however often it is closed'(log) {
    function* main() { return 'never here' }

    const runner = new Runner({ loopFactory: newLoop })
    const loop = runner.getLoop()
    runner.close()
    runner.close()
    log(loop.isClosed())
    const coroutine = main()
    attempt(log, () => runner.run(coroutine))
    attempt(log, () => runner.getLoop())
  },

  'a runner creates its loop when it needs one, and only one'(log) {
    const factory = (): EventLoop => {
      log('made')
      return newLoop()
    }

    function* main() { log('runs') }

    withRunner(log, () => { log('not used') }, factory)
    withRunner(log, runner => {
      log('used')
      runner.run(main())
      runner.run(main())
    }, factory)
  },

  'a runner is refused inside a running loop'(log) {
    function* inner() { log('never here') }

    function* main(runner: Runner) {
      const coroutine = inner()
      attempt(log, () => { runner.run(coroutine) })
    }

    withRunner(log, runner => { runner.run(main(runner)) })
    withRunner(log, runner => { run(main(runner)) })
  },

  'debug mode follows the option'(log) {
    function* main() { return getRunningLoop().getDebug() }

    log(run(main()), run(main(), { debug: true }), run(main(), { debug: false }))
  },

  'while the runner closes, callbacks scheduled by callbacks still have their turn'(log) {
    function* main() {
      const loop = getRunningLoop()
      loop.callSoon(() => {
        log('one')
        loop.callSoon(() => {
          log('two')
          loop.callSoon(log, 'three')
        })
      })
    }

    run(main())
  },
}
