/**
 * Y9: `close()` raises GeneratorExit where the generator waits, and returns what the generator then returns (CPython
 * 3.13).
 */
import { GeneratorExit, ValueError, pyGenerator, yieldFrom } from '../../../lib/greenlet/index.ts'
import type { Programs } from '../programs.ts'
import { attempt, step } from './support/steps.ts'

export const programs: Programs = {
  'before the start nothing runs, and the generator is closed'(log) {
    function* inner() {
      try {
        log('never here')
        yield 1
      } finally {
        log('never here')
      }
    }

    const g = pyGenerator(inner)
    attempt(log, () => g.close())
    log(g.state)
    step(log, () => g.next())
    attempt(log, () => g.close())
  },

  'close() returns what the generator returns on GeneratorExit, and None from then on'(log) {
    function* inner() {
      try {
        yield 1
      } catch (error) {
        log('inner caught', error)
        return 'inner result'
      }
      return undefined
    }

    const g = pyGenerator(inner)
    step(log, () => g.next())
    attempt(log, () => g.close())
    attempt(log, () => g.close())
    step(log, () => g.next())
  },

  'a return in finally counts; a result from before close() does not'(log) {
    function* forced() {
      try {
        yield 1
      } finally {
        return 'from finally'
      }
    }

    function* finished() {
      yield 1
      return 'reached before'
    }

    let g = pyGenerator(forced)
    step(log, () => g.next())
    attempt(log, () => g.close())
    g = pyGenerator(finished)
    step(log, () => g.next())
    step(log, () => g.next())
    attempt(log, () => g.close())
  },

  'GeneratorExit, raised again or anew, closes the generator without an error'(log) {
    function* passing() {
      try {
        yield 1
      } finally {
        log('passing leaves')
      }
    }

    function* renewing() {
      try {
        yield 1
      } catch {
        throw new GeneratorExit('new')
      }
    }

    for (const make of [passing, renewing]) {
      const g = pyGenerator(make)
      step(log, () => g.next())
      attempt(log, () => g.close())
      log(g.state)
    }
  },

  'any other error leaves close(), and the generator is closed'(log) {
    function* inner() {
      try {
        yield 1
      } catch {
        throw new ValueError('instead')
      }
    }

    const g = pyGenerator(inner)
    step(log, () => g.next())
    attempt(log, () => g.close())
    log(g.state)
    attempt(log, () => g.close())
  },

  'a generator that yields instead gets close() a RuntimeError, and lives on to be closed again'(log) {
    function* inner() {
      for (;;) {
        try {
          log('inner got', yield 'still here')
        } catch (error) {
          log('inner caught', error)
          if (stubborn) {
            yield 'no'
          } else {
            return 'at last'
          }
        }
      }
    }

    let stubborn = true
    const g = pyGenerator(inner)
    step(log, () => g.next())
    attempt(log, () => g.close())
    log(g.state)
    step(log, () => g.send('unheard'))
    step(log, () => g.send('heard'))
    stubborn = false
    attempt(log, () => g.close())
    log(g.state)
  },

  'a generator whose clean-up yields by a delegation: RuntimeError, and the clean-up can be finished'(log) {
    function* cleanup() {
      log('cleanup got', yield 'cleaning')
      return 'clean'
    }

    function* outer() {
      try {
        yield 1
      } finally {
        log('outer got', yield* yieldFrom(cleanup()))
      }
    }

    const g = pyGenerator(outer)
    step(log, () => g.next())
    attempt(log, () => g.close())
    log(g.state)
    step(log, () => g.send('go on'))
    log(g.state)
  },

  'the place where the generator waits decides which finally blocks run'(log) {
    function* inner() {
      try {
        yield 1
        try {
          yield 2
        } finally {
          log('inner clean-up')
        }
        yield 3
      } finally {
        log('outer clean-up')
      }
    }

    for (let count = 0; count < 5; count++) {
      const g = pyGenerator(inner)
      for (let i = 0; i < count; i++) {
        step(log, () => g.next())
      }
      attempt(log, () => g.close())
    }
  },

  'a handler for one kind of error lets GeneratorExit pass'(log) {
    function* inner() {
      try {
        yield 1
        log('never here')
      } catch (error) {
        if (!(error instanceof ValueError)) throw error
        log('inner caught', error)
        yield 2
      }
      log('end')
    }

    let g = pyGenerator(inner)
    step(log, () => g.next())
    attempt(log, () => g.close())
    g = pyGenerator(inner)
    step(log, () => g.next())
    step(log, () => g.throw(new ValueError('mine')))
    attempt(log, () => g.close())
  },
}
