/** Y11: Before a generator has started, only None can be sent to it (PEP 342). */
import { type PyGenerator, ValueError, pyGenerator, yieldFrom } from '../../../lib/greenlet/index.ts'
import type { Programs } from '../programs.ts'
import { attempt, step } from './support/steps.ts'

export const programs: Programs = {
  'any other value is refused with TypeError, and the generator is as before'(log) {
    function* inner() {
      log('inner runs')
      log('inner got', yield 1)
    }

    const g = pyGenerator(inner)
    step(log, () => g.send('early'))
    log(g.state)
    step(log, () => g.send('early'))
    step(log, () => g.next())
    step(log, () => g.send('in time'))
  },

  'send(None) starts it, as next() does'(log) {
    function* inner() {
      log('inner got', yield 1)
      log('inner got', yield 2)
    }

    const g = pyGenerator(inner)
    step(log, () => g.send(undefined))
    step(log, () => g.send(undefined))
    step(log, () => g.send('sent'))
  },

  'false values are values'(log) {
    function* inner() {
      yield 1
    }

    const g = pyGenerator(inner)
    for (const value of [0, false, '', []]) {
      step(log, () => g.send(value))
    }
    step(log, () => g.next())
  },

  'a delegator that has not started refuses it as well, and does not evaluate its delegate'(log) {
    function choose() {
      log('choosing')
      return inner()
    }

    function* inner() {
      log('inner got', yield 1)
    }

    function* outer() {
      yield* yieldFrom(choose())
    }

    const g = pyGenerator(outer)
    step(log, () => g.send('early'))
    step(log, () => g.next())
    step(log, () => g.send('in time'))
  },

  'a delegate is started with next, whatever the delegator was just sent'(log) {
    function* inner(name: string) {
      log('inner got', yield name)
    }

    function* outer() {
      log('outer got', yield 0)
      yield* yieldFrom(inner('first'))
      yield* yieldFrom(inner('second'))
    }

    const g = pyGenerator(outer)
    step(log, () => g.next())
    step(log, () => g.send('a'))
    step(log, () => g.send('b'))
    step(log, () => g.send('c'))
  },

  'a generator closed, or ended by an error, before its start is finished and refuses nothing'(log) {
    function* inner() {
      log('never here')
      yield 1
    }

    let g = pyGenerator(inner)
    attempt(log, () => g.close())
    step(log, () => g.send('late'))
    g = pyGenerator(inner)
    step(log, () => g.throw(new ValueError('mine')))
    step(log, () => g.send('late'))
  },

  'an iterator that sends a value to an unstarted generator gives the delegator a TypeError'(log) {
    class Reader {
      constructor(readonly source: PyGenerator) {}

      [Symbol.iterator]() { return this }

      next() {
        return { value: 'ready', done: false }
      }

      send(value: unknown) {
        return this.source.send(value)
      }
    }

    function* inner() {
      yield 'inner'
    }

    function* outer(source: PyGenerator) {
      try {
        yield* yieldFrom<unknown, unknown>(new Reader(source))
      } catch (error) {
        log('outer caught', error)
      }
      log(source.state)
      yield* yieldFrom(source)
    }

    const g = pyGenerator(outer, pyGenerator(inner))
    step(log, () => g.next())
    step(log, () => g.send('early'))
    step(log, () => g.next())
  },
}
