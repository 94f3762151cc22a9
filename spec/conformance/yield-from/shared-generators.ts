/** A generator that is driven or finished by somebody else, while one or several generators delegate to it. */
import {
  GeneratorExit, type PyGenerator, RuntimeError, ValueError, pyGenerator, yieldFrom,
} from '../../../lib/greenlet/index.ts'
import type { Programs } from '../programs.ts'
import { WAYS, attempt, enter, step } from './support/steps.ts'

export const programs: Programs = {
  'two delegators take turns on one generator; one gets its result, the other None'(log) {
    function* inner() {
      log('inner got', yield 1)
      log('inner got', yield 2)
      log('inner got', yield 3)
      return 'result'
    }

    function* outer(name: string) {
      log(name, 'got', yield* yieldFrom(sub))
      yield name
    }

    const sub = pyGenerator(inner)
    const first = pyGenerator(outer, 'first')
    const second = pyGenerator(outer, 'second')
    step(log, () => first.next())
    step(log, () => second.next())
    step(log, () => first.send('a'))
    step(log, () => second.send('b'))
    step(log, () => first.send('c'))
    step(log, () => second.next())
  },

  'one generator under two delegators at different depths'(log) {
    function* inner() {
      for (let n = 0; n < 10; n++) {
        log('inner got', yield n)
      }
    }

    function* outer(child: PyGenerator) {
      yield* yieldFrom(child)
    }

    const sub: PyGenerator = pyGenerator(inner)
    const middle: PyGenerator = pyGenerator(outer, sub)
    const deep = pyGenerator(outer, middle)
    const flat = pyGenerator(outer, sub)
    step(log, () => deep.next())
    step(log, () => flat.next())
    step(log, () => deep.send('a'))
    step(log, () => middle.send('b'))
    step(log, () => sub.send('c'))
    step(log, () => flat.send('d'))
    step(log, () => deep.send('e'))
    log([sub, middle, deep, flat].map(g => g.state))
  },

  'any level of a chain may be driven directly, and those above see how far it has come'(log) {
    function* inner() {
      for (let n = 0; n < 3; n++) {
        log('inner got', yield ['inner', n])
      }
      return 'inner result'
    }

    function* middle() {
      log('middle got', yield* yieldFrom(leaf))
      log('middle got', yield 'middle')
      return 'middle result'
    }

    function* outer() {
      log('outer got', yield* yieldFrom(branch))
      log('outer got', yield 'outer')
      return 'outer result'
    }

    const leaf = pyGenerator(inner)
    const branch = pyGenerator(middle)
    const root = pyGenerator(outer)
    step(log, () => root.next())
    step(log, () => leaf.send('a'))
    step(log, () => branch.send('b'))
    step(log, () => root.send('c'))
    step(log, () => branch.send('d'))
    step(log, () => root.send('e'))
    step(log, () => root.send('f'))
  },

  'somebody else ends, fails or closes the shared generator, at two depths'(log) {
    function* inner() {
      yield 1
      try {
        yield 2
      } catch (error) {
        if (!(error instanceof RuntimeError)) throw error
        throw new ValueError('failed')
      }
      yield 3
    }

    function* outer(name: string, child: PyGenerator) {
      try {
        log(name, 'got', yield* yieldFrom(child))
      } catch (error) {
        log(name, 'caught', error)
        throw error
      }
      return name
    }

    for (const way of WAYS) {
      log(way)
      const sub: PyGenerator = pyGenerator(inner)
      const middle: PyGenerator = pyGenerator(outer, 'middle', sub)
      const deep = pyGenerator(outer, 'deep', middle)
      const flat = pyGenerator(outer, 'flat', sub)
      step(log, () => deep.next())
      step(log, () => flat.next())
      enter(log, way, flat)
      enter(log, way, flat)
      log([sub, middle, deep, flat].map(g => g.state))
      step(log, () => deep.next())
      log([sub, middle, deep, flat].map(g => g.state))
    }
  },

  'somebody else finishes the middle of a chain, in each way, and the outermost continues without it'(log) {
    function* inner() {
      try {
        yield 1
        yield 2
      } finally {
        log('inner leaves')
      }
    }

    function* middle() {
      try {
        yield* yieldFrom(leaf)
      } catch (error) {
        if (!(error instanceof GeneratorExit)) throw error
        return 'middle result'
      }
      return undefined
    }

    function* outer() {
      log('outer got', yield* yieldFrom(branch))
      yield 'outer'
    }

    let leaf: PyGenerator
    let branch: PyGenerator
    for (const way of WAYS) {
      log(way)
      leaf = pyGenerator(inner)
      branch = pyGenerator(middle)
      const root = pyGenerator(outer)
      step(log, () => root.next())
      enter(log, way, branch)
      step(log, () => root.next())
      log([leaf, branch, root].map(g => g.state))
    }
  },

  'a delegator that has left its delegation leaves the generator alone'(log) {
    function* inner() {
      try {
        yield 1
        step(log, () => g.next())
        yield 2
        yield 3
      } finally {
        log('inner leaves')
      }
    }

    function* outer() {
      try {
        yield* yieldFrom(sub)
      } catch (error) {
        log('outer caught', error)
      }
      yield 'outer goes on'
    }

    const sub: PyGenerator = pyGenerator(inner)
    const g: PyGenerator = pyGenerator(outer)
    step(log, () => g.next())
    step(log, () => sub.next())
    log(g.state, g.yieldingFrom === null)
    attempt(log, () => g.close())
    log(g.state, sub.state)
    step(log, () => sub.next())
    step(log, () => sub.next())
  },
}
