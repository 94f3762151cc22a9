/** Y14: A generator tells its state, its name and what it delegates to (CPython 3.13). */
import { GeneratorExit, type PyGenerator, ValueError, pyGenerator, yieldFrom } from '../../../lib/greenlet/index.ts'
import type { Programs } from '../programs.ts'
import { attempt, frames, step } from './support/steps.ts'

type Tree = (string | Tree)[]

export const programs: Programs = {
  'its state before the start, while it runs, while it waits and after the end'(log) {
    const look = (when: string) => {
      log(when, g.state, g.state === 'GEN_RUNNING', g.state === 'GEN_SUSPENDED', g.stack.length === 0)
    }

    function* inner() {
      look('inside')
      yield 1
      look('inside again')
    }

    const g: PyGenerator = pyGenerator(inner)
    look('before')
    step(log, () => g.next())
    look('waiting')
    step(log, () => g.next())
    look('after')
  },

  'its state after an error, after close, and after a close that failed'(log) {
    function* inner() {
      try {
        yield 1
      } catch (error) {
        if (error instanceof GeneratorExit) {
          log('exiting', g.state)
          yield 2
        } else {
          log('handling', g.state)
          throw error
        }
      } finally {
        log('leaving', g.state)
      }
    }

    let g: PyGenerator = pyGenerator(inner)
    step(log, () => g.next())
    step(log, () => g.throw(new ValueError('mine')))
    log(g.state)
    g = pyGenerator(inner)
    step(log, () => g.next())
    attempt(log, () => g.close())
    log(g.state)
    attempt(log, () => g.close())
    log(g.state)
  },

  'its delegate, seen from outside: one after the other, and none in between'(log) {
    function* inner(name: string) {
      yield name
    }

    function* outer() {
      yield 'start'
      yield* yieldFrom(first)
      yield 'between'
      yield* yieldFrom(second)
      yield 'end'
    }

    const first = pyGenerator(inner, 'first')
    const second = pyGenerator(inner, 'second')
    const g = pyGenerator(outer)
    log(g.yieldingFrom)
    for (let i = 0; i < 6; i++) {
      step(log, () => g.next())
      log(g.yieldingFrom === first, g.yieldingFrom === second, g.yieldingFrom === null)
    }
  },

  'the names of all generators of a chain, from each of them'(log) {
    class Reader {
      [Symbol.iterator]() { return this }

      next() {
        return { value: 'ready', done: false }
      }
    }

    function* leaf() {
      yield* yieldFrom(new Reader())
    }

    function* branch() {
      yield* yieldFrom(child)
    }

    function* root() {
      yield* yieldFrom(middle)
    }

    const child = pyGenerator(leaf)
    const middle = pyGenerator(branch)
    const g = pyGenerator(root)
    log(frames(g), frames(middle), frames(child))
    step(log, () => g.next())
    log(frames(g), frames(middle), frames(child))
    attempt(log, () => g.close())
    log(frames(g), frames(middle), frames(child))
  },

  'the names along a recursion, as it grows and shrinks'(log) {
    const tree: Tree = ['a', ['b', ['c']], 'd']

    function* walk(node: Tree): Generator<unknown, void> {
      for (const child of node) {
        if (Array.isArray(child)) {
          yield* yieldFrom(walk(child))
        } else {
          yield child
        }
      }
    }

    const g = pyGenerator(walk, tree)
    for (const value of g) {
      log(value, frames(g))
    }
    log(frames(g))
  },

  'the delegate is the iterator, not the object that it came from'(log) {
    class Bag {
      [Symbol.iterator]() {
        return items
      }
    }

    function* outer() {
      yield* yieldFrom(bag)
      yield* yieldFrom(items)
    }

    const items = [1, 2, 3].values()
    const bag = new Bag()
    const g = pyGenerator(outer)
    step(log, () => g.next())
    log(g.yieldingFrom === bag, g.yieldingFrom === items)
    log([...items])
    step(log, () => g.next())
    log(g.yieldingFrom)
  },

  'while a delegate is driven directly, its delegator waits and still delegates to it'(log) {
    function* inner() {
      log('inside', sub.state, g.state)
      yield 1
      log('inside', sub.state, g.state, g.yieldingFrom === sub)
      yield 2
    }

    function* outer() {
      yield* yieldFrom(sub)
    }

    const sub: PyGenerator = pyGenerator(inner)
    const g: PyGenerator = pyGenerator(outer)
    step(log, () => g.next())
    step(log, () => sub.next())
    log('waiting', sub.state, g.state, g.yieldingFrom === sub)
    step(log, () => sub.next())
    log('finished', sub.state, g.state, g.yieldingFrom === sub)
    step(log, () => g.next())
    log('after', sub.state, g.state, g.yieldingFrom === sub)
  },

  'two generators that delegate to the same one both show it, whoever drives'(log) {
    function* inner() {
      yield 1
      log('inside', first.state, second.state, first.yieldingFrom === sub)
      yield 2
    }

    function* outer() {
      yield* yieldFrom(sub)
    }

    const look = () => {
      log(first.state, second.state, sub.state)
      log(first.yieldingFrom === sub, second.yieldingFrom === sub)
    }

    const sub: PyGenerator = pyGenerator(inner)
    const first: PyGenerator = pyGenerator(outer)
    const second: PyGenerator = pyGenerator(outer)
    step(log, () => first.next())
    look()
    step(log, () => second.next())
    look()
    step(log, () => first.next())
    look()
    step(log, () => second.next())
    look()
  },
}
