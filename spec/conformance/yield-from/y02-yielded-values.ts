/** Y2: What the sub-iterator yields passes out unchanged. */
import { GeneratorExit, StopIteration, ValueError, pyGenerator, yieldFrom } from '../../../lib/greenlet/index.ts'
import type { Programs } from '../programs.ts'
import { step } from './support/steps.ts'

type Tree = (string | Tree)[]

export const programs: Programs = {
  'the same object comes out three levels up'(log) {
    const thing = {}

    function* inner() {
      yield thing
    }

    function* middle() {
      yield* yieldFrom(inner())
    }

    function* outer() {
      yield* yieldFrom(middle())
    }

    log(pyGenerator(outer).next().value === thing)
  },

  'None, False, zero and the empty string are values like any other'(log) {
    function* inner() {
      yield undefined
      yield false
      yield 0
      yield ''
      return 'end'
    }

    function* outer() {
      log('outer got', yield* yieldFrom(inner()))
    }

    const g = pyGenerator(outer)
    for (let i = 0; i < 5; i++) {
      step(log, () => g.next())
    }
  },

  'an error that is yielded is a value, and is not raised'(log) {
    function* inner() {
      yield new ValueError('mine')
      yield new StopIteration(1)
      yield new GeneratorExit()
    }

    function* outer() {
      yield* yieldFrom(inner())
      log('outer goes on')
    }

    log([...pyGenerator(outer)])
  },

  'a list or a generator that is yielded is not iterated'(log) {
    function* letters() {
      yield 'a'
      yield 'b'
    }

    function* inner() {
      yield [1, 2]
      yield pyGenerator(letters)
    }

    function* outer() {
      yield* yieldFrom(inner())
    }

    const g = pyGenerator(outer)
    step(log, () => g.next())
    const got = g.next().value as Iterable<unknown>
    log([...got])
    step(log, () => g.next())
  },

  'several delegations, and yields between them, come one after the other'(log) {
    function* inner(start: number) {
      yield start
      yield start + 1
    }

    function* outer() {
      yield 0
      yield* yieldFrom(inner(1))
      yield 3
      yield* yieldFrom(inner(4))
      yield* yieldFrom([])
      yield* yieldFrom([6, 7])
      yield 8
    }

    log([...pyGenerator(outer)])
  },

  'the walk of a tree, by recursion'(log) {
    const tree: Tree = [[['a'], 'b'], 'c', [['d', 'e'], [], 'f']]

    function* walk(node: Tree, depth: number): Generator<unknown, number> {
      for (const child of node) {
        if (Array.isArray(child)) {
          yield* yieldFrom(walk(child, depth + 1))
        } else {
          yield [depth, child]
        }
      }
      return node.length
    }

    log([...pyGenerator(walk, tree, 0)])
  },

  'permutations, by recursion'(log) {
    function* permutations(items: string[]): Generator<unknown, void> {
      if (items.length === 0) {
        yield []
      }
      for (const [i, item] of items.entries()) {
        const rest = [...items.slice(0, i), ...items.slice(i + 1)]
        yield* yieldFrom(prefixed(item, rest))
      }
    }

    function* prefixed(first: string, rest: string[]) {
      for (const tail of pyGenerator(permutations, rest)) {
        yield [first, ...tail as string[]]
      }
    }

    log([...pyGenerator(permutations, ['a', 'b', 'c'])])
  },

  'a pipeline of generators: each item goes through before the next is made'(log) {
    function* numbers() {
      for (let n = 1; n < 5; n++) {
        log('made', n)
        yield n
      }
    }

    function* evens(source: Iterable<number>) {
      for (const n of source) {
        if (n % 2 === 0) {
          yield n
        }
      }
    }

    function* squares(source: Iterable<number>) {
      for (const n of source) {
        yield n * n
      }
    }

    function* outer() {
      yield* yieldFrom(squares(evens(numbers())))
    }

    for (const n of pyGenerator(outer)) {
      log('got', n)
    }
  },
}
