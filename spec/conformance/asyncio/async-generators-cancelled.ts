/** Cancellation and timeouts reach an asynchronous generator where it waits, and its caller where it yields. */
import {
  BREAK, type PyAsyncGenerator, TaskGroup, type Timeout, asyncGenerator, createTask, currentTask, emit, forEach,
  shield, sleep, timeout, use, waitFor,
} from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { fail } from './support/failing.ts'
import { numbers } from './support/generators.ts'
import { ending } from './support/groups.ts'
import { step } from './support/iteration.ts'
import { run } from './support/virtual.ts'
import { message, now, outcome } from './support/witness.ts'

export const programs: Programs = {
  'cancelled while its body waits, the body gets the error'(log) {
    const generator = asyncGenerator(function* () {
      try {
        yield* emit(1)
        yield* sleep(100)
        yield* emit(2)
      } catch (error) {
        log('body gets', error, message(error))
        throw error
      }
    })

    function* main() {
      const g = generator()
      const task = createTask(forEach(g, function* (n) { log(n) }))
      yield* sleep(1)
      task.cancel('by main')
      yield* outcome(log, 'loop', task)
      yield* step(log, g.anext())
    }

    run(main())
  },

  'a body that swallows a cancellation continues for whoever asks'(log) {
    const generator = asyncGenerator(function* () {
      for (let i = 0; i < 3; i++) {
        yield* outcome(log, 'sleep', sleep(10, i))
        yield* emit(i)
      }
    })

    function* loop() {
      yield* forEach(generator(), function* (n) { log(n, now()) })
      return currentTask()?.cancelling()
    }

    function* main() {
      const task = createTask(loop())
      yield* sleep(15)
      task.cancel()
      yield* outcome(log, 'loop', task)
    }

    run(main())
  },

  'a timeout around the loop, while the body waits'(log) {
    function* main() {
      const g = numbers(5, 4)
      try {
        yield* use(timeout(10), function* () { yield* forEach(g, function* (n) { log(n, now()) }) })
      } catch (error) {
        log(error, now())
      }
      yield* step(log, g.anext())
    }

    run(main())
  },

  'a timeout for one step ends the generator'(log) {
    const slowing = asyncGenerator(function* () {
      try {
        for (let i = 0; i < 10; i++) {
          yield* sleep(i)
          yield* emit(i)
        }
      } finally {
        log('is through at', now())
      }
    })

    function* main() {
      const g = slowing()
      for (let i = 0; i < 7; i++) yield* step(log, waitFor(g.anext(), 4.5))
    }

    run(main())
  },

  'a step may be shielded'(log) {
    function* first(g: PyAsyncGenerator<number>) { return (yield* g.anext()).value }

    function* main() {
      const g = numbers(3, 10)
      const nextItem = createTask(first(g))
      yield* outcome(log, 'impatient', waitFor(shield(nextItem), 5))
      yield* outcome(log, 'patient', nextItem)
      yield* step(log, g.anext())
    }

    run(main())
  },

  'a timeout in the body'(log) {
    const limited = asyncGenerator(function* () {
      try {
        yield* use(timeout(10), function* () {
          yield* emit('quick')
          yield* sleep(100)
          log('never here')
        })
      } catch (error) {
        log(error, now())
        yield* emit('late')
      }
    })

    function* main() { yield* forEach(limited(), function* (item) { log(item, now()) }) }

    run(main())
  },

  'a timeout around a yield interrupts the caller in whatever it does'(log) {
    const limited = asyncGenerator(function* () {
      yield* use(timeout(10), function* (limit) {
        limits.push(limit)
        yield* emit(1)
        log('never here')
      })
    }) as () => PyAsyncGenerator<number>

    function* loop() {
      yield* forEach(limited(), function* (n) {
        log(n)
        yield* outcome(log, 'sleep', sleep(20))
        yield* outcome(log, 'second sleep', sleep(20))
        return BREAK
      })
    }

    function* main() {
      yield* outcome(log, 'loop', loop())
      log(limits[0]?.expired(), currentTask()?.cancelling(), now())
    }

    const limits: Timeout[] = []
    run(main())
  },

  'a timeout around a yield, when the caller does not survive it'(log) {
    const limited = asyncGenerator(function* () { yield* use(timeout(10), function* () { yield* emit(1) }) })

    function* main() {
      yield* outcome(log, 'loop', forEach(limited(), function* () { yield* sleep(20) }))
      log(currentTask()?.cancelling(), now())
    }

    run(main())
  },

  'a task group around a yield cancels the caller'(log) {
    const grouped = asyncGenerator(function* () {
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(fail(5))
        yield* emit(1)
      })
    })

    function* loop() {
      yield* forEach(grouped(), function* () {
        yield* outcome(log, 'sleep', sleep(20))
        return BREAK
      })
    }

    function* main() {
      yield* ending(log, 'loop', loop())
      log(currentTask()?.cancelling(), now())
    }

    run(main())
  },
}
