/** A value or an error can be sent into an asynchronous generator at its `yield` (PEP 525). */
import {
  CancelledError, GeneratorExit, StopIteration, aclosing, asyncGenerator, currentTask, emit, forEach, sleep, use,
} from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { Bang, Boom } from './support/errors.ts'
import { guarded, numbers } from './support/generators.ts'
import { close, step } from './support/iteration.ts'
import { run } from './support/virtual.ts'
import { now, outcome } from './support/witness.ts'

export const programs: Programs = {
  'asend() sends a value to the yield'(log) {
    const echo = asyncGenerator(function* () {
      let sent: unknown
      while (sent !== 'stop') sent = yield* emit(sent)
    })

    function* main() {
      const g = echo()
      yield* step(log, g.asend(undefined))
      yield* step(log, g.asend('one'))
      yield* step(log, g.anext())
      yield* step(log, g.asend(0))
      yield* step(log, g.asend('stop'))
    }

    run(main())
  },

  'a value cannot be sent to one that has not begun'(log) {
    function* main() {
      const g = numbers(2)
      yield* step(log, g.asend('too early'))
      yield* step(log, g.asend(undefined))
      yield* step(log, g.asend('sent'))
      yield* step(log, g.asend('sent'))
    }

    run(main())
  },

  'a sent value is kept through a wait'(log) {
    const totals = asyncGenerator(function* () {
      let total = 0
      for (;;) {
        const value = yield* emit<number, number>(total)
        yield* sleep(1)
        total += value ?? 0
      }
    })

    function* main() {
      yield* use(aclosing(totals()), function* (g) {
        yield* g.anext()
        for (const n of [2, 4, 9]) yield* step(log, g.asend(n))
      })
      log(now())
    }

    run(main())
  },

  'athrow() raises at the yield, which may answer with another value'(log) {
    const stubborn = asyncGenerator(function* () {
      for (let i = 0; i < 3; i++) {
        try {
          yield* emit<number | string>(i)
        } catch (error) {
          if (!(error instanceof Boom)) throw error
          log('caught', error)
          yield* sleep(1)
          yield* emit<number | string>('answer')
        }
      }
    })

    function* main() {
      const g = stubborn()
      yield* step(log, g.anext())
      yield* step(log, g.athrow(new Boom()))
      yield* step(log, g.anext())
      yield* step(log, g.athrow(Boom))
      yield* step(log, g.athrow(new Bang()))
      yield* step(log, g.anext())
    }

    run(main())
  },

  'a generator that returns because of the error has ended'(log) {
    const polite = asyncGenerator(function* () {
      try {
        yield* emit(1)
      } catch {
        return
      }
    })

    function* main() {
      const g = polite()
      yield* step(log, g.anext())
      yield* step(log, g.athrow(new Boom()))
      yield* step(log, g.anext())
    }

    run(main())
  },

  'an error thrown into one that has not begun ends it'(log) {
    const generator = asyncGenerator(function* () {
      log('never here')
      yield* emit(1)
    })

    function* main() {
      const g = generator()
      yield* step(log, g.athrow(new Boom()))
      yield* step(log, g.anext())
      yield* close(log, g.athrow(new Bang()))
    }

    run(main())
  },

  'an error thrown into one that has ended is lost'(log) {
    function* main() {
      const ended = numbers(0)
      yield* step(log, ended.anext())
      yield* close(log, ended.athrow(new Boom()))
      const closed = numbers(2)
      yield* step(log, closed.anext())
      yield* close(log, closed.aclose())
      yield* close(log, closed.athrow(new Boom()))
    }

    run(main())
  },

  'an error of the body ends it'(log) {
    const failing = asyncGenerator(function* () {
      yield* emit(1)
      yield* sleep(1)
      throw new Boom()
    })

    function* main() {
      const g = failing()
      for (let i = 0; i < 4; i++) yield* step(log, g.anext())
      yield* close(log, g.aclose())
    }

    run(main())
  },

  'an error of the body ends a loop over it'(log) {
    const failing = asyncGenerator(function* () {
      yield* emit(1)
      throw new Boom()
    })

    function* loop() {
      yield* forEach(failing(), function* (n) { log(n) })
      log('never here')
    }

    run(outcome(log, 'loop', loop()))
  },

  'a StopIteration raised in the body becomes a RuntimeError'(log) {
    const slipping = asyncGenerator(function* () {
      yield* emit(1)
      throw new StopIteration()
    })

    function* main() {
      const g = slipping()
      yield* step(log, g.anext())
      yield* step(log, g.anext())
      yield* step(log, g.anext())
    }

    run(main())
  },

  'a StopIteration thrown in becomes a RuntimeError too'(log) {
    function* main() {
      const g = numbers(2)
      yield* step(log, g.anext())
      yield* step(log, g.athrow(new StopIteration()))
      yield* step(log, g.anext())
    }

    run(main())
  },

  'a GeneratorExit by athrow() comes back out'(log) {
    function* main() {
      const g = guarded(log)
      yield* step(log, g.anext())
      yield* step(log, g.athrow(new GeneratorExit()))
      yield* step(log, g.anext())
    }

    run(main())
  },

  'a CancelledError thrown in by athrow()'(log) {
    function* main() {
      const g = guarded(log)
      yield* step(log, g.anext())
      yield* step(log, g.athrow(new CancelledError('byhand')))
      yield* step(log, g.anext())
      log(currentTask()?.cancelling())
    }

    run(main())
  },

  'the body of a loop may send to the generator of the loop'(log) {
    const accumulate = asyncGenerator(function* () {
      let total = 0
      while (total < 20) total += (yield* emit<number, number | undefined>(total)) ?? 1
    })

    function* main() {
      const g = accumulate()
      yield* forEach(g, function* (total) {
        log(total)
        if (total % 2 === 1) yield* step(log, g.asend(5))
      })
    }

    run(main())
  },
}
