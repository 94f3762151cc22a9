/**
 * Y6: `close()` and `throw(GeneratorExit)` close the sub-iterator first; then GeneratorExit is raised in the delegator.
 */
import { GeneratorExit, ValueError, pyGenerator, yieldFrom } from '../../../lib/greenlet/index.ts'
import type { Programs } from '../programs.ts'
import { attempt, step } from './support/steps.ts'

export const programs: Programs = {
  'three levels see GeneratorExit, the innermost first'(log) {
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
      } finally {
        log(depth, 'leaves')
      }
    }

    const g = pyGenerator(level, 1)
    step(log, () => g.next())
    attempt(log, () => g.close())
    step(log, () => g.next())
  },

  'a sub-generator that returns: the delegator gets GeneratorExit all the same'(log) {
    function* inner() {
      try {
        yield 1
      } catch {
        return 'inner result'
      }
      return undefined
    }

    function* middle() {
      try {
        log('never here', yield* yieldFrom(inner()))
      } catch (error) {
        log('middle caught', error)
        return 'middle result'
      }
      return undefined
    }

    function* outer() {
      try {
        log('never here', yield* yieldFrom(middle()))
      } catch (error) {
        log('outer caught', error)
        return 'outer result'
      }
      return undefined
    }

    const g = pyGenerator(outer)
    step(log, () => g.next())
    attempt(log, () => g.close())
  },

  'a sub-generator that raises another error: the delegator gets that error and may recover'(log) {
    function* inner() {
      try {
        yield 1
      } finally {
        throw new ValueError('instead')
      }
    }

    function* outer(recover: boolean) {
      try {
        yield* yieldFrom(inner())
      } catch (error) {
        log('outer caught', error)
        if (!recover) throw error
      }
      return 'recovered'
    }

    for (const recover of [false, true]) {
      const g = pyGenerator(outer, recover)
      step(log, () => g.next())
      attempt(log, () => g.close())
      step(log, () => g.next())
    }
  },

  'a sub-generator that yields: the delegator gets RuntimeError, and the sub-generator lives on'(log) {
    function* inner() {
      try {
        yield 1
      } catch {
        yield 2
      }
      yield 3
    }

    function* outer(sub: Iterable<unknown>) {
      try {
        yield* yieldFrom(sub)
      } catch (error) {
        log('outer caught', error, (error as Error).message)
      }
      return 'outer result'
    }

    const sub = pyGenerator(inner)
    const g = pyGenerator(outer, sub)
    step(log, () => g.next())
    attempt(log, () => g.close())
    step(log, () => sub.next())
    step(log, () => sub.next())
  },

  'an iterator without close, or a list, is left as it is, and may be continued'(log) {
    const items = [1, 2, 3].values()

    function* outer() {
      try {
        yield* yieldFrom(items)
      } catch (error) {
        log('outer caught', error)
        throw error
      }
    }

    const g = pyGenerator(outer)
    step(log, () => g.next())
    attempt(log, () => g.close())
    log([...items])
  },

  'an iterator with close: it is called once, its value is dropped, its error is raised'(log) {
    class Reader {
      constructor(readonly fails: boolean) {}

      [Symbol.iterator]() { return this }

      next() {
        return { value: 'ready', done: false }
      }

      throw(error: unknown) {
        log('never here', error)
        return { value: undefined, done: false }
      }

      close() {
        log('close')
        if (this.fails) throw new ValueError('instead')
        return 'dropped'
      }
    }

    function* outer(sub: Reader) {
      try {
        yield* yieldFrom<unknown, unknown>(sub)
      } catch (error) {
        log('outer caught', error)
        throw error
      }
    }

    for (const fails of [false, true]) {
      let g = pyGenerator(outer, new Reader(fails))
      step(log, () => g.next())
      attempt(log, () => g.close())
      g = pyGenerator(outer, new Reader(fails))
      step(log, () => g.next())
      step(log, () => g.throw(GeneratorExit))
    }
  },

  'throw(GeneratorExit) closes the sub-generators and raises the error itself in the outermost only'(log) {
    const mine = new GeneratorExit('mine')

    function* level(depth: number): Generator<unknown, void> {
      try {
        if (depth === 3) {
          yield 'deep'
        } else {
          yield* yieldFrom(level(depth + 1))
        }
      } catch (error) {
        log(depth, 'caught', error === mine)
        throw error
      }
    }

    const g = pyGenerator(level, 1)
    step(log, () => g.next())
    step(log, () => g.throw(mine))
    step(log, () => g.next())
  },

  'after throw(GeneratorExit) the delegator may yield, after close() it may not'(log) {
    function* inner() {
      try {
        yield 1
      } finally {
        log('inner leaves')
      }
    }

    function* outer() {
      try {
        yield* yieldFrom(inner())
      } catch (error) {
        log('outer caught', error)
      }
      yield* yieldFrom([2, 3])
      return 'outer result'
    }

    let g = pyGenerator(outer)
    step(log, () => g.next())
    step(log, () => g.throw(new GeneratorExit()))
    step(log, () => g.next())
    step(log, () => g.next())
    g = pyGenerator(outer)
    step(log, () => g.next())
    attempt(log, () => g.close())
    step(log, () => g.next())
    step(log, () => g.next())
  },

  'the clean-up of each level may delegate to something that has ended or does not yield'(log) {
    function* cleanup(name: string) {
      log('cleaning', name)
      return name
    }

    function* inner() {
      try {
        yield 1
      } finally {
        log('cleaned', yield* yieldFrom(cleanup('inner')))
      }
    }

    function* native() {
      try {
        yield* yieldFrom(inner())
      } finally {
        log('cleaned', yield* cleanup('native'))
      }
    }

    function* outer() {
      try {
        yield* native()
      } finally {
        log('cleaned', yield* yieldFrom(cleanup('outer')))
      }
    }

    const g = pyGenerator(outer)
    step(log, () => g.next())
    attempt(log, () => g.close())
  },
}
