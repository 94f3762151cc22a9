/** `forEach()` over streams of the program's own: it asks, waits, and ends with the iterator. */
import {
  BREAK, type Coroutine, type Stream, type StreamIterator, type Task, createTask, forEach, gather, getRunningLoop,
  sleep, timeout, use, waitFor,
} from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { run } from './support/virtual.ts'
import { outcome, ticker } from './support/witness.ts'

class Boom extends Error {}

const END = { value: undefined, done: true } as const

/** Gives n - 1, …, 1, 0; each after a pause. */
class Countdown implements Stream<number>, StreamIterator<number> {
  constructor(private n: number, protected pause = 0) {}

  iterate(): StreamIterator<number> { return this }

  *next(): Coroutine<IteratorResult<number>> {
    if (this.n === 0) return END
    if (this.pause > 0) yield* sleep(this.pause)
    return { value: --this.n, done: false }
  }
}

/** Gives the same numbers to everyone who asks from the beginning. */
class Numbers implements Stream<number> {
  private readonly numbers: readonly number[]

  constructor(...numbers: number[]) { this.numbers = numbers }

  iterate(): StreamIterator<number> { return new Reader(this.numbers) }
}

class Reader<T> implements Stream<T>, StreamIterator<T> {
  private readonly items: Iterator<T, undefined>

  constructor(items: Iterable<T>) { this.items = items[Symbol.iterator]() as Iterator<T, undefined> }

  iterate(): StreamIterator<T> { return this }

  *next(): Coroutine<IteratorResult<T>> { return this.items.next() }
}

function now(): number { return getRunningLoop().time() }

export const programs: Programs = {
  'it takes what there is, until the end'(log) {
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

  'while it waits for the next, others run'(log) {
    function consume(name: string, pause: number) {
      return forEach(new Countdown(3, pause), function* (n) { log(name, n, 'at', now()) })
    }

    function* main() { yield* gather([consume('a', 3), consume('b', 2)]) }

    run(main())
  },

  'the body may wait, too'(log) {
    function* main() {
      yield* forEach(new Countdown(3, 2), function* (n) {
        yield* sleep(n)
        log(n, now())
      })
    }

    run(main())
  },

  'the end is an end, a break is not'(log) {
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

  'continue goes on with the next'(log) {
    function* main() {
      yield* forEach(new Countdown(5), function* (n) {
        if (n % 2 === 1) return
        log(n)
      })
    }

    run(main())
  },

  'an iterator goes on where a break has left it'(log) {
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

  'what can be iterated again begins again'(log) {
    function* main() {
      const numbers = new Numbers(1, 2)
      for (let i = 0; i < 2; i++) yield* forEach(numbers, function* (n) { log(n) })
    }

    run(main())
  },

  'loops nest, each with an iterator of its own'(log) {
    function* main() {
      const numbers = new Numbers(1, 2)
      yield* forEach(numbers, function* (a) {
        yield* forEach(numbers, function* (b) { log(a, b) })
      })
    }

    run(main())
  },

  'a break leaves the inner loop'(log) {
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

  'two tasks may share one as well'(log) {
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

  'an error that the body handles does not'(log) {
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

  'who is cancelled in the loop is cancelled in what waits'(log) {
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

  'only what can be iterated is iterated'(log) {
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

  'who said that it has ended may be asked again'(log) {
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

  'items may be added by the body'(log) {
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

  'an item may be anything, what could be awaited for one'(log) {
    function* main() {
      const future = getRunningLoop().createFuture()
      yield* forEach(new Reader([null, future, false]), function* (item) {
        log(item === future, item === future ? 'the future' : item)
      })
    }

    run(main())
  },
}
