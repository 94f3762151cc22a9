/** `forEach()`, Python's `async for`, asks an iterator for items, waits for them, and ends with the iterator. */
import {
  BREAK, type Coroutine, type Stream, type StreamIterator, type Task, createTask, forEach, gather, getRunningLoop,
  sleep,
} from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { Boom } from './support/errors.ts'
import { Countdown, Numbers, Reader } from './support/iterators.ts'
import { run } from './support/virtual.ts'
import { now, outcome, ticker } from './support/witness.ts'

export const programs: Programs = {
  'a loop takes all items, until the end'(log) {
    function* main() {
      yield* forEach(new Countdown(3), function* (n) { log(n) })
      log('after')
    }

    run(main())
  },

  'without a wait it takes no turn'(log) {
    function* main() {
      ticker(log, 2)
      yield* forEach(new Countdown(3), function* (n) { log('item', n) })
      yield* forEach(new Countdown(0), function* () { log('never here') })
      log('after')
      yield* sleep(1)
    }

    run(main())
  },

  'while it waits for the next item, other tasks run'(log) {
    function consume(name: string, pause: number) {
      return forEach(new Countdown(3, pause), function* (n) { log(name, n, 'at', now()) })
    }

    function* main() { yield* gather([consume('a', 3), consume('b', 2)]) }

    run(main())
  },

  'the body may wait too'(log) {
    function* main() {
      yield* forEach(new Countdown(3, 2), function* (n) {
        yield* sleep(n)
        log(n, now())
      })
    }

    run(main())
  },

  'reaching the end differs from leaving by break'(log) {
    function* loop(n: number, last: number | null) {
      const ended = yield* forEach(new Countdown(n), function* (i) {
        log(i)
        return i === last ? BREAK : undefined
      })
      if (ended) log('the end')
    }

    function* main() {
      yield* loop(3, null)
      yield* loop(3, 1)
      yield* loop(3, 0)
      yield* loop(0, 0)
    }

    run(main())
  },

  'continue goes on with the next item'(log) {
    function* main() {
      yield* forEach(new Countdown(5), function* (n) {
        if (n % 2 === 1) return
        log(n)
      })
    }

    run(main())
  },

  'loops nest, each with its own iterator'(log) {
    function* main() {
      const numbers = new Numbers(1, 2)
      yield* forEach(numbers, function* (a) {
        yield* forEach(numbers, function* (b) { log(a, b) })
      })
    }

    run(main())
  },

  'break leaves the inner loop'(log) {
    function* main() {
      yield* forEach(new Numbers(1, 2, 3), function* (a) {
        yield* forEach(new Numbers(1, 2, 3), function* (b) {
          if (b > a) return BREAK
          log(a, b)
          return undefined
        })
      })
    }

    run(main())
  },

  'the body may add items'(log) {
    function* main() {
      const items = [1]
      yield* forEach(new Reader(items), function* (n) {
        log(n)
        if (n < 4) items.push(n + 1)
      })
    }

    run(main())
  },

  'a return leaves the loop and its function'(log) {
    function* find(source: Stream<number>, wanted: number) {
      const ended = yield* forEach(source, function* (n) {
        log('looks at', n)
        return n === wanted ? BREAK : undefined
      })
      return ended ? 'not found' : 'found'
    }

    function* main() {
      log(yield* find(new Countdown(5), 3))
      log(yield* find(new Countdown(2), 3))
    }

    run(main())
  },

  'a task for each item'(log) {
    function* work(n: number) {
      yield* sleep(n)
      log(n, now())
      return n * n
    }

    function* main() {
      const tasks: Task<number>[] = []
      yield* forEach(new Countdown(4, 1), function* (n) { tasks.push(createTask(work(n))) })
      log(yield* gather(tasks))
    }

    run(main())
  },

  'iterators of iterators'(log) {
    class Mapped implements Stream<number> {
      private readonly iterator: StreamIterator<number>

      constructor(source: Stream<number>, private readonly f: (n: number) => number) {
        this.iterator = source.iterate()
      }

      iterate() { return this }

      *next(): Coroutine<IteratorResult<number>> {
        const item = yield* this.iterator.next()
        return item.done === true ? item : { value: this.f(item.value), done: false }
      }
    }

    class Filtered implements Stream<number> {
      private readonly iterator: StreamIterator<number>

      constructor(source: Stream<number>, private readonly f: (n: number) => boolean) {
        this.iterator = source.iterate()
      }

      iterate() { return this }

      *next(): Coroutine<IteratorResult<number>> {
        for (;;) {
          const item = yield* this.iterator.next()
          if (item.done === true || this.f(item.value)) return item
        }
      }
    }

    function* main() {
      const squares = new Mapped(new Countdown(8, 1), n => n * n)
      yield* forEach(new Filtered(squares, n => n % 2 === 1), function* (n) { log(n, now()) })
    }

    run(main())
  },

  'an item may be anything, even something that could be awaited'(log) {
    function* main() {
      const future = getRunningLoop().createFuture()
      yield* forEach(new Reader([null, future, false]), function* (item) {
        log(item === future, item === future ? 'the future' : item)
      })
    }

    run(main())
  },

  'an error of the iterator ends the loop'(log) {
    class Failing extends Countdown {
      override *next() {
        const item = yield* super.next()
        if (item.value === 1) throw new Boom()
        return item
      }
    }

    function* loop(iterator: Countdown) {
      if (yield* forEach(iterator, function* (n) { log(n) })) log('the end')
    }

    function* main() {
      const iterator = new Failing(4)
      yield* outcome(log, 'loop', loop(iterator))
      yield* outcome(log, 'loop', loop(iterator))
    }

    run(main())
  },

  'an error of the body ends the loop'(log) {
    function* loop(iterator: Countdown) {
      const ended = yield* forEach(iterator, function* (n) {
        log(n)
        if (n === 2) throw new Boom()
      })
      if (ended) log('the end')
    }

    function* main() {
      const iterator = new Countdown(4)
      yield* outcome(log, 'loop', loop(iterator))
      yield* outcome(log, 'loop', loop(iterator))
    }

    run(main())
  },

  'an error that the body handles does not end the loop'(log) {
    function* main() {
      yield* forEach(new Countdown(4), function* (n) {
        try {
          if (n === 2) throw new Boom()
          log(n)
        } catch (error) {
          log('handled', error)
        }
      })
    }

    run(main())
  },
}
