/** G22: A switch may be made at any depth of calls; in JavaScript, along a chain of `yield*`. */
import {
  type Coroutine, type Greenlet, type Run, getCurrent, greenlet, yieldFrom,
} from '../../../lib/greenlet/index.ts'
import type { Programs } from '../programs.ts'

class Boom extends Error {}

type Tree = [left: Tree | null, value: number, right: Tree | null]

/** Give a value to whoever asks the generator that the current greenlet serves. */
function* emit(value: unknown) {
  yield* (getCurrent().parent as Greenlet).switch(value)
}

/** A generator of what a greenlet emits. */
function* generator(run: Run, ...args: unknown[]) {
  const g: Greenlet = greenlet(run)
  let value = g.resume(...args)
  while (!g.dead) {
    yield value
    value = g.resume()
  }
}

export const programs: Programs = {
  'deep inside a recursion'(log) {
    function* walk(tree: Tree): Coroutine<void> {
      const [left, value, right] = tree
      if (left !== null) {
        yield* walk(left)
      }
      yield* main.switch(value)
      if (right !== null) {
        yield* walk(right)
      }
    }

    const main = getCurrent()
    const walker: Greenlet = greenlet(walk)
    let value = walker.resume([[null, 1, [null, 2, null]], 3, [[null, 4, null], 5, null]])
    while (!walker.dead) {
      log(value)
      value = walker.resume()
    }
    log('the end')
  },

  'inside a generator that another one delegates to'(log) {
    function* inner() {
      log('inner gets', yield* main.switch('from inner'))
      return 'inner is done'
    }

    function* outer() {
      log('outer gets', yield* inner())
    }

    function* run() {
      yield* outer()
      return 'run is done'
    }

    const main = getCurrent()
    const g: Greenlet = greenlet(run)
    log('main gets', g.resume())
    log('main gets', g.resume('hello'))
  },

  'an error thrown in passes every caller on its way up'(log) {
    function* deep(level: number): Coroutine<void> {
      try {
        if (level === 0) {
          yield* main.switch('at the bottom')
        } else {
          yield* deep(level - 1)
        }
      } catch (error) {
        log('level', level, 'caught', error)
        if (level < 2) throw error
      } finally {
        log('level', level, 'is left')
      }
    }

    const main = getCurrent()
    const g: Greenlet = greenlet(deep)
    log('main gets', g.resume(3))
    log('main gets', g.resumeThrow(Boom))
  },

  'a generator made of a greenlet'(log) {
    function* count(n: number): Coroutine<void> {
      if (n > 0) {
        yield* count(n - 1)
        yield* emit(n)
      }
    }

    for (const value of generator(count, 4)) {
      log(value)
    }
    log([...generator(count, 3)], [...generator(count, 0)])
  },

  'generators made of greenlets, nested'(log) {
    function* permutations(items: string[]): Coroutine<void> {
      if (items.length === 0) {
        yield* emit('')
      }
      for (const item of items) {
        const rest = items.filter(other => other !== item)
        for (const end of generator(permutations, rest)) {
          yield* emit(item + (end as string))
        }
      }
    }

    log([...generator(permutations, ['a', 'b', 'c'])])
  },

  'a generator that has switched away is busy for everybody else'(log) {
    function* shared() {
      log('shared gets', yield* main.switch('from shared'))
    }

    function* run(name: string) {
      try {
        yield* yieldFrom(generator)
      } catch (error) {
        log(name, 'caught', error)
      }
      return `${name} is done`
    }

    const main = getCurrent()
    const generator = shared()
    const a: Greenlet = greenlet(run)
    const b: Greenlet = greenlet(run)
    log('main gets', a.resume('a'))
    log('main gets', b.resume('b'))
    log('main gets', a.resume('go on'))
  },
}
