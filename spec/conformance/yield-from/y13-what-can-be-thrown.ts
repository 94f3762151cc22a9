/**
 * Y13: `throw()` takes an error, or a class of errors, which stands for a new instance; anything else is a TypeError
 * (PEP 342).
 */
import { AttributeError, ValueError, pyGenerator, yieldFrom } from '../../../lib/greenlet/index.ts'
import type { Programs } from '../programs.ts'
import { step } from './support/steps.ts'

export const programs: Programs = {
  'a class makes a new instance each time, an instance stays itself'(log) {
    function* inner() {
      const seen: unknown[] = []
      for (;;) {
        try {
          yield seen.length
        } catch (error) {
          log('inner caught', error, error === mine, seen.includes(error))
          seen.push(error)
        }
      }
    }

    const mine = new TypeError('mine')
    const g = pyGenerator(inner)
    step(log, () => g.next())
    step(log, () => g.throw(TypeError))
    step(log, () => g.throw(TypeError))
    step(log, () => g.throw(mine))
    step(log, () => g.throw(mine))
  },

  'a class of the program is instantiated without arguments'(log) {
    class Oops extends Error {
      constructor(readonly word = 'default') { super(word) }
    }

    function* inner() {
      for (let i = 0; i < 2; i++) {
        try {
          yield 'ready'
        } catch (error) {
          log('inner caught', error, (error as Oops).word)
        }
      }
    }

    const g = pyGenerator(inner)
    step(log, () => g.next())
    step(log, () => g.throw(Oops))
    step(log, () => g.throw(new Oops('given')))
  },

  'anything else is refused with TypeError, and the generator is as before'(log) {
    class Plain {}

    function* inner() {
      try {
        yield 1
      } catch (error) {
        log('never here', error)
      }
      yield 2
    }

    const g = pyGenerator(inner)
    step(log, () => g.next())
    for (const thing of [5, 'text', undefined, ['a list'], Plain, new Plain()]) {
      step(log, () => g.throw(thing as Error))
    }
    log(g.state)
    step(log, () => g.next())
  },

  'anything else is refused before the start and after the end too'(log) {
    function* inner() {
      yield 1
    }

    const g = pyGenerator(inner)
    step(log, () => g.throw(5 as unknown as Error))
    log(g.state)
    step(log, () => g.next())
    step(log, () => g.next())
    step(log, () => g.throw(5 as unknown as Error))
    log(g.state)
  },

  'if the constructor of the class fails, its error is thrown instead'(log) {
    class Fussy extends Error {
      constructor() {
        super()
        throw new ValueError('fussy')
      }
    }

    function* inner() {
      try {
        yield 1
      } catch (error) {
        log('inner caught', error)
      }
      yield 2
    }

    const g = pyGenerator(inner)
    step(log, () => g.next())
    step(log, () => g.throw(Fussy))
    step(log, () => g.next())
  },

  'a class goes through delegators, and each level sees the same instance'(log) {
    function* level(depth: number): Generator<unknown, void> {
      try {
        if (depth === 3) {
          yield 'deep'
        } else {
          yield* yieldFrom(level(depth + 1))
        }
      } catch (error) {
        seen.push(error)
        log(depth, 'caught', error, error === seen[0])
        throw error
      }
    }

    const seen: unknown[] = []
    const g = pyGenerator(level, 1)
    step(log, () => g.next())
    step(log, () => g.throw(TypeError))
  },

  'an error of any kind may be thrown, even one outside the class Exception'(log) {
    class Leave extends Error {}

    function* inner() {
      for (;;) {
        try {
          yield 'ready'
        } catch (error) {
          if (error instanceof Leave) throw error
          log('inner caught', error)
        } finally {
          log('finally')
        }
      }
    }

    const g = pyGenerator(inner)
    step(log, () => g.next())
    step(log, () => g.throw(new Error('mine')))
    step(log, () => g.throw(new AttributeError('mine')))
    step(log, () => g.throw(new Leave('mine')))
  },
}
