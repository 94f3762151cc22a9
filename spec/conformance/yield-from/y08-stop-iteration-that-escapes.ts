/** Y8: A StopIteration that escapes from the body of a generator becomes a RuntimeError (PEP 479). */
import { StopIteration, pyGenerator, yieldFrom } from '../../../lib/greenlet/index.ts'
import type { Programs } from '../programs.ts'
import { type Result, attempt, step } from './support/steps.ts'

export const programs: Programs = {
  'raised in a body, it becomes a RuntimeError, and is its cause'(log) {
    const mine = new StopIteration(5)

    function* inner() {
      yield 1
      throw mine
    }

    const g = pyGenerator(inner)
    step(log, () => g.next())
    try {
      g.next()
    } catch (error) {
      log(error, (error as Error).message, (error as { cause?: unknown }).cause === mine)
    }
    step(log, () => g.next())
  },

  'a delegator sees the RuntimeError of its sub-generator, and may catch it'(log) {
    function* inner() {
      yield 1
      throw new StopIteration('leak')
    }

    function* middle() {
      log('never here', yield* yieldFrom(inner()))
    }

    function* outer() {
      try {
        yield* yieldFrom(middle())
      } catch (error) {
        log('outer caught', error, (error as { cause?: unknown }).cause)
      }
      yield 2
    }

    log([...pyGenerator(outer)])
  },

  'caught in the body that raises it, it is an error like any other'(log) {
    function ending() {
      throw new StopIteration('by hand')
    }

    function* outer() {
      try {
        ending()
      } catch (stop) {
        log('outer caught', stop, (stop as StopIteration).value)
      }
      yield 1
    }

    log([...pyGenerator(outer)])
  },

  'thrown into a body that catches it, it is harmless; otherwise it becomes a RuntimeError'(log) {
    const mine = new StopIteration('mine')

    function* inner() {
      try {
        yield 1
      } catch (stop) {
        log('inner caught', stop === mine)
      }
      yield 2
    }

    const g = pyGenerator(inner)
    step(log, () => g.next())
    step(log, () => g.throw(mine))
    step(log, () => g.throw(mine))
    step(log, () => g.next())
  },

  'thrown through two delegators, it becomes a RuntimeError in the innermost'(log) {
    function* level(depth: number): Generator<unknown, void> {
      try {
        if (depth === 3) {
          yield 'deep'
        } else {
          yield* yieldFrom(level(depth + 1))
        }
      } catch (error) {
        log(depth, 'caught', error)
        throw error
      }
    }

    const g = pyGenerator(level, 1)
    step(log, () => g.next())
    step(log, () => g.throw(new StopIteration('mine')))
  },

  'raised while the generator is closed, it becomes a RuntimeError too'(log) {
    function* inner() {
      try {
        yield 1
      } finally {
        throw new StopIteration('late')
      }
    }

    function* outer() {
      try {
        yield* yieldFrom(inner())
      } catch (error) {
        log('outer caught', error, (error as { cause?: unknown }).cause)
        throw error
      }
    }

    let g = pyGenerator(inner)
    step(log, () => g.next())
    attempt(log, () => g.close())
    g = pyGenerator(outer)
    step(log, () => g.next())
    attempt(log, () => g.close())
  },

  'thrown before the start or after the end, it comes back as it is'(log) {
    const mine = new StopIteration('mine')

    function* inner() {
      yield 1
    }

    const g = pyGenerator(inner)
    for (let i = 0; i < 2; i++) {
      try {
        g.throw(mine)
      } catch (error) {
        log(error, error === mine)
      }
    }
  },

  'thrown at a delegation to an iterator without throw, it ends the delegation'(log) {
    function* outer() {
      try {
        log('outer got', yield* yieldFrom([1, 2]))
      } catch (error) {
        log('outer caught', error)
        throw error
      }
      yield 'after'
    }

    const g = pyGenerator(outer)
    step(log, () => g.next())
    step(log, () => g.throw(new StopIteration('mine')))
    step(log, () => g.next())
  },

  'raised by the close of an iterator, it ends the delegation'(log) {
    class Reader {
      [Symbol.iterator]() { return this }

      next(): Result {
        return { value: 'ready', done: false }
      }

      close() {
        throw new StopIteration('closed')
      }
    }

    function* outer() {
      try {
        log('outer got', yield* yieldFrom(new Reader()))
      } catch (error) {
        log('outer caught', error)
        throw error
      }
      return 'outer result'
    }

    const g = pyGenerator(outer)
    step(log, () => g.next())
    attempt(log, () => g.close())
  },
}
