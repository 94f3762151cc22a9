/**
 * Y4: A thrown error goes to the `throw()` of the sub-iterator; if it has none, the error is raised in the delegator.
 */
import {
  AttributeError, RuntimeError, StopIteration, ValueError, pyGenerator, yieldFrom,
} from '../../../lib/greenlet/index.ts'
import type { Programs } from '../programs.ts'
import { type Result, step } from './support/steps.ts'

export const programs: Programs = {
  'the innermost of three levels may catch it and continue'(log) {
    function* inner() {
      try {
        yield 1
      } catch (error) {
        log('inner caught', error)
      }
      yield 2
      return 'inner result'
    }

    function* middle() {
      log('middle got', yield* yieldFrom(inner()))
    }

    function* outer() {
      yield* yieldFrom(middle())
      yield 3
    }

    const g = pyGenerator(outer)
    step(log, () => g.next())
    step(log, () => g.throw(new ValueError('mine')))
    step(log, () => g.next())
    step(log, () => g.next())
  },

  'if nobody catches it, it passes all levels from the inside out, as the same object'(log) {
    const mine = new ValueError('mine')

    function* level(depth: number): Generator<unknown, void> {
      try {
        if (depth === 3) {
          yield 'deep'
        } else {
          yield* yieldFrom(level(depth + 1))
        }
      } catch (error) {
        log(depth, 'caught', error === mine)
        throw error
      } finally {
        log(depth, 'leaves')
      }
    }

    const g = pyGenerator(level, 1)
    step(log, () => g.next())
    step(log, () => g.throw(mine))
    step(log, () => g.next())
  },

  'a sub-generator that returns because of it ends the delegation with its result'(log) {
    function* inner() {
      try {
        yield 1
      } catch {
        return 'recovered'
      }
      return undefined
    }

    function* outer() {
      log('outer got', yield* yieldFrom(inner()))
      yield 2
    }

    const g = pyGenerator(outer)
    step(log, () => g.next())
    step(log, () => g.throw(new ValueError('mine')))
    step(log, () => g.next())
  },

  'an iterator without throw: the error itself is raised in the delegator, and the iterator is not closed'(log) {
    const mine = new ValueError('mine')

    class Reader {
      [Symbol.iterator]() { return this }

      n = 0

      next() {
        this.n += 1
        return { value: this.n, done: false }
      }

      close() {
        log('never here')
      }
    }

    const reader = new Reader()

    function* outer() {
      try {
        yield* yieldFrom(reader)
      } catch (error) {
        log('outer caught', error === mine)
      }
      log('reader gives', reader.next().value)
      yield 'after'
    }

    const g = pyGenerator(outer)
    step(log, () => g.next())
    step(log, () => g.throw(mine))
    step(log, () => g.next())
  },

  'a list or a string: the error is raised at the yield from, which may catch it and continue'(log) {
    const items = [1, 2, 3].values()

    function* outer() {
      for (const things of [items, 'ab', items]) {
        try {
          yield* yieldFrom<unknown, unknown>(things)
        } catch (error) {
          log('outer caught', error)
        }
      }
    }

    const g = pyGenerator(outer)
    step(log, () => g.next())
    step(log, () => g.throw(new ValueError('mine')))
    step(log, () => g.throw(new RuntimeError('mine')))
    step(log, () => g.throw(new Error('mine')))
    step(log, () => g.next())
  },

  'an iterator with throw: its value is yielded, its end is the result, its error is raised'(log) {
    class Reader {
      [Symbol.iterator]() { return this }

      next(): Result {
        return { value: 'ready', done: false }
      }

      throw(error: unknown): Result {
        log('throw', error)
        if (error instanceof AttributeError) return { value: 'thrown', done: false }
        if (error instanceof ValueError) throw new StopIteration('result')
        throw new RuntimeError('instead')
      }
    }

    function* outer() {
      log('outer got', yield* yieldFrom(new Reader()))
      try {
        yield* yieldFrom(new Reader())
      } catch (error) {
        log('outer caught', error)
      }
      yield 'end'
    }

    const g = pyGenerator(outer)
    step(log, () => g.next())
    step(log, () => g.throw(new AttributeError('mine')))
    step(log, () => g.throw(new ValueError('mine')))
    step(log, () => g.throw(new TypeError('mine')))
    step(log, () => g.next())
  },

  'a clean-up that delegates and yields holds the error back until it is done'(log) {
    function* cleanup(name: string) {
      log(name, 'got', yield 'cleaning ' + name)
    }

    function* inner() {
      try {
        yield 1
      } finally {
        yield* yieldFrom(cleanup('inner'))
      }
    }

    function* outer() {
      try {
        yield* yieldFrom(inner())
      } finally {
        yield* yieldFrom(cleanup('outer'))
      }
    }

    const g = pyGenerator(outer)
    step(log, () => g.next())
    step(log, () => g.throw(new ValueError('mine')))
    step(log, () => g.send('a'))
    step(log, () => g.send('b'))
    step(log, () => g.next())
  },

  'an error thrown into the clean-up replaces the one that was held back'(log) {
    function* inner() {
      try {
        yield 1
      } finally {
        yield* yieldFrom([2, 3])
      }
    }

    function* outer() {
      try {
        yield* yieldFrom(inner())
      } catch (error) {
        log('outer caught', error)
        yield 'after'
      }
    }

    const g = pyGenerator(outer)
    step(log, () => g.next())
    step(log, () => g.throw(new ValueError('first')))
    step(log, () => g.throw(new RuntimeError('second')))
    step(log, () => g.next())
  },

  'a delegator in the middle that is written natively passes errors in both directions'(log) {
    function* inner() {
      try {
        yield 1
      } catch (error) {
        log('inner caught', error)
      }
      yield 2
    }

    function* native() {
      try {
        yield* yieldFrom(inner())
      } catch (error) {
        log('native caught', error)
      }
      yield 3
    }

    function* outer() {
      yield* native()
    }

    const g = pyGenerator(outer)
    step(log, () => g.next())
    step(log, () => g.throw(new ValueError('mine')))
    step(log, () => g.throw(new RuntimeError('mine')))
    step(log, () => g.throw(new AttributeError('mine')))
  },
}
