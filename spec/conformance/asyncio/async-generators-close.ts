/** `aclose()` raises GeneratorExit at the `yield`; what the generator does then decides how it closes (PEP 525). */
import { BREAK, asyncGenerator, createTask, emit, forEach, sleep } from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { Bang, Boom } from './support/errors.ts'
import { guarded, numbers } from './support/generators.ts'
import { close, step } from './support/iteration.ts'
import { run } from './support/virtual.ts'
import { now, outcome } from './support/witness.ts'

export const programs: Programs = {
  'aclose() runs the finally blocks, which may wait'(log) {
    function* main() {
      const g = guarded(log, 'generator', 5)
      yield* step(log, g.anext())
      yield* step(log, g.anext())
      yield* close(log, g.aclose())
      log('closed at', now())
      yield* step(log, g.anext())
    }

    run(main())
  },

  'closing one that has not begun runs nothing'(log) {
    function* main() {
      const g = guarded(log)
      yield* close(log, g.aclose())
      yield* step(log, g.anext())
      yield* close(log, g.aclose())
    }

    run(main())
  },

  'closing twice, or after the end, does nothing'(log) {
    function* main() {
      const closed = guarded(log)
      yield* step(log, closed.anext())
      yield* close(log, closed.aclose())
      yield* close(log, closed.aclose())
      const ended = numbers(0)
      yield* step(log, ended.anext())
      yield* close(log, ended.aclose())
    }

    run(main())
  },

  'yielding on GeneratorExit ignores it, and the rest may still be asked for'(log) {
    const ignoring = asyncGenerator(function* () {
      for (let i = 0; i < 3; i++) {
        try {
          yield* emit<number | string>(i)
        } catch {
          yield* emit<number | string>('ignored')
        }
      }
    })

    function* main() {
      const g = ignoring()
      yield* step(log, g.anext())
      yield* close(log, g.aclose())
      for (let i = 0; i < 3; i++) yield* step(log, g.anext())
      yield* close(log, g.aclose())
    }

    run(main())
  },

  'yielding in finally ignores it too'(log) {
    const ignoring = asyncGenerator(function* () {
      try {
        yield* emit('body')
      } finally {
        yield* emit('finally')
        log('never here')
      }
    })

    function* main() {
      const g = ignoring()
      yield* step(log, g.anext())
      yield* close(log, g.aclose())
    }

    run(main())
  },

  'without GeneratorExit, a yield in finally is an ordinary one'(log) {
    const generator = asyncGenerator(function* (error: Error | null) {
      try {
        yield* emit('body')
        if (error !== null) throw error
      } finally {
        yield* emit('finally')
        log('after')
      }
    })

    function* main() {
      for (const error of [null, new Boom()]) {
        const g = generator(error)
        for (let i = 0; i < 4; i++) yield* step(log, g.anext())
      }
    }

    run(main())
  },

  'catching GeneratorExit and returning closes it'(log) {
    const polite = asyncGenerator(function* () {
      try {
        yield* emit(1)
      } catch {
        yield* sleep(1)
      }
    })

    function* main() {
      const g = polite()
      yield* step(log, g.anext())
      yield* close(log, g.aclose())
      yield* step(log, g.anext())
    }

    run(main())
  },

  'an error during the close comes out of aclose()'(log) {
    const failing = asyncGenerator(function* () {
      try {
        yield* emit(1)
      } catch {
        yield* sleep(1)
        throw new Boom()
      }
    })

    function* main() {
      const g = failing()
      yield* step(log, g.anext())
      yield* close(log, g.aclose())
      yield* step(log, g.anext())
      yield* close(log, g.aclose())
    }

    run(main())
  },

  'aclosing() closes one that a loop leaves by break'(log) {
    function* main() {
      yield* forEach(guarded(log, 'generator', 5), function* (n) {
        log(n)
        return n === 2 ? BREAK : undefined
      })
      log('after', now())
    }

    run(main())
  },

  'aclosing() closes one when the body of the loop fails'(log) {
    function* loop() {
      yield* forEach(guarded(log, 'generator', 5), function* (n) {
        log(n)
        throw new Boom()
      })
    }

    function* main() {
      yield* outcome(log, 'loop', loop())
      log(now())
    }

    run(main())
  },

  'aclosing() closes one when the body of the loop is cancelled'(log) {
    function* loop() {
      yield* forEach(guarded(log, 'generator', 5), function* (n) {
        log(n)
        yield* sleep(10)
      })
    }

    function* main() {
      const task = createTask(loop())
      yield* sleep(15)
      task.cancel()
      yield* outcome(log, 'loop', task)
      log(now())
    }

    run(main())
  },

  'an error during the close replaces that of the loop'(log) {
    const failing = asyncGenerator(function* () {
      try {
        yield* emit(1)
      } catch {
        throw new Bang()
      }
    })

    run(outcome(log, 'loop', forEach(failing(), function* () { throw new Boom() })))
  },

  'a chain that is left early closes from the outermost to the innermost'(log) {
    const outer = asyncGenerator(function* () {
      try {
        yield* forEach(guarded(log, 'inner', 1), function* (n) { yield* emit(n) })
      } finally {
        log('outer is through at', now())
      }
    })

    function* main() {
      yield* forEach(outer(), function* (n) {
        log(n)
        return n === 1 ? BREAK : undefined
      })
      log('after')
    }

    run(main())
  },

  'an endless one is closed at the first match'(log) {
    const ticks = asyncGenerator(function* () {
      try {
        for (let tick = 1; ; tick++) {
          yield* sleep(1)
          yield* emit(tick)
        }
      } finally {
        log('ticks end at', now())
      }
    })

    function* main() {
      yield* forEach(ticks(), function* (tick) {
        if (tick * tick <= 50) return undefined
        log('first', tick)
        return BREAK
      })
      yield* sleep(10)
      log('main ends at', now())
    }

    run(main())
  },

  'cancelled again while it is being closed'(log) {
    const generator = asyncGenerator(function* () {
      try {
        yield* emit(1)
      } finally {
        yield* outcome(log, 'first', sleep(10))
        yield* outcome(log, 'second', sleep(10))
      }
    })

    function* loop() {
      yield* forEach(generator(), function* (n) {
        log(n)
        yield* sleep(100)
      })
    }

    function* main() {
      const task = createTask(loop())
      yield* sleep(10)
      task.cancel()
      yield* sleep(5)
      task.cancel()
      yield* outcome(log, 'loop', task)
      log(now(), task.cancelling())
    }

    run(main())
  },

  'a cancelled aclose() may leave the clean-up unfinished'(log) {
    const generator = asyncGenerator(function* () {
      try {
        yield* emit(1)
      } finally {
        yield* sleep(10)
        log('never here')
      }
    })

    function* main() {
      const g = generator()
      yield* g.anext()
      const task = createTask(close(log, g.aclose()))
      yield* sleep(5)
      task.cancel()
      yield* task
      yield* step(log, g.anext())
      yield* close(log, g.aclose())
    }

    run(main())
  },
}
