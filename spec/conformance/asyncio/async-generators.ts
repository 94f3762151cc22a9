/** An asynchronous generator (PEP 525) runs only when it is asked for a value, and may wait in between. */
import {
  BREAK, type ContextManager, type Coroutine, type Emitting, type PyAsyncGenerator, type Stream, TaskGroup,
  asyncGenerator, createTask, currentTask, emit, forEach, gather, getRunningLoop, sleep, use,
} from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { Boom } from './support/errors.ts'
import { numbers } from './support/generators.ts'
import { ending, whole } from './support/groups.ts'
import { step } from './support/iteration.ts'
import { run } from './support/virtual.ts'
import { now, ticker } from './support/witness.ts'

/** Python's `[item async for item in source]`. */
function* list<T>(source: Stream<T>): Coroutine<T[]> {
  const items: T[] = []
  yield* forEach(source, function* (item) { items.push(item) })
  return items
}

export const programs: Programs = {
  'a loop gets what it yields, until its end'(log) {
    function* main() {
      yield* forEach(numbers(3), function* (n) { log(n) })
      log('after')
    }

    run(main())
  },

  'nothing runs before the first value is asked for'(log) {
    const generator = asyncGenerator(function* () {
      log('begins')
      yield* emit(1)
      log('ends')
    })

    function* main() {
      const g = generator()
      log('made')
      yield* step(log, g.anext())
      log('asked')
      yield* step(log, g.anext())
    }

    run(main())
  },

  'its body may wait, in the task that asks'(log) {
    const generator = asyncGenerator(function* () {
      for (let i = 0; i < 2; i++) {
        log(currentTask()?.getName(), 'waits at', now())
        yield* sleep(5)
        yield* emit(now())
      }
    })

    function* main() {
      const g = generator()
      for (const name of ['a', 'b']) {
        const task = createTask(step(log, g.anext()), { name })
        yield* task
      }
    }

    run(main())
  },

  'asking takes no turn'(log) {
    function* main() {
      ticker(log, 2)
      yield* forEach(numbers(3), function* (n) { log('item', n) })
      log('after')
      yield* sleep(1)
    }

    run(main())
  },

  'once ended, it stays ended'(log) {
    function* main() {
      const g = numbers(1)
      for (let i = 0; i < 3; i++) yield* step(log, g.anext())
      yield* step(log, g.asend('sent'))
      yield* forEach(g, function* () { log('never here') })
    }

    run(main())
  },

  'a loop continues where another one was left'(log) {
    function* main() {
      const g = numbers(6)
      yield* step(log, g.anext())
      yield* forEach(g, function* (n) {
        log('first', n)
        yield* step(log, g.anext())
      })
      yield* step(log, g.anext())
    }

    run(main())
  },

  'an error passes a chain of generators'(log) {
    const level = asyncGenerator(function* (source: Stream<unknown>) {
      yield* forEach(source, function* (n) { yield* emit(n) })
    })

    const failing = asyncGenerator(function* () {
      yield* emit(1)
      throw new Boom()
    })

    function* main() {
      const g = level(level(level(failing())))
      for (let i = 0; i < 3; i++) yield* step(log, g.anext())
    }

    run(main())
  },

  'a hundred generators, each over another'(log) {
    const plus = asyncGenerator(function* (source: Stream<number>) {
      yield* forEach(source, function* (n) { yield* emit(n + 1) })
    }) as (source: Stream<number>) => PyAsyncGenerator<number>

    function* main() {
      let g: PyAsyncGenerator<number> = numbers(3, 1)
      for (let i = 0; i < 100; i++) g = plus(g)
      log(yield* list(g), now())
    }

    run(main())
  },

  'a generator that iterates over another one'(log) {
    const doubled = asyncGenerator(function* (source: Stream<number>) {
      yield* forEach(source, function* (n) {
        yield* emit(n)
        yield* emit(n * 2)
      })
    }) as (source: Stream<number>) => PyAsyncGenerator<number>

    function* main() { yield* forEach(doubled(doubled(numbers(3, 1))), function* (n) { log(n, now()) }) }

    run(main())
  },

  'a comprehension'(log) {
    function* main() {
      const squares: number[] = []
      yield* forEach(numbers(5), function* (n) { if (n % 2 === 0) squares.push(n * n) })
      log(squares)
      log((yield* list(numbers(3, 1))).map(String).sort().reverse(), now())
    }

    run(main())
  },

  'what it yields is not awaited'(log) {
    const generator = asyncGenerator(function* (future: unknown) {
      yield* emit(future)
      yield* emit(null)
      yield* emit([1, 2])
    })

    function* main() {
      const future = getRunningLoop().createFuture()
      const g = generator(future)
      log((yield* g.anext()).value === future)
      yield* step(log, g.anext())
      yield* step(log, g.anext())
      yield* step(log, g.anext())
    }

    run(main())
  },

  'its body may use tasks'(log) {
    const pages = asyncGenerator(function* (n: number) {
      for (let page = 0; page < n; page++) {
        const both = yield* gather([sleep(1, `left ${page}`), createTask(sleep(2, `right ${page}`))])
        yield* emit(both)
      }
    })

    function* main() { yield* forEach(pages(2), function* (page) { log(page, now()) }) }

    run(main())
  },

  'a task group in its body'(log) {
    function* work(n: number) {
      yield* sleep(n)
      if (n === 3) throw new Boom()
      return n
    }

    const rounds = asyncGenerator(function* () {
      for (const n of [1, 2, 3]) {
        const task = whole(yield* use(new TaskGroup(), function* (group) { return group.createTask(work(n)) }))
        yield* emit(task.result())
      }
    })

    function* loop() { yield* forEach(rounds(), function* (n) { log(n, now()) }) }

    run(ending(log, 'loop', loop()))
  },

  'generators in several tasks'(log) {
    function consume(name: string, n: number, pause: number) {
      return forEach(numbers(n, pause), function* (i) { log(name, i, now()) })
    }

    function* main() { yield* gather([consume('a', 3, 3), consume('b', 4, 2)]) }

    run(main())
  },

  'a method may be an asynchronous generator'(log) {
    const walk = asyncGenerator(function* (tree: Tree): Emitting<number> {
      yield* emit(tree.value)
      for (const child of tree.children) yield* forEach(child.walk(), function* (value) { yield* emit(value) })
    })

    class Tree implements Stream<number> {
      readonly children: readonly Tree[]

      constructor(readonly value: number, ...children: Tree[]) { this.children = children }

      walk() { return walk(this) }

      iterate() { return this.walk().iterate() }
    }

    function* main() {
      const tree = new Tree(1, new Tree(2, new Tree(3)), new Tree(4))
      yield* forEach(tree.walk(), function* (value) { log(value) })
      log(yield* list(tree))
    }

    run(main())
  },

  'a producer and a stage that batches'(log) {
    type Row = readonly [page: number, row: number]

    const fetch = asyncGenerator(function* (n: number) {
      for (let page = 0; page < n; page++) {
        yield* sleep(3)
        log('fetched', page)
        for (const row of [0, 1]) yield* emit<Row>([page, row])
      }
    })

    const batches = asyncGenerator(function* (source: Stream<Row>, size: number): Emitting<Row[]> {
      let batch: Row[] = []
      yield* forEach(source, function* (item) {
        batch.push(item)
        if (batch.length === size) {
          yield* emit(batch)
          batch = []
        }
      })
      if (batch.length > 0) yield* emit(batch)
    })

    function* main() {
      yield* forEach(batches(fetch(3), 4), function* (batch) {
        log(batch, now())
        yield* sleep(1)
      })
    }

    run(main())
  },

  'two generators in parallel'(log) {
    const zipped = asyncGenerator(function* (a: PyAsyncGenerator<number>, b: PyAsyncGenerator<number>) {
      for (;;) {
        const left = yield* a.anext()
        if (left.done === true) return
        const right = yield* b.anext()
        if (right.done === true) return
        yield* emit([left.value, right.value])
      }
    })

    function* main() { yield* forEach(zipped(numbers(3, 2), numbers(5, 3)), function* (pair) { log(pair, now()) }) }

    run(main())
  },

  'ten thousand items'(log) {
    function* main() {
      let total = 0
      yield* forEach(numbers(10_000), function* (n) { total += n })
      log(total, now())
    }

    run(main())
  },

  'a yield inside several context managers'(log) {
    const manager = (name: string): ContextManager<void> => ({
      *enter() { log('enter', name) },
      *exit(error) {
        yield* sleep(1)
        log('exit', name, error)
      },
    })

    const generator = asyncGenerator(function* (): Emitting<number> {
      yield* use(manager('a'), function* () {
        yield* emit(1)
        yield* use(manager('b'), function* () {
          yield* emit(2)
          yield* emit(3)
        })
        yield* emit(4)
      })
    })

    function* loop(last: number | null) {
      yield* forEach(generator(), function* (n) {
        log(n, now())
        return n === last ? BREAK : undefined
      })
    }

    function* main() {
      yield* loop(2)
      yield* loop(4)
      yield* loop(null)
    }

    run(main())
  },
}
