/**
 * Y15: Python closes a generator as soon as it is dropped; here, the loop or statement that owns it does (CPython
 * 3.13).
 */
import { ValueError, pyGenerator, yieldFrom } from '../../../lib/greenlet/index.ts'
import type { Programs } from '../programs.ts'
import { step } from './support/steps.ts'

export const programs: Programs = {
  'a loop that breaks closes its generator'(log) {
    function* inner() {
      try {
        yield 1
        yield 2
      } finally {
        log('inner leaves')
      }
    }

    for (const value of pyGenerator(inner)) {
      log('got', value)
      break
    }
    log('after the loop')
  },

  'a loop left by return or by an error closes its generator before anything else happens'(log) {
    function* inner() {
      try {
        yield 1
        yield 2
      } finally {
        log('inner leaves')
      }
    }

    function search(wanted: unknown) {
      for (const value of pyGenerator(inner)) {
        if (value === wanted) return value
        if (wanted === 'error') throw new ValueError('mine')
      }
      return undefined
    }

    log('returned', search(2))
    try {
      search('error')
    } catch (error) {
      log('caught', error)
    }
  },

  'a loop that runs to the end has nothing left to close'(log) {
    function* inner() {
      try {
        yield 1
      } catch (error) {
        log('never here', error)
      } finally {
        log('inner leaves')
      }
    }

    for (const value of pyGenerator(inner)) {
      log('got', value)
    }
    log('after the loop')
  },

  'in a chain of delegating generators, the innermost is closed first'(log) {
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

    for (const value of pyGenerator(level, 1)) {
      log('got', value)
      break
    }
    log('after the loop')
  },

  'a pipeline is closed from its end to its source'(log) {
    function* numbers() {
      try {
        for (let n = 0; n < 10; n++) {
          log('made', n)
          yield n
        }
      } finally {
        log('numbers leaves')
      }
    }

    function* evens() {
      try {
        for (const n of numbers()) {
          if (n % 2 === 0) {
            yield n
          }
        }
      } finally {
        log('evens leaves')
      }
    }

    function* outer() {
      try {
        yield* yieldFrom(evens())
      } finally {
        log('outer leaves')
      }
    }

    for (const n of pyGenerator(outer)) {
      log('got', n)
      if (n > 1) break
    }
    log('after the loop')
  },

  'taking only the first value closes the rest'(log) {
    function* inner() {
      try {
        yield 1
        log('never here')
      } finally {
        log('inner leaves')
      }
    }

    const [first] = pyGenerator(inner)
    log('got', first)
  },

  'a generator that never started has nothing to run'(log) {
    function* inner() {
      try {
        log('never here')
        yield 1
      } finally {
        log('never here')
      }
    }

    function* outer(sub: Generator) {
      yield* yieldFrom(sub)
    }

    pyGenerator(outer, inner())
    log('dropped')
  },

  'closing() closes it whatever happens'(log) {
    function* inner() {
      try {
        yield 1
        yield 2
      } finally {
        log('inner leaves')
      }
    }

    let g = pyGenerator(inner)
    try {
      step(log, () => g.next())
    } finally {
      g.close()
    }
    step(log, () => g.next())
    try {
      g = pyGenerator(inner)
      try {
        step(log, () => g.next())
        throw new ValueError('mine')
      } finally {
        g.close()
      }
    } catch (error) {
      log('caught', error)
    }
  },
}
