/** Y5: The return value of the sub-iterator is the value of `yield from`; its error is raised in the delegator. */
import {
  AttributeError, RuntimeError, StopIteration, ValueError, pyGenerator, yieldFrom,
} from '../../../lib/greenlet/index.ts'
import type { Programs } from '../programs.ts'
import { type Result, step } from './support/steps.ts'

type Tree = number | Tree[]

export const programs: Programs = {
  'the return value of the sub-generator is the value of yield from'(log) {
    function* inner() {
      yield 1
      return 'result'
    }

    function* outer() {
      log('outer got', yield* yieldFrom(inner()))
      yield 2
    }

    log([...pyGenerator(outer)])
  },

  'an error of the sub-generator is raised at the yield from'(log) {
    function* inner() {
      yield 1
      throw new ValueError('')
    }

    function* outer() {
      try {
        yield* yieldFrom(inner())
      } catch (error) {
        log('outer caught', error)
      }
      yield 2
    }

    log([...pyGenerator(outer)])
  },

  'the sub-generator may end on next, send or throw'(log) {
    function* inner(): Generator<unknown, unknown> {
      try {
        return [yield 1]
      } catch (error) {
        return error
      }
    }

    function* outer() {
      for (let i = 0; i < 3; i++) {
        log('outer got', yield* yieldFrom(inner()))
      }
      yield 2
    }

    const g = pyGenerator(outer)
    step(log, () => g.next())
    step(log, () => g.next())
    step(log, () => g.send('sent'))
    step(log, () => g.throw(new ValueError('mine')))
    step(log, () => g.next())
  },

  'the result may be anything, is neither iterated nor raised, and is None without a return'(log) {
    function* inner<T>(result: T) {
      yield 'inner'
      return result
    }

    function* silent() {
      yield 'silent'
    }

    function* outer() {
      log('outer got', yield* yieldFrom(inner([1, 2])))
      log('outer got', yield* yieldFrom(inner(new ValueError('mine'))))
      log('outer got', yield* yieldFrom(inner(new StopIteration(5))))
      log('outer got', [...yield* yieldFrom(inner(inner('nested')))])
      log('outer got', yield* yieldFrom(silent()))
    }

    log([...pyGenerator(outer)])
  },

  'results add up through a recursion'(log) {
    const tree: Tree = [1, [2, 3], [[4], [], 5]]

    function* total(node: Tree): Generator<unknown, number> {
      if (typeof node === 'number') {
        yield node
        return node
      }
      let result = 0
      for (const child of node) {
        result += yield* yieldFrom(total(child))
      }
      return result
    }

    function* outer() {
      log('total', yield* yieldFrom(total(tree)))
    }

    log([...pyGenerator(outer)])
  },

  'an error passes the levels from the inside out, and each may replace it'(log) {
    function* inner() {
      yield 1
      throw new ValueError('first')
    }

    function* middle() {
      try {
        yield* yieldFrom(inner())
      } catch (error) {
        log('middle caught', error)
        throw new RuntimeError('second')
      } finally {
        log('middle leaves')
      }
    }

    function* outer() {
      try {
        yield* yieldFrom(middle())
      } catch (error) {
        log('outer caught', error)
        throw new AttributeError('third')
      }
    }

    const g = pyGenerator(outer)
    step(log, () => g.next())
    step(log, () => g.next())
    step(log, () => g.next())
  },

  'a delegator that tries again after an error, until it has a result'(log) {
    const attempts: string[] = []

    function* inner() {
      attempts.push('attempt')
      yield attempts.length
      if (attempts.length < 3) {
        throw new ValueError('again')
      }
      return 'result'
    }

    function* outer() {
      for (;;) {
        try {
          return yield* yieldFrom(inner())
        } catch (error) {
          log('outer caught', error)
        }
      }
    }

    const g = pyGenerator(outer)
    step(log, () => g.next())
    step(log, () => g.next())
    step(log, () => g.next())
    step(log, () => g.next())
  },

  'a sub-generator may end, or fail, before its first yield'(log) {
    function* ending() {
      return 'ended'
    }

    function* failing() {
      throw new ValueError('failed')
    }

    function* outer() {
      log('outer got', yield* yieldFrom(ending()))
      try {
        yield* yieldFrom(failing())
      } catch (error) {
        log('outer caught', error)
      }
      return yield* yieldFrom(ending())
    }

    const g = pyGenerator(outer)
    step(log, () => g.next())
  },

  'an iterator survives an error of its next, and the delegator may continue with it'(log) {
    class Reader {
      [Symbol.iterator]() { return this }

      n = 0

      next(): Result {
        this.n += 1
        if (this.n === 2) throw new ValueError('mine')
        if (this.n === 4) throw new StopIteration('result')
        return { value: this.n, done: false }
      }
    }

    const reader = new Reader()

    function* outer() {
      try {
        yield* yieldFrom(reader)
      } catch (error) {
        log('outer caught', error)
      }
      log('outer got', yield* yieldFrom(reader))
    }

    log([...pyGenerator(outer)])
  },
}
