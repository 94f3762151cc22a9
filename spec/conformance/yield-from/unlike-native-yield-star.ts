/** The rows of the table of differences to JavaScript's yield* that fit none of the numbers. */
import { GeneratorExit, type PyGenerator, RuntimeError, ValueError, pyGenerator, yieldFrom } from '../../../lib/greenlet/index.ts'
import { type Programs, label } from '../programs.ts'
import { type Result, WAYS, attempt, enter, step } from './support/steps.ts'

export const programs: Programs = {
  'close is an error that except sees and may hold back, and not a silent completion'(log) {
    function* outer() {
      for (const n of [1, 2]) {
        try {
          yield n
          log('never here')
        } catch (error) {
          log('outer caught', error)
          break
        } finally {
          log('finally')
        }
      }
      log('outer goes on')
      return 'outer result'
    }

    const g = pyGenerator(outer)
    step(log, () => g.next())
    attempt(log, () => g.close())
  },

  'a delegate that yields in finally on close: the delegator does not go on as if it had returned'(log) {
    function* inner() {
      try {
        yield 1
      } finally {
        log('inner resumed with', yield 'inner clean-up')
      }
    }

    function* outer() {
      try {
        yield* yieldFrom(sub)
        log('never here')
      } finally {
        log('outer leaves')
      }
    }

    const sub = pyGenerator(inner)
    const g = pyGenerator(outer)
    step(log, () => g.next())
    attempt(log, () => g.close())
    log(g.state, sub.state)
    step(log, () => g.next())
    step(log, () => sub.send('sent'))
  },

  'the methods of an iterator are looked up at each step'(log) {
    class Reader {
      [Symbol.iterator]() { return this }

      declare send?: (value: unknown) => Result
      declare throw?: (error: unknown) => Result

      next(): Result {
        return { value: 'first next', done: false }
      }
    }

    function second(): Result {
      return { value: 'second next', done: false }
    }

    function send(value: unknown): Result {
      return { value: ['send', value], done: false }
    }

    function toss(error: unknown): Result {
      return { value: ['throw', error], done: false }
    }

    function* outer() {
      yield* yieldFrom(new Reader())
    }

    const g = pyGenerator(outer)
    step(log, () => g.next())
    Reader.prototype.next = second
    step(log, () => g.next())
    Reader.prototype.send = send
    step(log, () => g.send(1))
    Reader.prototype.throw = toss
    step(log, () => g.throw(new ValueError('mine')))
    delete Reader.prototype.throw
    step(log, () => g.throw(new ValueError('mine')))
  },

  'an iterator with the methods of a generator: what JavaScript calls next(value), throw and return'(log) {
    class Reader {
      [Symbol.iterator]() { return this }

      next(value?: unknown): Result {
        log('next', value)
        return { value: 'next', done: false }
      }

      throw(error: unknown): Result {
        log('throw', error)
        return { value: 'throw', done: false }
      }

      return(): Result {
        log('close')
        return { value: undefined, done: true }
      }
    }

    function* outer() {
      try {
        yield* yieldFrom(new Reader())
      } catch (error) {
        log('outer caught', error)
        throw error
      }
    }

    const g = pyGenerator(outer)
    step(log, () => g.next())
    step(log, () => g.send(1))
    step(log, () => g.throw(new ValueError('mine')))
    attempt(log, () => g.close())
    step(log, () => g.next())
  },

  'a value that looks like a result of next, or like an iterator, is a value'(log) {
    class Lookalike {
      value = 'inside'
      done = true

      constructor(name: string) { label(this, name) }

      next() {
        log('never here')
      }
    }

    function* inner() {
      log('inner got', yield new Lookalike('yielded'))
      return new Lookalike('returned')
    }

    function* outer() {
      log('outer got', yield* yieldFrom(inner()))
    }

    const g = pyGenerator(outer)
    step(log, () => g.next())
    step(log, () => g.send(new Lookalike('sent')))
  },

  'nine hundred levels deep: values, errors and the close pass them all'(log) {
    function* down(levels: number): Generator<unknown, number> {
      try {
        if (levels === 0) {
          for (;;) {
            try {
              log('bottom got', yield 'bottom')
            } catch (error) {
              if (!(error instanceof RuntimeError)) throw error
              log('bottom caught', error)
            }
          }
        }
        return (yield* yieldFrom(down(levels - 1))) + 1
      } finally {
        counts[0] += 1
      }
    }

    const counts: [number] = [0]
    for (const way of WAYS) {
      const g = pyGenerator(down, 900)
      step(log, () => g.next())
      step(log, () => g.send('sent'))
      enter(log, way, g)
      step(log, () => g.throw(new ValueError('mine')))
      log('left', counts[0])
      counts[0] = 0
    }
  },

  'nine hundred levels deep, the result comes back through all of them'(log) {
    function* down(levels: number): Generator<unknown, number, number> {
      if (levels === 0) return yield 'bottom'
      return (yield* yieldFrom(down(levels - 1))) + 1
    }

    const g = pyGenerator(down, 900)
    step(log, () => g.next())
    step(log, () => g.send(100))
  },

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

  'any level of a chain may be driven directly; those above see where it has got to'(log) {
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

  'what another makes of the shared generator - ends it, fails it, closes it - each at two depths'(log) {
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

  'the middle of a chain is finished by somebody else, in each way: the outermost goes on without it'(log) {
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
