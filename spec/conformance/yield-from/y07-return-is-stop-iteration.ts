/** Y7: From outside, `return v` is `StopIteration(v)`; an iterator may raise that to give `yield from` its value. */
import { StopIteration, ValueError, pyGenerator, yieldFrom } from '../../../lib/greenlet/index.ts'
import type { Programs } from '../programs.ts'
import { type Result, step } from './support/steps.ts'

export const programs: Programs = {
  'an iterator that raises StopIteration(v) gives v to the delegator'(log) {
    class Reader {
      constructor(readonly stop: StopIteration) {}

      [Symbol.iterator]() { return this }

      next(): Result {
        throw this.stop
      }
    }

    function* outer() {
      log('outer got', yield* yieldFrom(new Reader(new StopIteration(42))))
      log('outer got', yield* yieldFrom(new Reader(new StopIteration())))
      log('outer got', yield* yieldFrom(new Reader(new StopIteration([1, 2]))))
      log('outer got', yield* yieldFrom(new Reader(new StopIteration(new ValueError('mine')))))
      return 'outer result'
    }

    const g = pyGenerator(outer)
    step(log, () => g.next())
  },

  'a subclass of StopIteration does the same'(log) {
    class Finished extends StopIteration {}

    class Reader {
      [Symbol.iterator]() { return this }

      next(): Result {
        throw new Finished('result')
      }
    }

    function* outer() {
      return yield* yieldFrom(new Reader())
    }

    const g = pyGenerator(outer)
    step(log, () => g.next())
  },

  'the body that returns cannot catch the return, but its finally runs'(log) {
    function* inner() {
      try {
        yield 1
        return 'inner result'
      } catch (error) {
        log('never here', error)
      } finally {
        log('inner leaves')
      }
      return undefined
    }

    function* outer() {
      try {
        log('outer got', yield* yieldFrom(inner()))
      } catch (error) {
        log('never here', error)
      }
    }

    log([...pyGenerator(outer)])
  },

  'a return in finally replaces another return, and an error'(log) {
    function* inner(fails: boolean) {
      try {
        yield 1
        if (fails) throw new ValueError('swallowed')
        return 'first'
      } finally {
        return 'second'
      }
    }

    function* outer() {
      log('outer got', yield* yieldFrom(inner(false)))
      log('outer got', yield* yieldFrom(inner(true)))
    }

    log([...pyGenerator(outer)])
  },

  'driven by hand, a generator shows its result once, and None from then on'(log) {
    function* inner() {
      yield 1
      return 'result'
    }

    const g = pyGenerator(inner)
    step(log, () => g.next())
    step(log, () => g.next())
    step(log, () => g.next())
    step(log, () => g.send(undefined))
  },

  'a loop and a list drop the result, a delegation keeps it'(log) {
    function* inner() {
      yield 1
      return 'result'
    }

    function* outer() {
      for (const value of inner()) {
        yield ['loop', value]
      }
      log([...inner()])
      return yield* yieldFrom(inner())
    }

    const g = pyGenerator(outer)
    step(log, () => g.next())
    step(log, () => g.next())
    step(log, () => g.next())
  },

  'the values of send and throw end a delegation in the same way'(log) {
    class Reader {
      [Symbol.iterator]() { return this }

      next(): Result {
        return { value: 'ready', done: false }
      }

      send(value: unknown): Result {
        throw new StopIteration(['sent', value])
      }

      throw(error: unknown): Result {
        return { value: ['thrown', error], done: true }
      }
    }

    function* outer() {
      log('outer got', yield* yieldFrom(new Reader()))
      log('outer got', yield* yieldFrom(new Reader()))
      yield 'end'
    }

    const g = pyGenerator(outer)
    step(log, () => g.next())
    step(log, () => g.send(5))
    step(log, () => g.throw(new ValueError('mine')))
  },

  'an iterator may end more than once, with another value each time'(log) {
    class Reader {
      [Symbol.iterator]() { return this }

      n = 0

      next() {
        this.n += 1
        return { value: this.n, done: this.n % 2 === 0 }
      }
    }

    function* outer() {
      const reader = new Reader()
      log('outer got', yield* yieldFrom(reader))
      log('outer got', yield* yieldFrom(reader))
    }

    log([...pyGenerator(outer)])
  },
}
