/**
 * Y16: `await` is `yield from` for coroutines. A coroutine runs once, and only awaitable objects can be awaited (PEP
 * 492).
 */
import { ValueError, coroutine, isCoroutine, pyGenerator } from '../../../lib/greenlet/index.ts'
import type { Programs } from '../programs.ts'
import { attempt, said, step } from './support/steps.ts'

const pause = coroutine(function* pause(value: unknown): Generator<unknown, unknown> {
  return yield value
})

export const programs: Programs = {
  'a call runs nothing; awaited, values pass out and in, and the return value is the value of await'(log) {
    const inner = coroutine(function* inner(name: string) {
      log('inner runs')
      log('inner got', yield* pause(name))
      return 'inner result'
    })

    const outer = coroutine(function* outer() {
      const coro = inner('ready')
      log('made')
      log('outer got', yield* coro)
      return 'outer result'
    })

    const g = pyGenerator(outer())
    log('nothing yet')
    step(log, () => g.send(undefined))
    step(log, () => g.send('sent'))
  },

  'an object defines how it is awaited'(log) {
    class Ticket {
      constructor(readonly n: number) {}

      *[Symbol.iterator](): Generator<unknown, unknown> {
        const got = yield ['ticket', this.n]
        return [this.n, got]
      }
    }

    const outer = coroutine(function* outer() {
      const ticket = new Ticket(7)
      log('outer got', yield* ticket)
      log('outer got', yield* ticket)
    })

    const g = pyGenerator(outer())
    step(log, () => g.send(undefined))
    step(log, () => g.send('a'))
    step(log, () => g.send('b'))
  },

  'a coroutine that has finished cannot be awaited again'(log) {
    const inner = coroutine(function* inner(fails: boolean) {
      if (fails) throw new ValueError('mine')
      return 'result'
    })

    const outer = coroutine(function* outer(fails: boolean) {
      const coro = inner(fails)
      for (let i = 0; i < 3; i++) {
        try {
          log('outer got', yield* coro)
        } catch (error) {
          log('outer caught', error, said(error))
        }
      }
    })

    step(log, () => pyGenerator(outer(false)).send(undefined))
    step(log, () => pyGenerator(outer(true)).send(undefined))
  },

  'a coroutine that is being awaited cannot be awaited by another'(log) {
    const inner = coroutine(function* inner() {
      log('inner got', yield* pause('inner'))
      return 'inner result'
    })

    const outer = coroutine(function* outer(name: string) {
      try {
        log(name, 'got', yield* coro)
      } catch (error) {
        log(name, 'caught', error, said(error))
      }
    })

    const coro = inner()
    const first = pyGenerator(outer('first'))
    const second = pyGenerator(outer('second'))
    step(log, () => first.send(undefined))
    step(log, () => second.send(undefined))
    step(log, () => first.send('sent'))
  },

  'errors pass in and out through a chain of coroutines'(log) {
    const descend = coroutine(function* level(depth: number): Generator<unknown, void> {
      try {
        if (depth === 3) {
          yield* pause('deep')
        } else {
          yield* descend(depth + 1)
        }
      } catch (error) {
        log(depth, 'caught', error)
        if (depth === 2) {
          log('resumed with', yield* pause('recovering'))
          return
        }
        throw error
      } finally {
        log(depth, 'leaves')
      }
    })

    const g = pyGenerator(descend(1))
    step(log, () => g.send(undefined))
    step(log, () => g.throw(new ValueError('mine')))
    step(log, () => g.send('sent'))
  },

  'close passes through a chain of coroutines, the innermost first'(log) {
    const descend = coroutine(function* level(depth: number): Generator<unknown, number | undefined> {
      try {
        if (depth === 3) {
          yield* pause('deep')
        } else {
          yield* descend(depth + 1)
        }
      } catch (error) {
        log(depth, 'caught', error)
        return depth
      }
      return undefined
    })

    const g = pyGenerator(descend(1))
    step(log, () => g.send(undefined))
    attempt(log, () => g.close())
    attempt(log, () => g.close())
  },

  'before its start, a coroutine refuses a value, and an error or close ends it for good'(log) {
    const inner = coroutine(function* inner() {
      log('never here')
    })

    const outer = coroutine(function* outer(coro: Generator) {
      return yield* coro
    })

    let coro = inner()
    let g = pyGenerator(coro)
    step(log, () => g.send('early'))
    step(log, () => g.throw(new ValueError('mine')))
    step(log, () => pyGenerator(outer(coro)).send(undefined))
    coro = inner()
    g = pyGenerator(coro)
    attempt(log, () => g.close())
    step(log, () => pyGenerator(outer(coro)).send(undefined))
  },

  'awaiting anything else is a TypeError in the body, which may continue'(log) {
    const outer = coroutine(function* outer() {
      for (const thing of [5, null, {}]) {
        try {
          yield* thing as unknown as Generator
        } catch (error) {
          log('outer caught', error)
        }
      }
      return yield* pause('unharmed')
    })

    const g = pyGenerator(outer())
    step(log, () => g.send(undefined))
    step(log, () => g.send('sent'))
  },

  'the object that a call returns is a coroutine; the function, a list and None are not'(log) {
    const inner = coroutine(function* inner() {
      yield* []
    })

    const coro = inner()
    log([coro, inner, [], null, 5, 'text', new ValueError('mine')].map(isCoroutine))
    attempt(log, () => pyGenerator(coro).close())
    log(isCoroutine(coro))
  },
}
