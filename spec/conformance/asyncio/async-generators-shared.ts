/** Several loops and tasks may take values from one asynchronous generator, but only one at a time. */
import {
  type Emitting, type PyAsyncGenerator, type Stream, asyncGenerator, createTask, eagerTaskFactory, emit, forEach,
  gather, getRunningLoop, sleep,
} from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { Boom } from './support/errors.ts'
import { guarded, numbers } from './support/generators.ts'
import { close, step } from './support/iteration.ts'
import { run } from './support/virtual.ts'
import { now, outcome } from './support/witness.ts'

export const programs: Programs = {
  'two tasks that take turns share the values'(log) {
    function consume(name: string, g: Stream<number>, pause: number) {
      return forEach(g, function* (n) {
        log(name, n)
        yield* sleep(pause)
      })
    }

    function* main() {
      const g = numbers(7)
      yield* gather([consume('a', g, 2), consume('b', g, 3)])
    }

    run(main())
  },

  'while it runs, nobody else may ask it'(log) {
    function* main() {
      const g = numbers(3, 5)
      const task = createTask(step(log, g.anext()))
      yield* sleep(1)
      yield* step(log, g.anext())
      yield* outcome(log, 'asend', g.asend(undefined))
      yield* step(log, g.athrow(new Boom()))
      yield* close(log, g.aclose())
      yield* task
      yield* step(log, g.anext())
    }

    run(main())
  },

  'while it is being closed, nobody may ask it'(log) {
    function* main() {
      const g = guarded(log, 'generator', 5)
      yield* step(log, g.anext())
      const task = createTask(close(log, g.aclose()))
      yield* sleep(1)
      yield* step(log, g.anext())
      yield* step(log, g.athrow(new Boom()))
      yield* close(log, g.aclose())
      yield* task
      yield* step(log, g.anext())
      yield* close(log, g.aclose())
    }

    run(main())
  },

  'it may not ask itself'(log) {
    const generator = asyncGenerator(function* (): Emitting<number> {
      yield* step(log, g.anext())
      yield* emit(1)
      yield* close(log, g.aclose())
      yield* emit(2)
    })

    function* main() { yield* forEach(g, function* (n) { log(n) }) }

    const g = generator()
    run(main())
  },

  'the body of a loop may close the generator of the loop'(log) {
    function* main() {
      const g = guarded(log)
      yield* forEach(g, function* (n) {
        log(n)
        if (n === 1) yield* close(log, g.aclose())
      })
      log('after')
    }

    run(main())
  },

  'one loop inside another over the same generator'(log) {
    /** `forEach()` would close the generator at the break, which Python does not. */
    function* inner(g: PyAsyncGenerator<number>) {
      for (;;) {
        const item = yield* g.anext()
        if (item.done === true) return
        log('inner', item.value, now())
        if (item.value % 3 === 2) return
      }
    }

    function* main() {
      const g = numbers(7, 1)
      yield* forEach(g, function* (a) {
        log('outer', a)
        yield* inner(g)
      })
    }

    run(main())
  },

  'eager tasks ask at once'(log) {
    function* main() {
      getRunningLoop().setTaskFactory(eagerTaskFactory)
      const g = numbers(3)
      log([1, 2, 3].map(() => createTask(step(log, g.anext()))).map(task => task.done()))
      const slow = numbers(3, 1)
      const tasks = [1, 2].map(() => createTask(step(log, slow.anext())))
      log(tasks.map(task => task.done()))
      yield* gather(tasks)
    }

    run(main())
  },
}
