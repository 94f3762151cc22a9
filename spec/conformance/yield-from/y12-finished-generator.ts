/**
 * Y12: In a finished generator `next()` raises StopIteration, `throw()` raises its error, and `close()` does nothing
 * (PEP 342).
 */
import { type PyGenerator, ValueError, pyGenerator, yieldFrom } from '../../../lib/greenlet/index.ts'
import type { Programs } from '../programs.ts'
import { WAYS, attempt, enter, step } from './support/steps.ts'

export const programs: Programs = {
  'a generator that returned, in all five ways, repeatedly'(log) {
    function* inner() {
      yield 1
      return 'result'
    }

    const g = pyGenerator(inner)
    step(log, () => g.next())
    step(log, () => g.next())
    for (const way of [...WAYS, ...WAYS]) {
      enter(log, way, g)
    }
    log(g.state)
  },

  'a generator that was ended by an error, in all five ways'(log) {
    function* inner() {
      yield 1
      throw new ValueError('mine')
    }

    const g = pyGenerator(inner)
    step(log, () => g.next())
    step(log, () => g.next())
    for (const way of WAYS) {
      enter(log, way, g)
    }
    log(g.state)
  },

  'an error before the start finishes it without running it'(log) {
    function* inner() {
      try {
        log('never here')
        yield 1
      } catch (error) {
        log('never here', error)
      }
    }

    const g = pyGenerator(inner)
    step(log, () => g.throw(new ValueError('mine')))
    log(g.state)
    for (const way of WAYS) {
      enter(log, way, g)
    }
  },

  'the error comes back as it is, without a wrapper'(log) {
    const mine = new ValueError('mine')

    function* inner() {
      yield 1
    }

    const g = pyGenerator(inner)
    for (let i = 0; i < 3; i++) {
      try {
        g.throw(mine)
      } catch (error) {
        log(error === mine)
      }
    }
  },

  'a loop, a list and a delegation get nothing from it'(log) {
    function* inner() {
      yield 1
      return 'result'
    }

    function* outer() {
      log('outer got', yield* yieldFrom(g))
      for (const value of g) {
        log('never here', value)
      }
      log([...g])
      yield 'end'
    }

    const g = pyGenerator(inner)
    log([...g])
    log([...pyGenerator(outer)])
  },

  'a delegator whose delegate was finished by somebody else gets None from next and send'(log) {
    function* inner() {
      yield 1
      yield 2
      return 'result'
    }

    function* outer(sub: PyGenerator) {
      log('outer got', yield* yieldFrom(sub))
      yield 'after'
    }

    for (const way of ['next', 'send'] as const) {
      const sub: PyGenerator = pyGenerator(inner)
      const g = pyGenerator(outer, sub)
      step(log, () => g.next())
      log([...sub])
      enter(log, way, g)
      enter(log, way, g)
    }
  },

  'a delegator whose delegate was finished by somebody else gets the thrown error, and GeneratorExit'(log) {
    function* inner() {
      try {
        yield 1
      } catch (error) {
        if (!(error instanceof ValueError)) throw error
        log('never here', error)
      }
    }

    function* outer(sub: PyGenerator) {
      try {
        yield* yieldFrom(sub)
      } catch (error) {
        log('outer caught', error)
        throw error
      }
    }

    for (const way of ['throw', 'exit', 'close'] as const) {
      const sub: PyGenerator = pyGenerator(inner)
      const g = pyGenerator(outer, sub)
      step(log, () => g.next())
      attempt(log, () => sub.close())
      enter(log, way, g)
      enter(log, way, g)
    }
  },

  'an iterator may continue after its end, a generator may not'(log) {
    class Reader {
      [Symbol.iterator]() { return this }

      n = 0

      next() {
        this.n += 1
        return { value: this.n, done: this.n % 2 === 0 }
      }
    }

    function* inner() {
      yield* yieldFrom(reader)
    }

    const reader = new Reader()
    const g = pyGenerator(inner)
    for (const sub of [reader, reader, g, g]) {
      log([...sub])
    }
  },
}
