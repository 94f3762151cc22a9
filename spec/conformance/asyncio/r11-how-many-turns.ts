/**
 * R11: A waiter continues one turn after the end of what it awaits; `gather()`, `wait()` and `shield()` take one turn
 * more.
 */
import {
  type Awaitable, type Coroutine, type Future, type Task, asCompleted, createTask, eagerTaskFactory, gather,
  getRunningLoop, shield, sleep, timeout, use, wait, waitFor,
} from '../../../lib/index.ts'
import { type Programs, table } from '../programs.ts'
import { newLoop, run } from './support/virtual.ts'
import { ticker } from './support/witness.ts'

export const programs: Programs = {
  'what a callback schedules waits for the next turn'(log) {
    function* main() {
      const loop = getRunningLoop()
      loop.callSoon(() => {
        log('a')
        loop.callSoon(log, 'c')
      })
      loop.callSoon(log, 'b')
      yield* sleep(0)
      log('|')
      yield* sleep(0)
      log('|')
    }

    run(main())
  },

  'done callbacks never run at once, whenever they were added'(log) {
    function* main() {
      const future = getRunningLoop().createFuture()
      future.addDoneCallback(() => { log(1) })
      future.setResult(null)
      future.addDoneCallback(() => { log(2) })
      log('sync')
      yield* sleep(0)
    }

    run(main())
  },

  'tasks begin in the order in which they were created, after their creator waits'(log) {
    function* child(i: number) { log(i) }

    function* main() {
      for (let i = 0; i < 3; i++) createTask(child(i))
      log('main')
      yield* sleep(0)
    }

    run(main())
  },

  'an eager task begins before its creator continues'(log) {
    function* child() {
      log('s1')
      yield* sleep(0)
      log('s2')
    }

    function* main() {
      getRunningLoop().setTaskFactory(eagerTaskFactory)
      const task = createTask(child())
      log('main')
      yield* task
    }

    run(main())
  },

  ...table<{ awaited: (task: Task<void>) => Awaitable<unknown>, ticks: number }>({
    'awaiting a task takes one turn after its end': { awaited: task => task, ticks: 3 },
    'wait() takes one turn more': { awaited: task => wait([task]), ticks: 3 },
    'shield() takes one turn more': { awaited: task => shield(task), ticks: 4 },
    'asCompleted() takes one turn more': {
      *awaited(task) { for (const next of asCompleted([task])) yield* next }, ticks: 4,
    },
  }, (log, { awaited, ticks }) => {
    function* t() { log('t') }

    function* main() {
      const task = createTask(t())
      ticker(log, ticks)
      yield* awaited(task)
      log('AW')
      yield* sleep(0)
      yield* sleep(0)
    }

    run(main())
  }),

  'gather() takes one turn more'(log) {
    function* t() { log('t') }

    function* main() {
      ticker(log, 4)
      yield* gather([t(), t()])
      log('AW')
      yield* sleep(0)
    }

    run(main())
  },

  'sleep(0) and sleep(-1) take one turn each'(log) {
    function* main() {
      ticker(log, 3)
      yield* sleep(0)
      log('s0')
      yield* sleep(-1)
      log('s-1')
      yield* sleep(0)
    }

    run(main())
  },

  'waitFor() runs a coroutine in the same task, without a turn in between'(log) {
    function* t() { log('t') }

    function* main() {
      ticker(log, 2)
      yield* waitFor(t(), 10)
      log('W')
      yield* sleep(0)
      yield* sleep(0)
    }

    run(main())
  },

  'waitFor() of a done future takes no turn'(log) {
    function* main() {
      const future = getRunningLoop().createFuture()
      future.setResult(null)
      ticker(log, 2)
      yield* waitFor(future, 10)
      log('W')
      yield* sleep(0)
      yield* sleep(0)
    }

    run(main())
  },

  'stop() lets the turn end; what that adds runs when the loop runs again'(log) {
    const loop = newLoop()
    loop.callSoon(() => { loop.stop() })
    loop.callSoon(() => {
      log('a')
      loop.callSoon(log, 'c')
    })
    loop.callSoon(log, 'b')
    loop.runForever()
    log('|')
    loop.callSoon(() => { loop.stop() })
    loop.runForever()
    loop.close()
  },

  'awaiting a future takes one turn after setResult()'(log) {
    function* main() {
      const loop = getRunningLoop()
      const future = loop.createFuture()
      loop.callSoon(() => {
        log('set')
        future.setResult(null)
      })
      ticker(log, 3)
      yield* future
      log('AW')
      yield* sleep(0)
    }

    run(main())
  },

  'several waiters continue in the order in which they began to wait'(log) {
    function* waiter(i: number, future: Future) {
      yield* future
      log(i)
    }

    function* main() {
      const future = getRunningLoop().createFuture()
      const tasks = [0, 1, 2].map(i => createTask(waiter(i, future)))
      yield* sleep(0)
      future.addDoneCallback(() => { log('callback') })
      future.setResult(null)
      log('set')
      yield* gather(tasks)
    }

    run(main())
  },

  'a chain of tasks takes one turn for each link'(log) {
    function* link(n: number): Coroutine<void> {
      if (n > 0) yield* createTask(link(n - 1))
      log('end of', n)
    }

    function* main() {
      const task = createTask(link(2))
      ticker(log, 7)
      yield* task
      log('AW')
    }

    run(main())
  },

  'awaiting a coroutine takes no turn, at any depth'(log) {
    function* deep(n: number): Coroutine<number> { return n === 0 ? 0 : 1 + (yield* deep(n - 1)) }

    function* main() {
      ticker(log, 2)
      log('depth', yield* deep(20))
      yield* sleep(0)
      yield* sleep(0)
    }

    run(main())
  },

  'timeout() takes no turn by itself'(log) {
    function* main() {
      ticker(log, 2)
      yield* use(timeout(10), function* () { log('inside') })
      log('outside')
      yield* sleep(0)
      yield* sleep(0)
    }

    run(main())
  },

  'gather() of done futures takes no turn either'(log) {
    function* main() {
      const loop = getRunningLoop()
      const futures = [loop.createFuture(), loop.createFuture()]
      futures.forEach((future, i) => { future.setResult(i) })
      ticker(log, 2)
      const all = gather(futures)
      log(all.done())
      log(yield* all)
      yield* sleep(0)
      yield* sleep(0)
    }

    run(main())
  },

  'a cancelled task gets the error in the next turn, its waiter in the one after'(log) {
    function* sleeper() {
      try {
        yield* sleep(100)
      } finally {
        log('cancelled')
      }
    }

    function* waiter(task: Task<void>) {
      try {
        yield* task
      } catch (error) {
        log('waiter gets', error)
      }
    }

    function* main() {
      const task = createTask(sleeper())
      const other = createTask(waiter(task))
      yield* sleep(1)
      ticker(log, 4)
      task.cancel()
      yield* other
      log('AW')
    }

    run(main())
  },
}
