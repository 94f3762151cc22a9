/** Asynchronous generators that are still open are closed with the loop. */
import {
  type PyAsyncGenerator, asyncGenerator, createTask, emit, forEach, getRunningLoop, sleep,
} from '../../../lib/index.ts'
import { type Programs, show } from '../programs.ts'
import { Boom } from './support/errors.ts'
import { guarded, numbers } from './support/generators.ts'
import { close, step } from './support/iteration.ts'
import { newLoop, run } from './support/virtual.ts'
import { now, ticker } from './support/witness.ts'

export const programs: Programs = {
  'a generator that is open when the program ends is closed'(log) {
    function* main() {
      const g = guarded(log, 'generator', 5)
      yield* step(log, g.anext())
      log('main ends')
      return 'result'
    }

    log(run(main()))
  },

  'several open generators are closed in parallel'(log) {
    function* main() {
      yield* step(log, guarded(log, 'a', 10).anext())
      yield* step(log, guarded(log, 'b', 5).anext())
      yield* step(log, guarded(log, 'c', 20).anext())
    }

    run(main())
  },

  'generators that have not begun, or have ended, are not open'(log) {
    function* main() {
      guarded(log, 'not begun')
      const [closed, failed, open] = [guarded(log, 'closed'), guarded(log, 'failed'), guarded(log, 'open')]
      for (const g of [closed, failed, open]) yield* g.anext()
      yield* close(log, closed.aclose())
      yield* step(log, failed.athrow(new Boom()))
      log('main ends')
    }

    run(main())
  },

  'errors during the close are reported'(log) {
    const failing = asyncGenerator(function* () {
      try {
        yield* emit(1)
      } catch {
        yield* sleep(1)
        throw new Boom()
      }
    })

    const ignoring = asyncGenerator(function* () {
      try {
        yield* emit<number | string>(1)
      } catch {
        yield* emit<number | string>('ignored')
      }
    })

    function* main() {
      getRunningLoop().setExceptionHandler((_loop, context) => {
        reports.push(Object.keys(context).sort())
        errors.push([show(context.exception), kept.includes(context['asyncgen'] as PyAsyncGenerator)])
      })
      for (const g of [failing(), ignoring(), guarded(log, 'generator', 3)]) {
        kept.push(g)
        yield* g.anext()
      }
      return 'result'
    }

    const kept: PyAsyncGenerator[] = []
    const reports: unknown[] = []
    const errors: unknown[] = []
    log(run(main()))
    log(reports)
    log(errors.sort())
  },

  'tasks are cancelled first, and the generators that they ask with them'(log) {
    const waiting = asyncGenerator(function* () {
      try {
        yield* emit(1)
        yield* sleep(100)
      } catch (error) {
        log('body gets', error)
        throw error
      }
    })

    function* main() {
      createTask(forEach(waiting(), function* (n) { log(n) }))
      yield* sleep(1)
      log('main ends')
    }

    run(main())
  },

  'the close may wait for tasks and create some'(log) {
    const generator = asyncGenerator(function* () {
      try {
        yield* emit(1)
      } finally {
        log(yield* createTask(sleep(5, 'slept')), now())
      }
    })

    function* main() { yield* generator().anext() }

    run(main())
  },

  'after a shutdown by hand, a generator can still begin'(log) {
    function* main() {
      const [a, b] = [guarded(log, 'a', 5), guarded(log, 'b')]
      yield* step(log, a.anext())
      yield* getRunningLoop().shutdownAsyncGenerators()
      log('shut down', now())
      yield* step(log, a.anext())
      yield* step(log, b.anext())
      yield* step(log, b.anext())
      yield* close(log, b.aclose())
    }

    const loop = newLoop()
    loop.setExceptionHandler(() => undefined)
    loop.runUntilComplete(main())
    loop.close()
  },

  'with nothing open, the shutdown takes no turn'(log) {
    function* main() {
      ticker(log, 2)
      yield* getRunningLoop().shutdownAsyncGenerators()
      log('shut down')
      yield* sleep(1)
    }

    run(main())
  },

  'a generator open in one loop can continue in another'(log) {
    function* ask(g: PyAsyncGenerator<number>) { yield* step(log, g.anext()) }

    const loops = [newLoop(), newLoop()]
    const g = numbers(3, 1)
    for (const loop of loops) {
      loop.runUntilComplete(ask(g))
      log(loop.time())
    }
    for (const loop of loops) {
      loop.runUntilComplete(loop.shutdownAsyncGenerators())
      loop.close()
    }
  },
}
