/** Where `yield from` and JavaScript's own `yield*` differ, apart from the numbered rules. */
import { ValueError, pyGenerator, yieldFrom } from '../../../lib/greenlet/index.ts'
import { type Programs, label } from '../programs.ts'
import { type Result, attempt, step } from './support/steps.ts'

export const programs: Programs = {
  'close() raises an error that except sees and may suppress; it is not a silent completion'(log) {
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

  'a delegate that yields in finally during close: the delegator does not continue as if it had returned'(log) {
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

  'an iterator with the methods of a generator: next(value), throw and return in JavaScript'(log) {
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

  'a value that looks like a result of next, or like an iterator, is just a value'(log) {
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
}
