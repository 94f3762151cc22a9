/** Iterators written by hand: what is asked of them, who may share them, and how they are cancelled. */
import {
  BREAK, type Coroutine, type Stream, type StreamIterator, createTask, forEach, gather, sleep, timeout, use, waitFor,
} from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { Boom } from './support/errors.ts'
import { Countdown, END, Numbers } from './support/iterators.ts'
import { run } from './support/virtual.ts'
import { now, outcome } from './support/witness.ts'

export const programs: Programs = {
  'an iterator continues where a break has left it'(log) {
    function* main() {
      const iterator = new Countdown(6)
      for (const last of [4, 2, 0]) {
        yield* forEach(iterator, function* (n) {
          log(n)
          return n === last ? BREAK : undefined
        })
        log('left')
      }
      yield* forEach(iterator, function* () { log('never here') })
    }

    run(main())
  },

  'an iterable begins anew each time'(log) {
    function* main() {
      const numbers = new Numbers(1, 2)
      for (let i = 0; i < 2; i++) yield* forEach(numbers, function* (n) { log(n) })
    }

    run(main())
  },

  'two loops may share an iterator'(log) {
    function* main() {
      const iterator = new Countdown(5)
      yield* forEach(iterator, function* (a) {
        log('outer', a)
        yield* forEach(iterator, function* (b) {
          log('inner', b)
          return b % 2 === 0 ? BREAK : undefined
        })
      })
    }

    run(main())
  },

  'two tasks may share an iterator'(log) {
    function consume(name: string, iterator: Countdown, pause: number) {
      return forEach(iterator, function* (n) {
        log(name, n)
        yield* sleep(pause)
      })
    }

    function* main() {
      const iterator = new Countdown(7)
      yield* gather([consume('a', iterator, 2), consume('b', iterator, 3)])
    }

    run(main())
  },

  'a task cancelled in the loop is cancelled in what the iterator waits for'(log) {
    function* loop(pause: number, work: number) {
      yield* forEach(new Countdown(10, pause), function* (n) {
        log(n, now())
        yield* sleep(work)
      })
    }

    function* main() {
      for (const [pause, work] of [[10, 1], [1, 10]] as const) {
        const task = createTask(loop(pause, work))
        yield* sleep(25)
        task.cancel()
        yield* outcome(log, 'loop', task)
      }
    }

    run(main())
  },

  'a timeout around the loop'(log) {
    function* loop() {
      yield* use(timeout(10), function* () {
        yield* forEach(new Countdown(10, 4), function* (n) { log(n, now()) })
      })
    }

    run(outcome(log, 'loop', loop()))
  },

  'a timeout for each step'(log) {
    class Slowing extends Countdown {
      override *next() {
        this.pause += 2
        return yield* super.next()
      }
    }

    class Limited implements Stream<number> {
      constructor(private readonly iterator: StreamIterator<number>, private readonly limit: number) {}

      iterate() { return this }

      *next() { return yield* waitFor(this.iterator.next(), this.limit) }
    }

    function* loop() { yield* forEach(new Limited(new Slowing(10), 5), function* (n) { log(n, now()) }) }

    run(outcome(log, 'loop', loop()))
  },

  'anything else cannot be iterated'(log) {
    function loop(source: unknown) { return forEach(source as never, function* () { log('never here') }) }

    function* main() {
      for (const source of [7, null, [1, 2, 3], {}]) yield* outcome(log, 'loop', loop(source))
    }

    run(main())
  },

  'an error of __aiter__() comes out'(log) {
    const failing: Stream<number> = { iterate() { throw new Boom() } }

    run(outcome(log, 'loop', forEach(failing, function* () { log('never here') })))
  },

  '__aiter__() is called once, __anext__() once more than there are items'(log) {
    class Loud extends Countdown {
      override iterate() {
        log('iter')
        return this
      }

      override *next() {
        log('next')
        return yield* super.next()
      }
    }

    run(forEach(new Loud(2), function* (n) { log(n) }))
  },

  'an iterator that has ended may be asked again'(log) {
    class Inbox implements Stream<string> {
      readonly items: string[] = []

      iterate() { return this }

      *next(): Coroutine<IteratorResult<string>> {
        const item = this.items.shift()
        return item === undefined ? END : { value: item, done: false }
      }
    }

    function* main() {
      const inbox = new Inbox()
      for (const items of [['a', 'b'], [], ['c']]) {
        inbox.items.push(...items)
        yield* forEach(inbox, function* (item) { log(item) })
        log('empty')
      }
    }

    run(main())
  },
}
