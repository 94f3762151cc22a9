/**
 * Y10: Entering a generator that is running, or whose delegate is, raises ValueError and does no harm to it (PEP 255).
 */
import { GeneratorExit, type PyGenerator, ValueError, pyGenerator, yieldFrom } from '../../../lib/greenlet/index.ts'
import type { Programs } from '../programs.ts'
import { WAYS, attempt, enter, step } from './support/steps.ts'

export const programs: Programs = {
  'from its own body, in all five ways'(log) {
    function* body() {
      for (const way of WAYS) {
        enter(log, way, g)
      }
      log('got', yield 'unharmed')
    }

    const g: PyGenerator = pyGenerator(body)
    step(log, () => g.next())
    step(log, () => g.send(1))
  },

  'if not caught, the error ends the generator like any other'(log) {
    function* body() {
      try {
        yield 1
        g.next()
      } finally {
        log('leaves')
      }
    }

    const g: PyGenerator = pyGenerator(body)
    step(log, () => g.next())
    step(log, () => g.next())
    step(log, () => g.next())
  },

  'from a delegate, into its delegator, in all five ways'(log) {
    function* inner() {
      for (const way of WAYS) {
        enter(log, way, g)
      }
      log('inner got', yield 'unharmed')
      return 'inner result'
    }

    function* outer() {
      log('outer got', yield* yieldFrom(inner()))
    }

    const g: PyGenerator = pyGenerator(outer)
    step(log, () => g.next())
    step(log, () => g.send(1))
  },

  'from a grandchild, into each level above and into itself'(log) {
    function* leaf() {
      for (const level of [outer, middle, child]) {
        log(level.state)
        for (const way of WAYS) {
          enter(log, way, level)
        }
      }
      yield 'unharmed'
    }

    function* delegator(sub: PyGenerator) {
      yield* yieldFrom(sub)
      log('goes on')
    }

    const child: PyGenerator = pyGenerator(leaf)
    const middle: PyGenerator = pyGenerator(delegator, child)
    const outer: PyGenerator = pyGenerator(delegator, middle)
    step(log, () => outer.next())
    step(log, () => outer.next())
  },

  'a generator that delegates to itself, and two that delegate to each other'(log) {
    function* delegator(name: string): Generator<unknown, void> {
      try {
        yield* yieldFrom(targets[name] as PyGenerator)
      } catch (error) {
        log(name, 'caught', error, (error as Error).message)
        yield 'after'
      }
      log(name, 'ends')
    }

    const targets: Record<string, PyGenerator> = {}
    const self = targets['self'] = pyGenerator(delegator, 'self')
    step(log, () => self.next())
    step(log, () => self.next())
    const first = targets['second'] = pyGenerator(delegator, 'first')
    targets['first'] = pyGenerator(delegator, 'second')
    step(log, () => first.next())
    step(log, () => first.next())
  },

  'a delegator of a generator that somebody else runs gets the error at its yield from'(log) {
    function* inner(way: typeof WAYS[number]) {
      yield 1
      enter(log, way, g)
      yield 2
    }

    function* outer(sub: PyGenerator) {
      try {
        yield* yieldFrom(sub)
      } catch (error) {
        log('outer caught', error, (error as Error).message)
      }
      yield 'outer goes on'
    }

    let g: PyGenerator
    for (const way of WAYS) {
      log(way)
      const sub: PyGenerator = pyGenerator(inner, way)
      g = pyGenerator(outer, sub)
      step(log, () => g.next())
      step(log, () => sub.next())
      log(g.state, sub.state)
      step(log, () => sub.next())
    }
  },

  'from the clean-up of a delegate, while the delegator is being closed'(log) {
    function* inner() {
      try {
        yield 1
      } finally {
        log(g.state)
        for (const way of WAYS) {
          enter(log, way, g)
        }
      }
    }

    function* outer() {
      try {
        yield* yieldFrom(inner())
      } finally {
        log('outer leaves')
      }
    }

    let g: PyGenerator = pyGenerator(outer)
    step(log, () => g.next())
    attempt(log, () => g.close())
    g = pyGenerator(outer)
    step(log, () => g.next())
    step(log, () => g.throw(GeneratorExit))
  },

  'from the methods of an iterator, into its delegator'(log) {
    class Reader {
      [Symbol.iterator]() { return this }

      next() {
        enter(log, 'next', g)
        return { value: 'next', done: false }
      }

      send(_value: unknown) {
        enter(log, 'send', g)
        return { value: 'send', done: false }
      }

      throw(_error: unknown) {
        enter(log, 'throw', g)
        return { value: 'throw', done: false }
      }

      close() {
        enter(log, 'close', g)
      }
    }

    function* outer() {
      yield* yieldFrom(new Reader())
    }

    const g: PyGenerator = pyGenerator(outer)
    step(log, () => g.next())
    step(log, () => g.send(1))
    step(log, () => g.throw(new ValueError('mine')))
    attempt(log, () => g.close())
  },

  'other generators may be driven meanwhile, even one that delegates'(log) {
    function* leaf(name: string) {
      log(name, 'got', yield name)
    }

    function* other() {
      yield* yieldFrom(leaf('other'))
    }

    function* inner() {
      const second = pyGenerator(other)
      step(log, () => second.next())
      step(log, () => second.send(1))
      log('inner got', yield 'inner')
    }

    function* outer() {
      yield* yieldFrom(inner())
      yield* yieldFrom(leaf('outer'))
    }

    const g = pyGenerator(outer)
    step(log, () => g.next())
    step(log, () => g.send(2))
    step(log, () => g.send(3))
  },
}
