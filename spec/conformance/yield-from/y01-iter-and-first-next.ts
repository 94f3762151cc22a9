/** Y1: `yield from` calls `iter()` on its expression once, and begins with `next()`. */
import { ValueError, pyGenerator, yieldFrom } from '../../../lib/greenlet/index.ts'
import type { Programs } from '../programs.ts'
import { attempt, step } from './support/steps.ts'

export const programs: Programs = {
  'a list, a string and an iterator give their items'(log) {
    function* outer() {
      yield* yieldFrom([1, 2])
      yield* yieldFrom('ab')
      yield* yieldFrom([3, 4].values())
      yield* yieldFrom([])
    }

    log([...pyGenerator(outer)])
  },

  'iter is called once, and next before anything is sent'(log) {
    class Source {
      [Symbol.iterator]() {
        log('iter')
        return new Reader()
      }
    }

    class Reader {
      [Symbol.iterator]() {
        log('never here')
        return this
      }

      next() {
        log('next')
        return { value: 'from next', done: false }
      }

      send(value: unknown) {
        log('send', value)
        return { value: 'from send', done: false }
      }
    }

    function* outer() {
      log('outer got', yield 'first')
      yield* yieldFrom(new Source())
    }

    const g = pyGenerator(outer)
    step(log, () => g.next())
    step(log, () => g.send(1))
    step(log, () => g.send(2))
    step(log, () => g.next())
  },

  'the expression is evaluated when the delegator gets there'(log) {
    function* inner(word: string) {
      log('inner runs')
      yield word
    }

    function choose() {
      log('choosing')
      return inner('chosen')
    }

    function* outer() {
      log('outer runs')
      yield* yieldFrom(choose())
    }

    const g = pyGenerator(outer)
    log('made')
    step(log, () => g.next())
  },

  'a partly consumed iterator continues from where it is, and is used up'(log) {
    const items = [1, 2, 3, 4].values()

    function* outer() {
      log('items give', items.next().value)
      yield* yieldFrom(items)
    }

    const g = pyGenerator(outer)
    step(log, () => g.next())
    log('items give', items.next().value)
    step(log, () => g.next())
    step(log, () => g.next())
    log([...items])
  },

  'an object whose iter is a generator starts afresh for each delegation'(log) {
    class Bag {
      *[Symbol.iterator]() {
        log('begin')
        yield 1
        yield 2
        return 'end'
      }
    }

    function* outer() {
      const bag = new Bag()
      log(yield* yieldFrom(bag))
      log(yield* yieldFrom(bag))
    }

    log([...pyGenerator(outer)])
  },

  'an object that cannot be iterated is a TypeError at the yield from'(log) {
    function* outer() {
      for (const thing of [5, null, {}]) {
        try {
          yield* yieldFrom(thing as unknown as string)
        } catch (error) {
          log('outer caught', error)
        }
      }
      yield 'unharmed'
    }

    log([...pyGenerator(outer)])
  },

  'an error of iter, or an iter that returns no iterator, is raised at the yield from'(log) {
    class Broken {
      [Symbol.iterator](): Iterator<unknown> {
        throw new ValueError('broken')
      }
    }

    class Wrong {
      [Symbol.iterator]() {
        return 5 as unknown as Iterator<unknown>
      }
    }

    function* outer() {
      for (const thing of [new Broken(), new Wrong()]) {
        try {
          yield* yieldFrom(thing)
        } catch (error) {
          log('outer caught', error)
        }
      }
      yield 'unharmed'
    }

    log([...pyGenerator(outer)])
  },

  'a generator that is exhausted or closed gives None at once'(log) {
    function* inner() {
      yield 1
      return 'result'
    }

    function* outer(sub: Iterable<unknown>) {
      log('outer got', yield* yieldFrom(sub))
      yield 'after'
    }

    const exhausted = pyGenerator(inner)
    step(log, () => exhausted.next())
    step(log, () => exhausted.next())
    log([...pyGenerator(outer, exhausted)])
    const closed = pyGenerator(inner)
    attempt(log, () => closed.close())
    log([...pyGenerator(outer, closed)])
  },

  'a list that grows during the delegation gives the new items too'(log) {
    const items: unknown[] = [1, 2]

    function* outer() {
      yield* yieldFrom(items)
      items.push('too late')
      yield 'end'
    }

    const g = pyGenerator(outer)
    step(log, () => g.next())
    items.push(3)
    log([...g])
  },
}
