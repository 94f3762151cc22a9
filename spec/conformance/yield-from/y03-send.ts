/** Y3: A sent value goes to the `send()` of the sub-iterator; None goes to `next()`. */
import { AttributeError, StopIteration, ValueError, pyGenerator, yieldFrom } from '../../../lib/greenlet/index.ts'
import type { Programs } from '../programs.ts'
import { type Result, step } from './support/steps.ts'

export const programs: Programs = {
  'a sent value reaches the innermost of three levels'(log) {
    function* inner() {
      log('inner got', yield 1)
      log('inner got', yield 2)
      return 'inner result'
    }

    function* middle() {
      log('middle got', yield* yieldFrom(inner()))
      log('middle got', yield 3)
    }

    function* outer() {
      log('outer got', yield* yieldFrom(middle()))
      log('outer got', yield 4)
    }

    const g = pyGenerator(outer)
    step(log, () => g.next())
    step(log, () => g.send('a'))
    step(log, () => g.send('b'))
    step(log, () => g.send('c'))
    step(log, () => g.send('d'))
  },

  'in an iterator with both methods, None goes to next and everything else to send'(log) {
    class Reader {
      [Symbol.iterator]() { return this }

      next() {
        return { value: 'from next', done: false }
      }

      send(value: unknown) {
        log('send', value)
        return { value: 'from send', done: false }
      }
    }

    function* outer() {
      yield* yieldFrom(new Reader())
    }

    const g = pyGenerator(outer)
    step(log, () => g.send(undefined))
    step(log, () => g.send(undefined))
    step(log, () => g.send(0))
    step(log, () => g.send(false))
    step(log, () => g.send(''))
    step(log, () => g.next())
  },

  'an iterator without send raises AttributeError in the delegator, which may continue with the same iterator'(log) {
    const items = [1, 2, 3].values()

    function* outer() {
      try {
        yield* yieldFrom(items)
      } catch (error) {
        if (!(error instanceof AttributeError)) throw error
        log('outer caught', error)
      }
      yield* yieldFrom(items)
    }

    const g = pyGenerator(outer)
    step(log, () => g.next())
    step(log, () => g.send('x'))
    step(log, () => g.next())
    step(log, () => g.next())
  },

  'the AttributeError is raised in the delegator next to the iterator, and passes on from there'(log) {
    function* middle() {
      try {
        yield* yieldFrom('abc')
      } finally {
        log('middle leaves')
      }
    }

    function* outer() {
      try {
        yield* yieldFrom(middle())
      } catch (error) {
        log('outer caught', error)
        throw error
      }
    }

    const g = pyGenerator(outer)
    step(log, () => g.next())
    step(log, () => g.send('x'))
    step(log, () => g.next())
  },

  'a value that send returns is yielded, its end is the result, its error is raised'(log) {
    class Reader {
      [Symbol.iterator]() { return this }

      next(): Result {
        return { value: 'ready', done: false }
      }

      send(value: unknown): Result {
        if (value === 'end') throw new StopIteration('result')
        if (value === 'fail') throw new ValueError('mine')
        return { value, done: false }
      }
    }

    function* outer() {
      log('outer got', yield* yieldFrom(new Reader()))
      try {
        yield* yieldFrom(new Reader())
      } catch (error) {
        log('outer caught', error)
      }
    }

    const g = pyGenerator(outer)
    step(log, () => g.next())
    step(log, () => g.send('echo'))
    step(log, () => g.send('end'))
    step(log, () => g.send('fail'))
  },

  'a value sent just before a delegation ends is the value of its last yield'(log) {
    function* inner(name: string) {
      log(name, 'got', yield name)
    }

    function* outer() {
      yield* yieldFrom(inner('first'))
      yield* yieldFrom(inner('second'))
    }

    const g = pyGenerator(outer)
    step(log, () => g.next())
    step(log, () => g.send(1))
    step(log, () => g.send(2))
  },

  'sent values pass a delegator in the middle that is written natively'(log) {
    function* inner(): Generator<unknown, unknown> {
      log('inner got', yield 1)
      return yield 2
    }

    function* native() {
      log('native got', yield 0)
      return yield* yieldFrom(inner())
    }

    function* outer() {
      log('outer got', yield* native())
    }

    const g = pyGenerator(outer)
    step(log, () => g.next())
    step(log, () => g.send('a'))
    step(log, () => g.send('b'))
    step(log, () => g.send('c'))
  },

  'a running average, with a delegator that collects the results'(log) {
    function* average(): Generator<unknown, unknown, number | undefined> {
      let total = 0
      let count = 0
      for (;;) {
        const term = yield count > 0 ? total / count : undefined
        if (term === undefined) return [count, total]
        total += term
        count += 1
      }
    }

    function* collect(results: unknown[]) {
      for (;;) {
        results.push(yield* yieldFrom(average()))
      }
    }

    const results: unknown[] = []
    const g = pyGenerator(collect, results)
    step(log, () => g.next())
    step(log, () => g.send(4))
    step(log, () => g.send(10))
    step(log, () => g.next())
    step(log, () => g.send(-3))
    step(log, () => g.next())
    log(results)
  },
}
